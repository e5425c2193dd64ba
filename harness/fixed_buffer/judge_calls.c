#include "judge_calls.h"

#include "fatal.h"
#include "fba.h"
#include "ledger.h"
#include "ops.h"
#include "served.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))

/* How much a test may use of each; more is a bug of the suite. */
enum {
    FBAS = 16,
    HANDLES = 32,
    WORDS_BYTES = 96
};

/* Any pointer but NULL, for a failed result that claims to have memory: it shows that
 * there was one, and nobody can follow it. */
#define NOT_NULL ((void *)(uintptr_t)1)

/* What the last fba_init of a struct said. */
struct known_fba {
    const fixed_buffer_allocator *fba;
    const unsigned char *buffer;
    size_t capacity;
};

/* What fba_allocator answered: numbers of the subject, and the fba they stand for. */
struct handle {
    uint64_t ctx;
    uint64_t vtable;
    const struct known_fba *fba;
};

static struct {
    struct known_fba fbas[FBAS];
    size_t fba_count;
    struct handle handles[HANDLES];
    size_t handle_count;
    struct ledger ledger;
} known;

void judge_calls_begin_test(void)
{
    known.fba_count = 0;
    known.handle_count = 0;
    ledger_clear(&known.ledger);
    served_forget();
}

struct ledger *judge_calls_ledger(void)
{
    return &known.ledger;
}

static void call(uint16_t operation,
                 const uint64_t values[WIRE_VALUES],
                 uint64_t answer[WIRE_VALUES])
{
    channel_call(&session_current()->channel, operation, values, answer);
}

/* The next calls are about `fba`. */
static void turn_to(uint64_t fba)
{
    session_current()->verdict.about = fba;
    ledger_touch(&known.ledger, fba);
}

/* ---- Claims ---- */

static char *words(uint64_t address, char text[WORDS_BYTES])
{
    return region_describe(&session_current()->region, address, text, WORDS_BYTES);
}

static alloc_error checked_error(uint64_t claimed, const char *function)
{
    if (claimed != ALLOC_OK && claimed != ALLOC_OUT_OF_MEMORY) {
        char actual[WORDS_BYTES];
        judge_calls_describe_error(claimed, actual, sizeof actual);
        session_fail("ALLOC_OK or ALLOC_OUT_OF_MEMORY", actual,
                     "%s returned an error that does not exist.", function);
    }
    return (alloc_error)claimed;
}

static bool checked_bool(uint64_t claimed)
{
    if (claimed > 1) {
        session_fail("true or false", NULL, "resize returned neither true nor false.");
    }
    return claimed == 1;
}

/* Is [start, start + len) inside the buffer? No sum wraps. */
static bool is_inside(const struct known_fba *fba, uint64_t start, uint64_t len)
{
    const uint64_t buffer = NUMBER(fba->buffer);

    return start >= buffer && start - buffer <= fba->capacity &&
           len <= fba->capacity - (start - buffer);
}

static _Noreturn void fail_outside(const struct known_fba *fba,
                                   uint64_t start,
                                   uint64_t len,
                                   const char *function)
{
    char from[WORDS_BYTES];
    char buffer[WORDS_BYTES];
    char bytes[WORDS_BYTES];
    char expected[2 * WORDS_BYTES];
    char actual[3 * WORDS_BYTES];

    words(NUMBER(fba->buffer), buffer);
    judge_calls_describe_length(len, bytes, sizeof bytes);
    snprintf(expected, sizeof expected, "a block inside the %zu bytes at %s",
             fba->capacity, buffer);
    snprintf(actual, sizeof actual, "%s bytes at %s", bytes, words(start, from));
    session_point_at(start, len, "the block that %s returned", function);
    session_fail(expected, actual, "%s returned a block that is not inside the buffer.",
                 function);
}

/* A result about `len` bytes of an fba, turned into one that a suite may use. */
static alloc_result checked_result(const uint64_t answer[WIRE_VALUES],
                                   const struct known_fba *fba,
                                   uint64_t len,
                                   uint64_t alignment,
                                   const char *function)
{
    const alloc_error error = checked_error(answer[0], function);

    if (error != ALLOC_OK) {
        return (alloc_result){error, answer[1] == 0 ? NULL : NOT_NULL};
    }
    if (answer[1] == 0) {
        session_fail("a block, or ALLOC_OUT_OF_MEMORY", "ALLOC_OK with memory NULL",
                     "%s said ALLOC_OK and returned no memory.", function);
    }
    if (!is_inside(fba, answer[1], len)) {
        fail_outside(fba, answer[1], len, function);
    }
    session_current()->verdict.blocks_seen++;
    ledger_alloc(&known.ledger, NUMBER(fba->fba), answer[1], len, alignment);
    return (alloc_result){ALLOC_OK, (void *)(uintptr_t)answer[1]};
}

