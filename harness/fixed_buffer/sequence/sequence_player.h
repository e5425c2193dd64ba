/*
 * sequence_player: a sequence on its way, for the modules that carry it out and look at
 * what comes of it. Nobody else includes this; sequence_play.h is the way in.
 */
#ifndef SEQUENCE_PLAYER_H
#define SEQUENCE_PLAYER_H

#include "channel.h"
#include "fba.h"
#include "sequence_play.h"

/* A sequence on its way. */
struct player {
    const struct sequence *sequence;
    const struct tolerance *tolerance;
    struct play *play;
    fixed_buffer_allocator *fbas[SEQUENCE_FBAS];
    unsigned char *buffers[SEQUENCE_MEMORIES];
    size_t memory_of[SEQUENCE_FBAS]; /* which buffer an FBA has now */
    bool is_over; /* what follows is not known: a tolerated answer was wrong */
    struct sequence_expected expected[SEQUENCE_OPS];
    struct channel_step steps[SEQUENCE_OPS];
};

/* Never 0, and never the same in neighbouring bytes: a cleared or copied byte shows. */
static inline unsigned char player_pattern(size_t i)
{
    return (unsigned char)(1u + i * 7u % 255u);
}

/* Notes that operation `index` was not answered as it should be. */
void player_note(struct player *player, size_t index, enum difference difference);

/* Looks at one answer (channel_answered, for a struct player). */
void player_check_answer(void *argument, size_t index);

/* After the last answer: the elements of all arrays; and all bytes that nobody may have
 * changed. */
void player_check_arrays(struct player *player);
void player_check_bytes(struct player *player);

#endif
