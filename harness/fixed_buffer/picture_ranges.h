/*
 * picture_ranges: a ledger's blocks and what lies between them, in the order of their
 * offsets.
 *
 * Blocks may overlap, where a submission's do. Every byte of the buffer is in at least
 * one range. Offsets and lengths are in bytes.
 */
#ifndef PICTURE_RANGES_H
#define PICTURE_RANGES_H

#include "ledger.h"

#include <stddef.h>
#include <stdint.h>

enum picture_kind {
    PICTURE_BLOCK,
    PICTURE_FREED,
    PICTURE_PADDING,
    PICTURE_FREE,
    PICTURE_MANY /* ranges that are not told apart */
};

struct picture_range {
    enum picture_kind kind;
    uint64_t offset;
    uint64_t bytes;
    const struct ledger_block *block; /* of a block, freed or not */
    size_t merged; /* of PICTURE_MANY: how many blocks it stands for */
};

struct picture_ranges {
    struct picture_range *items;
    size_t count;
};

/* Fills `ranges`, which the caller releases. */
void picture_ranges_init(struct picture_ranges *ranges,
                         const struct ledger_buffer *buffer);

/* Keeps about `most` ranges, those nearest to `offset`, and merges what lies before and
 * what lies behind them. */
void picture_ranges_merge(struct picture_ranges *ranges, size_t most, uint64_t offset);

void picture_ranges_release(struct picture_ranges *ranges);

#endif
