#include "diagnose_ask.h"

#include "fba.h"
#include "ops.h"
#include "served.h"
#include "session.h"
#include "suite.h"
#include "trial.h"

#include <string.h>

#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))

enum {
    BESIDE = 32, /* bytes before and behind a buffer that are watched as well */
    WINDOW = PROBE_WATCHED + 2 * BESIDE,
    FILL = 0xa5
};

struct block {
    bool exists;
    uint64_t address, len, alignment;
};

/* A probe that is under way. */
struct asking {
    const struct probe *probe;
    struct answer *answer; /* of the call that is being made */
    struct probe_answers *answers;
    uint64_t fbas[PROBE_FBAS];
    uint64_t buffer_of[PROBE_FBAS];
    uint64_t handles[PROBE_HANDLES][2]; /* ctx, vtable */
    uint8_t fba_of[PROBE_HANDLES];
    size_t handle_count;
    struct block blocks[PROBE_BLOCKS];
    size_t block_count;
    unsigned char *windows[2]; /* NULL: not watched */
    unsigned char before[2][WINDOW];
};

static void call(uint16_t operation,
                 const uint64_t values[WIRE_VALUES],
                 uint64_t answer[WIRE_VALUES])
{
    channel_call(&session_current()->channel, operation, values, answer);
}

/* ---- Memory ---- */

static void place_buffer(struct asking *asking, size_t index)
{
    const struct probe_buffer *const buffer = &asking->probe->buffers[index];
    unsigned char *const start =
        session_place(buffer->capacity, REGION_AT_START,
                      PROBE_BUFFER_OFFSET + buffer->misalignment, "buffer");

    memset(start, FILL, buffer->capacity);
    if (asking->probe->buffers[0].capacity <= PROBE_WATCHED) {
        asking->windows[index] = start - BESIDE;
        memcpy(asking->before[index], start - BESIDE, buffer->capacity + 2 * BESIDE);
    }
}

static void place_memory(struct asking *asking)
{
    for (size_t i = 0; i < PROBE_FBAS; i++) {
        void *const fba = session_place(sizeof(fixed_buffer_allocator), REGION_AT_START,
                                        PROBE_BUFFER_OFFSET, "fba");
        memset(fba, 0, sizeof(fixed_buffer_allocator));
        asking->fbas[i] = NUMBER(fba);
    }
    place_buffer(asking, 0);
    if (asking->probe->buffers[1].capacity > 0) {
        place_buffer(asking, 1);
    }
}

/* The bytes of a window that are not what they were: the answer says so. */
static void note_writes(struct asking *asking, size_t index, struct answer *answer)
{
    const size_t bytes = asking->probe->buffers[index].capacity + 2 * BESIDE;
    unsigned char now[WINDOW];
    size_t first = 0;
    size_t end = bytes;

    if (asking->windows[index] == NULL) {
        return;
    }
    memcpy(now, asking->windows[index], bytes);
    if (memcmp(now, asking->before[index], bytes) == 0) {
        return;
    }
    while (now[first] == asking->before[index][first]) {
        first++;
    }
    while (now[end - 1] == asking->before[index][end - 1]) {
        end--;
    }
    answer->written_from = (int64_t)first - BESIDE;
    answer->written_to = (int64_t)end - BESIDE;
    memcpy(asking->before[index], now, bytes);
}

/* ---- Calls ---- */

static void ask_init(struct asking *asking, const struct probe_step *step)
{
    const uint64_t buffer = probe_address(asking->probe, step->buffer);
    uint64_t answer[WIRE_VALUES];

    asking->buffer_of[step->fba] = buffer;
    call(OP_FBA_INIT,
         (const uint64_t[WIRE_VALUES]){asking->fbas[step->fba], buffer,
                                       asking->probe->buffers[step->buffer].capacity},
         answer);
}

static void ask_handle(struct asking *asking, uint8_t fba)
{
    uint64_t answer[WIRE_VALUES];

    call(OP_FBA_ALLOCATOR, (const uint64_t[WIRE_VALUES]){asking->fbas[fba]}, answer);
    asking->handles[asking->handle_count][0] = answer[0];
    asking->handles[asking->handle_count][1] = answer[1];
    asking->fba_of[asking->handle_count++] = fba;
}

static void ask_reset(struct asking *asking, uint8_t fba)
{
    uint64_t answer[WIRE_VALUES];

    call(OP_FBA_RESET, (const uint64_t[WIRE_VALUES]){asking->fbas[fba]}, answer);
}

static struct answer result_of(const uint64_t answer[WIRE_VALUES], uint64_t buffer)
{
    if (answer[0] == ALLOC_OUT_OF_MEMORY) {
        return (struct answer){.kind = answer[1] == 0 ? ANSWER_REFUSED
                                                      : ANSWER_REFUSED_WITH_POINTER};
    }
    if (answer[0] != ALLOC_OK) {
        return (struct answer){.kind = ANSWER_UNKNOWN_ERROR};
    }
    if (answer[1] == 0) {
        return (struct answer){.kind = ANSWER_NULL};
    }
    return (struct answer){.kind = ANSWER_BLOCK,
                           .number = (int64_t)(answer[1] - buffer)};
}

