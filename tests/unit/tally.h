/*
 * tally: an allocator for tests. It counts what it is asked, refuses on demand, and
 * notices a block that comes back wrongly.
 *
 * The one thing to get wrong: call tally_release at the end, or its blocks leak.
 *
 * Lengths and alignments are in bytes.
 */
#ifndef TALLY_H
#define TALLY_H

#include "allocator.h"

#define TALLY_BLOCKS 512

struct tally_block {
    void *memory; /* NULL: the entry is free */
    size_t len;
    size_t alignment;
    size_t mapped; /* bytes of an inaccessible block's mapping, otherwise 0 */
};

struct tally {
    size_t alloc_calls;
    size_t resize_calls;
    size_t free_calls;
    size_t live_blocks;
    size_t live_bytes;
    size_t wrong_calls; /* resize or free of what is not a live block of that length and
                           alignment; nothing else happens then */
    size_t last_len;    /* of the last alloc */
    size_t last_alignment;

    /* To be set by the test. */
    size_t
        granted; /* so many allocs succeed, all later ones fail; tally_init: no limit */
    bool inaccessible; /* blocks are pages that fault at the first read or write; their
                          alignment is at most 4096 */

    struct tally_block blocks[TALLY_BLOCKS];
};

void tally_init(struct tally *self);

/* resize grants a shrink and refuses a growth. */
allocator tally_allocator(struct tally *self);

/* Frees what is left. */
void tally_release(struct tally *self);

#endif
