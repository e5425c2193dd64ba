#include "recorded.h"

#include "ops.h"

/* What is known while the calls are read in their order. */
struct reader {
    struct sequence *sequence;
    uint64_t fbas[SEQUENCE_FBAS];        /* addresses */
    uint64_t buffers[SEQUENCE_MEMORIES]; /* addresses */
    uint64_t answers[SEQUENCE_OPS][2];   /* of the operations */
};

static bool find_fba(struct reader *reader, uint64_t address, size_t *fba)
{
    struct sequence *const sequence = reader->sequence;

    for (*fba = 0; *fba < sequence->fba_count; (*fba)++) {
        if (reader->fbas[*fba] == address) {
            return true;
        }
    }
    if (*fba == SEQUENCE_FBAS) {
        return false;
    }
    reader->fbas[*fba] = address;
    sequence->fba_count++;
    return true;
}

static bool find_buffer(struct reader *reader,
                        uint64_t address,
                        uint64_t capacity,
                        size_t *memory)
{
    struct sequence *const sequence = reader->sequence;

    for (*memory = 0; *memory < sequence->memory_count; (*memory)++) {
        if (reader->buffers[*memory] == address) {
            break;
        }
    }
    if (*memory == SEQUENCE_MEMORIES) {
        return false;
    }
    struct sequence_memory *const found = &sequence->memories[*memory];
    if (*memory == sequence->memory_count) {
        reader->buffers[*memory] = address;
        *found = (struct sequence_memory){address % WIRE_SLOT_STRIDE, 1};
        sequence->memory_count++;
    }
    found->bytes = capacity > found->bytes ? capacity : found->bytes;
    return true;
}

/* The last fba_allocator of this FBA that answered so. */
static bool find_handle(const struct reader *reader,
                        size_t fba,
                        const uint64_t values[WIRE_VALUES],
                        size_t *handle)
{
    for (*handle = reader->sequence->count; (*handle)-- > 0;) {
        const struct sequence_op *const op = &reader->sequence->ops[*handle];
        if (op->kind == SEQUENCE_HANDLE && op->fba == fba &&
            reader->answers[*handle][0] == values[0] &&
            reader->answers[*handle][1] == values[1]) {
            return true;
        }
    }
    return false;
}

/* The last request of this FBA that was granted this block. */
static bool find_block(const struct reader *reader,
                       size_t fba,
                       uint64_t memory,
                       size_t *block)
{
    for (*block = reader->sequence->count; (*block)-- > 0;) {
        const struct sequence_op *const op = &reader->sequence->ops[*block];
        if ((op->kind == SEQUENCE_ALLOC || op->kind == SEQUENCE_ARRAY) &&
            op->fba == fba && reader->answers[*block][0] == 0 &&
            reader->answers[*block][1] == memory) {
            return true;
        }
    }
    return false;
}

/* A call through an allocator. */
static bool read_request(struct reader *reader,
                         const struct verdict_call *call,
                         struct sequence_op *op)
{
    const uint64_t *const v = call->values;

    if (!find_handle(reader, op->fba, v, &op->handle)) {
        return false;
    }
    switch (call->operation) {
    case OP_ALLOC:
        op->kind = SEQUENCE_ALLOC;
        op->len = v[2];
        op->alignment = v[3];
        return true;
    case OP_BUILD_ARRAY:
        op->kind = SEQUENCE_ARRAY;
        op->len = v[2];
        return true;
    case OP_RESIZE:
        op->kind = SEQUENCE_RESIZE;
        op->len = v[5];
        return find_block(reader, op->fba, v[2], &op->block);
    case OP_FREE:
        op->kind = SEQUENCE_FREE;
        return find_block(reader, op->fba, v[2], &op->block);
    }
    return false;
}

static bool read_call(struct reader *reader,
                      const struct verdict_call *call,
                      struct sequence_op *op)
{
    const uint64_t *const v = call->values;

    if (!find_fba(reader, call->about, &op->fba)) {
        return false;
    }
    switch (call->operation) {
    case OP_FBA_INIT:
        op->kind = SEQUENCE_INIT;
        op->len = v[2];
        return find_buffer(reader, v[1], v[2], &op->memory);
    case OP_FBA_ALLOCATOR:
        op->kind = SEQUENCE_HANDLE;
        return true;
    case OP_FBA_RESET:
        op->kind = SEQUENCE_RESET;
        return true;
    }
    return read_request(reader, call, op);
}

/* Calls that are no part of a sequence: callbacks, and arrays from elsewhere. */
static bool is_skipped(const struct verdict_call *call)
{
    return call->depth > 0 || (call->operation == OP_BUILD_ARRAY &&
                               (call->about == 0 || call->values[2] == 0));
}

bool recorded_sequence(const struct verdict *verdict, struct sequence *sequence)
{
    struct reader reader = {.sequence = sequence};

    *sequence = (struct sequence){0};
    for (size_t n = 0; n < verdict->call_count; n++) {
        const struct verdict_call *const call = verdict_call_at(verdict, n);
        struct sequence_op op = {0};
        if (call == NULL || sequence->count == SEQUENCE_OPS) {
            return false;
        }
        if (is_skipped(call)) {
            continue;
        }
        if (!read_call(&reader, call, &op)) {
            return false;
        }
        reader.answers[sequence->count][0] = call->answer[0];
        reader.answers[sequence->count][1] = call->answer[1];
        sequence_add(sequence, op);
    }
    sequence_tidy(sequence);
    return sequence->count > 0;
}
