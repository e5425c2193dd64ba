#include "sequence_play.h"

#include "ops.h"
#include "sequence_player.h"
#include "session.h"

#include <assert.h>
#include <string.h>

#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))
#define GARBAGE 0xa5

static void place(struct player *player)
{
    const struct sequence *const sequence = player->sequence;
    uint64_t addresses[SEQUENCE_MEMORIES];

    for (size_t i = 0; i < sequence->fba_count; i++) {
        player->fbas[i] =
            session_place(sizeof *player->fbas[i], REGION_AT_END, 0, "fba");
        memset(player->fbas[i], sequence->is_garbage ? GARBAGE : 0,
               sizeof *player->fbas[i]);
    }
    for (size_t i = 0; i < sequence->memory_count; i++) {
        const struct sequence_memory *const memory = &sequence->memories[i];
        player->buffers[i] =
            session_place(memory->bytes, REGION_AT_START, memory->offset, "buffer");
        for (size_t at = 0; at < memory->bytes; at++) {
            player->buffers[i][at] = player_pattern(at);
        }
        addresses[i] = NUMBER(player->buffers[i]);
        player->play->buffers[i] = addresses[i];
    }
    const size_t possible = sequence_expect(sequence, addresses, player->expected);
    assert(possible == sequence->count);
}

static struct channel_step step_of(const struct player *player, size_t index)
{
    const struct sequence_op *const op = &player->sequence->ops[index];
    const struct sequence_expected *const expected = &player->expected[index];
    const uint64_t fba = NUMBER(player->fbas[op->fba]);
    const uint64_t ctx = wire_answer(op->handle, 0);
    const uint64_t vtable = wire_answer(op->handle, 1);
    const uint64_t block = wire_answer(op->block, 1);

    switch (op->kind) {
    case SEQUENCE_INIT:
        return (struct channel_step){
            .operation = OP_FBA_INIT,
            .values = {fba, NUMBER(player->buffers[op->memory]), op->len}};
    case SEQUENCE_HANDLE:
        return (struct channel_step){.operation = OP_FBA_ALLOCATOR, .values = {fba}};
    case SEQUENCE_RESET:
        return (struct channel_step){.operation = OP_FBA_RESET, .values = {fba}};
    case SEQUENCE_ALLOC:
        return (struct channel_step){.operation = OP_ALLOC,
                                     .refers = 3,
                                     .values = {ctx, vtable, op->len, op->alignment}};
    case SEQUENCE_RESIZE:
        return (struct channel_step){.operation = OP_RESIZE,
                                     .refers = 7,
                                     .values = {ctx, vtable, block, expected->len,
                                                expected->alignment, op->len}};
    case SEQUENCE_FREE:
        return (struct channel_step){
            .operation = OP_FREE,
            .refers = 7,
            .values = {ctx, vtable, block, expected->len, expected->alignment}};
    case SEQUENCE_ARRAY:
        return (struct channel_step){
            .operation = OP_BUILD_ARRAY, .refers = 3, .values = {ctx, vtable, op->len}};
    }
    return (struct channel_step){0};
}

void sequence_play(const struct sequence *sequence,
                   const struct tolerance *tolerance,
                   struct play *play)
{
    static const struct play nothing;
    struct player player = {.sequence = sequence, .tolerance = tolerance, .play = play};

    *play = nothing;
    place(&player);
    for (size_t i = 0; i < sequence->count; i++) {
        player.steps[i] = step_of(&player, i);
        player.steps[i].about = NUMBER(player.fbas[sequence->ops[i].fba]);
    }
    const struct channel_batch batch = {
        .steps = player.steps,
        .count = sequence->count,
        .shared = session_place(channel_batch_bytes(sequence->count), REGION_AT_END, 0,
                                "calls"),
        .answered = player_check_answer,
        .argument = &player,
    };
    channel_batch(&session_current()->channel, &batch);
    if (!player.is_over) {
        player_check_arrays(&player);
    }
    if (!player.is_over && !tolerance->any_bytes) {
        player_check_bytes(&player);
    }
}