static struct answer ask_alloc(struct asking *asking, const struct probe_step *step)
{
    const uint64_t *const handle = asking->handles[step->handle];
    const uint64_t len = probe_length(asking->probe, step);
    struct block *const block = &asking->blocks[asking->block_count++];
    uint64_t answer[WIRE_VALUES];

    call(OP_ALLOC,
         (const uint64_t[WIRE_VALUES]){handle[0], handle[1], len, step->alignment},
         answer);
    const struct answer result =
        result_of(answer, asking->buffer_of[asking->fba_of[step->handle]]);
    if (result.kind == ANSWER_BLOCK) {
        *block = (struct block){true, answer[1], len, step->alignment};
    }
    return result;
}

static struct answer ask_free(struct asking *asking, const struct probe_step *step)
{
    const uint64_t *const handle = asking->handles[step->handle];
    struct block *const block = &asking->blocks[step->block];
    uint64_t answer[WIRE_VALUES];

    if (!block->exists) {
        return (struct answer){.kind = ANSWER_SKIPPED};
    }
    block->exists = false;
    call(OP_FREE,
         (const uint64_t[WIRE_VALUES]){handle[0], handle[1], block->address, block->len,
                                       block->alignment},
         answer);
    return (struct answer){.kind = ANSWER_NOTHING};
}

static struct answer ask_resize(struct asking *asking, const struct probe_step *step)
{
    const uint64_t *const handle = asking->handles[step->handle];
    struct block *const block = &asking->blocks[step->block];
    uint64_t answer[WIRE_VALUES];

    if (!block->exists) {
        return (struct answer){.kind = ANSWER_SKIPPED};
    }
    call(OP_RESIZE,
         (const uint64_t[WIRE_VALUES]){handle[0], handle[1], block->address, block->len,
                                       block->alignment, step->len},
         answer);
    if (answer[0] > 1) {
        return (struct answer){.kind = ANSWER_UNKNOWN_BOOL};
    }
    block->len = answer[0] == 1 ? step->len : block->len;
    return (struct answer){.kind = answer[0] == 1 ? ANSWER_TRUE : ANSWER_FALSE};
}

static struct answer ask_step(struct asking *asking, const struct probe_step *step)
{
    switch (step->call) {
    case PROBE_INIT:
        ask_init(asking, step);
        break;
    case PROBE_HANDLE:
        ask_handle(asking, step->fba);
        break;
    case PROBE_RESET:
        ask_reset(asking, step->fba);
        break;
    case PROBE_ALLOC:
        return ask_alloc(asking, step);
    case PROBE_FREE:
        return ask_free(asking, step);
    case PROBE_RESIZE:
        return ask_resize(asking, step);
    case PROBE_END:
        break;
    }
    return (struct answer){.kind = ANSWER_NOTHING};
}

static void ask_all(void *argument)
{
    static const struct probe_step first = {.call = PROBE_INIT};
    struct asking *const asking = argument;
    const struct probe *const probe = asking->probe;

    asking->answer = &asking->answers->begun;
    place_memory(asking);
    ask_init(asking, &first);
    ask_handle(asking, 0);
    asking->answer->kind = ANSWER_NOTHING;
    note_writes(asking, 0, asking->answer);
    for (size_t i = 0; i < PROBE_STEPS && probe->steps[i].call != PROBE_END; i++) {
        asking->answer = &asking->answers->steps[i];
        *asking->answer = ask_step(asking, &probe->steps[i]);
        note_writes(asking, 0, asking->answer);
        note_writes(asking, 1, asking->answer);
    }
}

/* How a trial that did not come to its end ended. */
static enum answer_kind end_of(enum verdict_status status)
{
    if (status == VERDICT_TIMEOUT) {
        return ANSWER_HANG;
    }
    if (status == VERDICT_FORBIDDEN_CALL || status == VERDICT_FORBIDDEN_SYSCALL) {
        return ANSWER_FORBIDDEN;
    }
    if (status == VERDICT_FAIL || status == VERDICT_PROTOCOL_VIOLATION) {
        return ANSWER_WRONG;
    }
    return status == VERDICT_MISSING ? ANSWER_MISSING : ANSWER_CRASH;
}

void diagnose_ask(const struct probe *probe, struct probe_answers *answers)
{
    struct asking asking = {.probe = probe, .answers = answers};

    *answers = (struct probe_answers){.begun = {.kind = ANSWER_SKIPPED}};
    for (size_t i = 0; i < PROBE_STEPS; i++) {
        answers->steps[i].kind = ANSWER_SKIPPED;
    }
    if (!trial_run(ask_all, &asking)) {
        *asking.answer =
            (struct answer){.kind = end_of(session_current()->verdict.status)};
    }
}

