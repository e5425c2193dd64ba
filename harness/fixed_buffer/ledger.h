/*
 * ledger: which blocks of which buffer have been handed out in the running test, kept
 * for the picture of a failure.
 *
 * It writes down what was answered, right or wrong: blocks may overlap, and nothing is
 * judged here. The one thing to get wrong: what is answered is a claim; a block that
 * is not inside its buffer is not entered, because no picture can show it there.
 *
 * `owner` is a number that stands for the allocator: the address of its fba, or of the
 * heap of an allocator of the judge. Lengths and capacities are in bytes. A call about
 * an owner or a block that the ledger does not know changes nothing.
 */
#ifndef LEDGER_H
#define LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More buffers than a test may have. */
#define LEDGER_BUFFERS 32u

struct ledger_block {
    uint64_t start;
    uint64_t len;
    uint64_t alignment;
    size_t number; /* 0 for the first block since the last init or reset, and so on */
    bool is_freed; /* given back, but not the last one: its bytes are lost */
};

struct ledger_buffer {
    uint64_t owner;
    uint64_t start;
    uint64_t capacity;
    uint64_t used; /* the notional `used` of fba.h, by the blocks that were answered */
    struct ledger_block *blocks; /* in the order they were handed out */
    size_t block_count;
    size_t block_room;
    size_t granted; /* number of the next block */
};

/* All zero: nothing is known. */
struct ledger {
    struct ledger_buffer buffers[LEDGER_BUFFERS];
    size_t buffer_count;
    size_t current; /* index of the one that the last call was about */
};

/* Forgets everything, and keeps the memory for the next test. */
void ledger_clear(struct ledger *ledger);

/* Gives the memory back. */
void ledger_release(struct ledger *ledger);

/* fba_init: `owner` has these bytes from now on, and no blocks. */
void ledger_init(struct ledger *ledger,
                 uint64_t owner,
                 uint64_t start,
                 uint64_t capacity);

/* fba_reset */
void ledger_reset(struct ledger *ledger, uint64_t owner);

/* A call about `owner` is made: the picture of a failure in it shows this buffer. */
void ledger_touch(struct ledger *ledger, uint64_t owner);

/* A request was granted. */
void ledger_alloc(struct ledger *ledger,
                  uint64_t owner,
                  uint64_t memory,
                  uint64_t len,
                  uint64_t alignment);

/* A resize of a block was granted; the block is inside its buffer still. */
void ledger_resize(struct ledger *ledger,
                   uint64_t owner,
                   uint64_t memory,
                   uint64_t len,
                   uint64_t new_len);

void ledger_free(struct ledger *ledger, uint64_t owner, uint64_t memory, uint64_t len);

/* The buffer that the last call was about; NULL: there was none. */
const struct ledger_buffer *ledger_current(const struct ledger *ledger);

/* The buffer that begins at `start`, or NULL. */
const struct ledger_buffer *ledger_buffer_at(const struct ledger *ledger,
                                             uint64_t start);

#endif