/* ---- The vtable that every allocator of the subject has in the judge ---- */

static alloc_result proxy_alloc(void *ctx, size_t len, size_t alignment)
{
    const struct handle *const handle = ctx;
    uint64_t answer[WIRE_VALUES];

    turn_to(NUMBER(handle->fba->fba));
    call(OP_ALLOC,
         (const uint64_t[WIRE_VALUES]){handle->ctx, handle->vtable, len, alignment},
         answer);
    return checked_result(answer, handle->fba, len, alignment, "alloc");
}

static bool proxy_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    const struct handle *const handle = ctx;
    uint64_t answer[WIRE_VALUES];

    turn_to(NUMBER(handle->fba->fba));
    call(OP_RESIZE,
         (const uint64_t[WIRE_VALUES]){handle->ctx, handle->vtable, NUMBER(memory), len,
                                       alignment, new_len},
         answer);
    const bool is_resized = checked_bool(answer[0]);
    if (is_resized && !is_inside(handle->fba, NUMBER(memory), new_len)) {
        session_point_at(NUMBER(memory), new_len, "the block that resize said true to");
        session_fail("false", "true",
                     "resize said true, although the block would reach outside the "
                     "buffer.");
    }
    if (is_resized) {
        ledger_resize(&known.ledger, NUMBER(handle->fba->fba), NUMBER(memory), len,
                      new_len);
    }
    return is_resized;
}

static void proxy_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    const struct handle *const handle = ctx;
    uint64_t answer[WIRE_VALUES];

    turn_to(NUMBER(handle->fba->fba));
    call(OP_FREE,
         (const uint64_t[WIRE_VALUES]){handle->ctx, handle->vtable, NUMBER(memory), len,
                                       alignment},
         answer);
    ledger_free(&known.ledger, NUMBER(handle->fba->fba), NUMBER(memory), len);
}

static const allocator_vtable proxy_vtable = {proxy_alloc, proxy_resize, proxy_free};

/* ---- fba.h ---- */

static struct known_fba *find_fba(const fixed_buffer_allocator *fba)
{
    for (size_t i = 0; i < known.fba_count; i++) {
        if (known.fbas[i].fba == fba) {
            return &known.fbas[i];
        }
    }
    return NULL;
}

static void know_fba(const struct known_fba *fba)
{
    struct known_fba *place = find_fba(fba->fba);

    if (place == NULL) {
        if (known.fba_count == FBAS) {
            fatal("a test initialises more than %d fbas", FBAS);
        }
        place = &known.fbas[known.fba_count++];
    }
    *place = *fba;
}

static void note_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    know_fba(&(struct known_fba){fba, buffer, capacity});
    ledger_init(&known.ledger, NUMBER(fba), NUMBER(buffer), capacity);
    turn_to(NUMBER(fba));
}

static allocator make_handle(const fixed_buffer_allocator *fba, const uint64_t *answer)
{
    if (known.handle_count == HANDLES || find_fba(fba) == NULL) {
        fatal("a test takes more than %d allocators, or one of no fba", HANDLES);
    }
    struct handle *const handle = &known.handles[known.handle_count++];
    *handle = (struct handle){answer[0], answer[1], find_fba(fba)};
    return (allocator){handle, &proxy_vtable};
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    uint64_t answer[WIRE_VALUES];

    note_init(fba, buffer, capacity);
    call(OP_FBA_INIT,
         (const uint64_t[WIRE_VALUES]){NUMBER(fba), NUMBER(buffer), capacity}, answer);
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    uint64_t answer[WIRE_VALUES];

    turn_to(NUMBER(fba));
    call(OP_FBA_ALLOCATOR, (const uint64_t[WIRE_VALUES]){NUMBER(fba)}, answer);
    return make_handle(fba, answer);
}

allocator judge_calls_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    struct channel_step steps[] = {
        {.operation = OP_FBA_INIT, .values = {NUMBER(fba), NUMBER(buffer), capacity}},
        {.operation = OP_FBA_ALLOCATOR, .values = {NUMBER(fba)}},
    };

    note_init(fba, buffer, capacity);
    channel_row(&session_current()->channel, steps, 2);
    return make_handle(fba, steps[1].answer);
}

