/*
 * sequence_mix: random sequences, each a function of a seed and of what it may hold.
 *
 * A test of a suite draws on the operations and parameters of its own clauses. What
 * stands here as 0 does not occur. Lengths and offsets are in bytes; of two numbers
 * named least and most, any in between may be drawn, both included.
 */
#ifndef SEQUENCE_MIX_H
#define SEQUENCE_MIX_H

#include "sequence.h"

/* How many of a hundred operations are no plain request for a block. */
struct sequence_shares {
    unsigned frees;
    unsigned resizes;
    unsigned resets;
    unsigned inits;    /* of an FBA that is in use already */
    unsigned handles;  /* one more allocator of an FBA */
    unsigned arrays;   /* build_array */
    unsigned refusals; /* requests that do not fit */
};

struct sequence_mix {
    size_t operations; /* at most SEQUENCE_OPS - 32 */
    size_t fbas;       /* in turn, at most 3 */
    size_t rounds;     /* with fresh FBAs each; rounds × fbas at most SEQUENCE_FBAS */
    /* Where a buffer begins, from a multiple of 1 MiB: a multiple of the unit. */
    uint64_t offset_least, offset_most, offset_unit;
    uint64_t capacity_least, capacity_most;
    /* Lengths of blocks: multiples of the unit, plus the rest. */
    uint64_t len_least, len_most, len_unit, len_rest;
    unsigned alignment_least, alignment_most; /* as powers of two: 6 for 64 */
    uint64_t slack;           /* stays free; 0: buffers are filled to the last byte */
    uint64_t slack_per_block; /* the same for each block that was handed out */
    bool has_huge_alignments; /* among the requests that do not fit */
    struct sequence_shares shares;
};

void sequence_random(struct sequence *sequence,
                     const struct sequence_mix *mix,
                     uint64_t seed);

#endif