/* ---- build_array ---- */

struct asking_array {
    const struct array_question *question;
    struct array_answer *answer;
    struct recorder recorder;
    fixed_buffer_allocator *fba;
    unsigned char *memory; /* that the array may lie in, and whose it is */
    size_t bytes;
};

/* What `a` is to the subject: an index of the judge's, or the two of its own. */
static void call_build_array(const struct asking_array *asking,
                             uint64_t ctx,
                             uint64_t vtable,
                             uint64_t answer[WIRE_VALUES])
{
    call(OP_BUILD_ARRAY,
         (const uint64_t[WIRE_VALUES]){ctx, vtable, asking->question->n}, answer);
}

static int32_t element_at(const struct asking_array *asking, size_t offset)
{
    int32_t element = 0;

    if (offset <= asking->bytes - sizeof element) {
        memcpy(&element, asking->memory + offset, sizeof element);
    }
    return element;
}

static void take_elements(const struct asking_array *asking, uint64_t n)
{
    struct array_answer *const answer = asking->answer;

    for (size_t i = 0; i < ARRAY_FIRST && i < n; i++) {
        answer->first[i] = element_at(asking, i * sizeof(int32_t));
    }
    answer->last = element_at(asking, (n - 1) * sizeof(int32_t));
    answer->behind = n * sizeof(int32_t) < asking->bytes
                         ? element_at(asking, n * sizeof(int32_t))
                         : ARRAY_UNTOUCHED;
}

static void take_answer(const struct asking_array *asking,
                        const uint64_t claimed[WIRE_VALUES])
{
    struct array_answer *const answer = asking->answer;
    const uint64_t n = asking->question->n;

    answer->is_ok = claimed[0] == ALLOC_OK;
    answer->is_error = claimed[0] == ALLOC_OUT_OF_MEMORY;
    answer->memory = ARRAY_OTHER;
    if (claimed[1] == 0) {
        answer->memory = ARRAY_NULL;
    } else if (claimed[1] == NUMBER(asking->memory)) {
        answer->memory = ARRAY_FIRST_BLOCK;
    }
    if (answer->memory == ARRAY_FIRST_BLOCK && answer->is_ok && n > 0 &&
        n <= asking->bytes / sizeof(int32_t)) {
        take_elements(asking, n);
    }
    answer->kind = ANSWER_NOTHING;
}

static void ask_of_recorder(void *argument)
{
    struct asking_array *const asking = argument;
    uint64_t answer[WIRE_VALUES];

    const allocator a = recorder_init(&asking->recorder, ARRAY_HEAP);
    asking->recorder.fails = asking->question->fails;
    asking->memory = asking->recorder.heap;
    asking->bytes = ARRAY_HEAP;
    memset(asking->memory, FILL, ARRAY_HEAP);
    call_build_array(asking, served_open(a), 0, answer);
    served_close();
    take_answer(asking, answer);
}

static void ask_of_fba(void *argument)
{
    static const struct probe probe = {.buffers = {{.capacity = PROBE_WATCHED}}};
    struct asking_array *const asking = argument;
    struct probe_answers ignored;
    struct asking with = {.probe = &probe, .answers = &ignored};
    static const struct probe_step first = {.call = PROBE_INIT};
    uint64_t answer[WIRE_VALUES];

    with.answer = &ignored.begun;
    place_memory(&with);
    ask_init(&with, &first);
    ask_handle(&with, 0);
    asking->memory = with.windows[0] + BESIDE;
    asking->bytes = PROBE_WATCHED;
    call_build_array(asking, with.handles[0][0], with.handles[0][1], answer);
    take_answer(asking, answer);
}

/* What build_array has asked for, noted by the channel. */
static void take_requests(struct array_answer *answer)
{
    const struct verdict *const verdict = &session_current()->verdict;

    for (size_t i = 0; i < verdict->call_count; i++) {
        const struct verdict_call *const made = verdict_call_at(verdict, i);
        if (made == NULL) {
            continue;
        }
        if (made->operation == OP_CALLBACK_ALLOC && answer->allocs++ == 0) {
            answer->len = made->values[1];
            answer->alignment = made->values[2];
        }
        answer->resizes += made->operation == OP_CALLBACK_RESIZE;
        answer->frees += made->operation == OP_CALLBACK_FREE;
    }
}

void diagnose_ask_array(const struct array_question *question,
                        struct array_answer *answer)
{
    struct asking_array asking = {.question = question, .answer = answer};

    *answer = (struct array_answer){.kind = ANSWER_SKIPPED};
    if (!trial_run(question->is_fba ? ask_of_fba : ask_of_recorder, &asking)) {
        *answer =
            (struct array_answer){.kind = end_of(session_current()->verdict.status)};
    }
    take_requests(answer);
}