void fba_reset(fixed_buffer_allocator *fba)
{
    uint64_t answer[WIRE_VALUES];

    turn_to(NUMBER(fba));
    call(OP_FBA_RESET, (const uint64_t[WIRE_VALUES]){NUMBER(fba)}, answer);
    ledger_reset(&known.ledger, NUMBER(fba));
}

/* The array of build_array from an allocator of the judge: it must be one of the blocks
 * that allocator has handed out. */
static alloc_result checked_array(const uint64_t answer[WIRE_VALUES],
                                  size_t served,
                                  uint64_t len)
{
    char actual[WORDS_BYTES];
    const alloc_error error = checked_error(answer[0], "build_array");

    if (error != ALLOC_OK) {
        return (alloc_result){error, answer[1] == 0 ? NULL : NOT_NULL};
    }
    if (!served_has_block(served, answer[1], len)) {
        session_fail("a block that the allocator has handed out, long enough for n "
                     "elements",
                     words(answer[1], actual),
                     "build_array returned memory that is not from its allocator.");
    }
    session_current()->verdict.blocks_seen++;
    return (alloc_result){ALLOC_OK, (void *)(uintptr_t)answer[1]};
}

/* n == 0 allocates nothing: all there is to know is whether the pointer is NULL. */
static alloc_result checked_empty_array(const uint64_t answer[WIRE_VALUES])
{
    const alloc_error error = checked_error(answer[0], "build_array");

    return (alloc_result){error, answer[1] == 0 ? NULL : NOT_NULL};
}

alloc_result build_array(allocator a, size_t n)
{
    const bool is_subject = a.vtable == &proxy_vtable;
    const struct handle *const handle = is_subject ? a.ctx : NULL;
    const size_t served = is_subject ? 0 : served_open(a);
    const uint64_t len =
        n > SIZE_MAX / sizeof(int32_t) ? SIZE_MAX : n * sizeof(int32_t);
    uint64_t answer[WIRE_VALUES];

    if (is_subject) {
        turn_to(NUMBER(handle->fba->fba));
    } else {
        session_current()->verdict.about = 0;
    }
    call(OP_BUILD_ARRAY,
         (const uint64_t[WIRE_VALUES]){is_subject ? handle->ctx : served,
                                       is_subject ? handle->vtable : 0, n},
         answer);
    served_close();
    if (n == 0) {
        return checked_empty_array(answer);
    }
    return is_subject ? checked_result(answer, handle->fba, len, _Alignof(int32_t),
                                       "build_array")
                      : checked_array(answer, served, len);
}

/* What stands for the heap that an address lies in; 0: it is in none. */
static uint64_t heap_of(uint64_t address)
{
    const struct region_object *const heap =
        region_find(&session_current()->region, address, 1);

    return heap == NULL ? 0 : NUMBER(heap->start);
}

/* A block of an allocator of the judge: its heap is the buffer it came from. */
static void note_served(const uint64_t values[WIRE_VALUES],
                        const uint64_t answer[WIRE_VALUES])
{
    const uint64_t heap = heap_of(answer[1]);
    struct ledger *const ledger = &known.ledger;

    if (answer[0] != ALLOC_OK || heap == 0) {
        return;
    }
    if (ledger_buffer_at(ledger, heap) == NULL) {
        const struct region_object *const object =
            region_find(&session_current()->region, heap, 0);
        ledger_init(ledger, heap, heap, object->bytes);
    }
    ledger_alloc(ledger, heap, answer[1], values[1], values[2]);
}

void judge_calls_serve(uint16_t operation,
                       const uint64_t values[WIRE_VALUES],
                       uint64_t answer[WIRE_VALUES])
{
    switch (operation) {
    case OP_CALLBACK_ALLOC:
        served_alloc(values, answer);
        note_served(values, answer);
        return;
    case OP_CALLBACK_RESIZE:
        served_resize(values, answer);
        if (answer[0] == 1) {
            ledger_resize(&known.ledger, heap_of(values[1]), values[1], values[2],
                          values[4]);
        }
        return;
    case OP_CALLBACK_FREE:
        served_free(values);
        ledger_free(&known.ledger, heap_of(values[1]), values[1], values[2]);
        return;
    }
    verdict_end(&session_current()->verdict, VERDICT_PROTOCOL_VIOLATION,
                "The submission interfered with its test: it sent a call that does not "
                "exist.");
}
