#include "sequence.h"

#include "model.h"
#include "wire.h"

#include <assert.h>
#include <string.h>

#define ELEMENT_BYTES sizeof(int32_t)

struct block {
    bool is_live;
    size_t fba;
    uint64_t memory, len, alignment;
};

struct fba {
    bool is_ready;
    struct model model;
    size_t blocks;
};

/* How far the contract has been followed. */
struct state {
    const struct sequence *sequence;
    const uint64_t *memories;
    struct fba fbas[SEQUENCE_FBAS];
    struct block blocks[SEQUENCE_OPS];
    bool has_handle[SEQUENCE_OPS];
};

size_t sequence_add(struct sequence *sequence, struct sequence_op op)
{
    assert(sequence->count < SEQUENCE_OPS);
    sequence->ops[sequence->count] = op;
    return sequence->count++;
}

static void end_blocks(struct state *state, size_t fba)
{
    for (size_t i = 0; i < state->sequence->count; i++) {
        if (state->blocks[i].fba == fba) {
            state->blocks[i].is_live = false;
        }
    }
    state->fbas[fba].blocks = 0;
}

static void expect_alloc(struct state *state,
                         size_t index,
                         uint64_t len,
                         uint64_t alignment,
                         struct sequence_expected *expected)
{
    struct fba *const fba = &state->fbas[state->sequence->ops[index].fba];

    expected->len = len;
    expected->alignment = alignment;
    expected->memory = model_alloc(&fba->model, len, alignment);
    if (expected->memory == 0) {
        return;
    }
    state->blocks[index] = (struct block){true, state->sequence->ops[index].fba,
                                          expected->memory, len, alignment};
    fba->blocks++;
}

static void expect_array(struct state *state,
                         size_t index,
                         struct sequence_expected *expected)
{
    const uint64_t n = state->sequence->ops[index].len;

    if (n <= SIZE_MAX / ELEMENT_BYTES) {
        expect_alloc(state, index, n * ELEMENT_BYTES, ELEMENT_BYTES, expected);
    }
}

static bool expect_change(struct state *state,
                          const struct sequence_op *op,
                          struct sequence_expected *expected)
{
    struct block *const block = &state->blocks[op->block];
    struct model *const model = &state->fbas[op->fba].model;

    if (!block->is_live || block->fba != op->fba) {
        return false;
    }
    expected->memory = block->memory;
    expected->len = block->len;
    expected->alignment = block->alignment;
    if (op->kind == SEQUENCE_FREE) {
        model_free(model, block->memory, block->len);
        block->is_live = false;
        return true;
    }
    expected->is_resized = model_resize(model, block->memory, block->len, op->len);
    block->len = expected->is_resized ? op->len : block->len;
    return op->len > 0;
}

/* An operation through an allocator; false if it is not possible. */
static bool expect_request(struct state *state,
                           size_t index,
                           struct sequence_expected *expected)
{
    const struct sequence_op *const op = &state->sequence->ops[index];

    if (op->handle >= index || !state->has_handle[op->handle] ||
        state->sequence->ops[op->handle].fba != op->fba || op->block >= index) {
        return false;
    }
    switch (op->kind) {
    case SEQUENCE_ALLOC:
        expect_alloc(state, index, op->len, op->alignment, expected);
        return op->len > 0 && op->alignment > 0;
    case SEQUENCE_ARRAY:
        expect_array(state, index, expected);
        return op->len > 0;
    case SEQUENCE_RESIZE:
    case SEQUENCE_FREE:
        return expect_change(state, op, expected);
    case SEQUENCE_INIT:
    case SEQUENCE_HANDLE:
    case SEQUENCE_RESET:
        break;
    }
    return false;
}

static bool expect(struct state *state,
                   size_t index,
                   struct sequence_expected *expected)
{
    const struct sequence_op *const op = &state->sequence->ops[index];
    struct fba *const fba = &state->fbas[op->fba];

