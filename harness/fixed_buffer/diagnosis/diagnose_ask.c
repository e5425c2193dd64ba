#include "diagnose_ask.h"

#include "fba.h"
#include "ops.h"
#include "session.h"
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

void diagnose_call(uint16_t operation,
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
    diagnose_call(
        OP_FBA_INIT,
        (const uint64_t[WIRE_VALUES]){asking->fbas[step->fba], buffer,
                                      asking->probe->buffers[step->buffer].capacity},
        answer);
}

static void ask_handle(struct asking *asking, uint8_t fba)
{
    uint64_t answer[WIRE_VALUES];

    diagnose_call(OP_FBA_ALLOCATOR, (const uint64_t[WIRE_VALUES]){asking->fbas[fba]},
                  answer);
    asking->handles[asking->handle_count][0] = answer[0];
    asking->handles[asking->handle_count][1] = answer[1];
    asking->fba_of[asking->handle_count++] = fba;
}

static void ask_reset(struct asking *asking, uint8_t fba)
{
    uint64_t answer[WIRE_VALUES];

    diagnose_call(OP_FBA_RESET, (const uint64_t[WIRE_VALUES]){asking->fbas[fba]},
                  answer);
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
                           .number = answer_offset(answer[1], buffer)};
}

static struct answer ask_alloc(struct asking *asking, const struct probe_step *step)
{
    const uint64_t *const handle = asking->handles[step->handle];
    const uint64_t len = probe_length(asking->probe, step);
    struct block *const block = &asking->blocks[asking->block_count++];
    uint64_t answer[WIRE_VALUES];

    diagnose_call(
        OP_ALLOC,
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
    diagnose_call(OP_FREE,
                  (const uint64_t[WIRE_VALUES]){handle[0], handle[1], block->address,
                                                block->len, block->alignment},
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
    diagnose_call(OP_RESIZE,
                  (const uint64_t[WIRE_VALUES]){handle[0], handle[1], block->address,
                                                block->len, block->alignment,
                                                step->len},
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

static void ask_one(struct asking *asking)
{
    static const struct probe_step first = {.call = PROBE_INIT};
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

/* Several probes that are put to one child. */
struct series {
    const struct probe *probes;
    size_t count;
    enum ask_order order;
    struct probe_answers *answers;
    struct asking asking; /* the one that is under way */
};

static void ask_series(void *argument)
{
    struct series *const series = argument;

    for (size_t i = 0; i < series->count; i++) {
        const size_t at = series->order == ASK_FORWARDS ? i : series->count - 1 - i;
        series->asking = (struct asking){.probe = &series->probes[at],
                                         .answers = &series->answers[at]};
        region_clear(&session_current()->region);
        ask_one(&series->asking);
    }
}

enum answer_kind diagnose_end(void)
{
    const enum verdict_status status = session_current()->verdict.status;

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

bool diagnose_ask(const struct probe *probes,
                  size_t count,
                  enum ask_order order,
                  struct probe_answers *answers)
{
    struct series series = {
        .probes = probes, .count = count, .order = order, .answers = answers};

    for (size_t i = 0; i < count; i++) {
        answers[i] = (struct probe_answers){.begun = {.kind = ANSWER_SKIPPED}};
        for (size_t step = 0; step < PROBE_STEPS; step++) {
            answers[i].steps[step].kind = ANSWER_SKIPPED;
        }
    }
    if (trial_run(ask_series, &series)) {
        return true;
    }
    *series.asking.answer = (struct answer){.kind = diagnose_end()};
    return false;
}