    switch (op->kind) {
    case SEQUENCE_INIT:
        end_blocks(state, op->fba);
        fba->is_ready = true;
        model_init(&fba->model, state->memories[op->memory], op->len);
        return op->len <= state->sequence->memories[op->memory].bytes;
    case SEQUENCE_HANDLE:
        state->has_handle[index] = fba->is_ready;
        return fba->is_ready;
    case SEQUENCE_RESET:
        end_blocks(state, op->fba);
        model_reset(&fba->model);
        return fba->is_ready;
    case SEQUENCE_ALLOC:
    case SEQUENCE_RESIZE:
    case SEQUENCE_FREE:
    case SEQUENCE_ARRAY:
        break;
    }
    return expect_request(state, index, expected);
}

size_t sequence_expect(const struct sequence *sequence,
                       const uint64_t *memories,
                       struct sequence_expected *expected)
{
    struct state state = {.sequence = sequence, .memories = memories};

    for (size_t i = 0; i < sequence->count; i++) {
        const struct fba *const fba = &state.fbas[sequence->ops[i].fba];
        expected[i] = (struct sequence_expected){0};
        if (!expect(&state, i, &expected[i])) {
            return i;
        }
        expected[i].left = fba->model.capacity - fba->model.used;
        expected[i].blocks = fba->blocks;
    }
    return sequence->count;
}

/* ---- Editing ---- */

static size_t moved(size_t index, size_t from, size_t to)
{
    return index < from ? index : index - (to - from);
}

static bool is_in(size_t index, size_t from, size_t to)
{
    return index >= from && index < to;
}

static bool uses_block(const struct sequence_op *op)
{
    return op->kind == SEQUENCE_RESIZE || op->kind == SEQUENCE_FREE;
}

static bool uses_handle(const struct sequence_op *op)
{
    return uses_block(op) || op->kind == SEQUENCE_ALLOC || op->kind == SEQUENCE_ARRAY;
}

/* The operations that are left may refer to one that is not: at itself, which is never
 * possible. */
static void cut_out(struct sequence *sequence, size_t from, size_t to)
{
    for (size_t i = to; i < sequence->count; i++) {
        struct sequence_op op = sequence->ops[i];
        const size_t place = moved(i, from, to);
        const bool has_lost = (uses_handle(&op) && is_in(op.handle, from, to)) ||
                              (uses_block(&op) && is_in(op.block, from, to));
        op.handle = has_lost ? place : moved(op.handle, from, to);
        op.block = uses_block(&op) ? moved(op.block, from, to) : 0;
        sequence->ops[place] = op;
    }
    sequence->count -= to - from;
}

static void remove_impossible(struct sequence *sequence)
{
    struct sequence_expected expected[SEQUENCE_OPS];
    uint64_t memories[SEQUENCE_MEMORIES];

    /* Only differences between these addresses can matter here. */
    for (size_t i = 0; i < sequence->memory_count; i++) {
        memories[i] = WIRE_REGION_BASE + (SEQUENCE_FBAS + i) * WIRE_SLOT_STRIDE +
                      sequence->memories[i].offset;
    }
    for (;;) {
        const size_t possible = sequence_expect(sequence, memories, expected);
        if (possible == sequence->count) {
            return;
        }
        cut_out(sequence, possible, possible + 1);
    }
}

void sequence_remove(struct sequence *sequence, size_t from, size_t to)
{
    cut_out(sequence, from, to);
    remove_impossible(sequence);
}

/* Numbers the FBAs and the buffers in the order of their first use. */
static void renumber(struct sequence *sequence)
{
    struct sequence_memory memories[SEQUENCE_MEMORIES];
    size_t fbas[SEQUENCE_FBAS] = {0};
    size_t buffers[SEQUENCE_MEMORIES] = {0};

    memcpy(memories, sequence->memories, sizeof memories);
    sequence->fba_count = 0;
    sequence->memory_count = 0;
    for (size_t i = 0; i < sequence->count; i++) {
        struct sequence_op *const op = &sequence->ops[i];
        if (fbas[op->fba] == 0) {
            fbas[op->fba] = ++sequence->fba_count;
        }
        if (op->kind == SEQUENCE_INIT && buffers[op->memory] == 0) {
            sequence->memories[sequence->memory_count] = memories[op->memory];
            buffers[op->memory] = ++sequence->memory_count;
        }
        op->memory = op->kind == SEQUENCE_INIT ? buffers[op->memory] - 1 : 0;
        op->fba = fbas[op->fba] - 1;
    }
}

void sequence_tidy(struct sequence *sequence)
{
    remove_impossible(sequence);
    renumber(sequence);
}
