/*
 * sequence: calls of an FBA's functions as data, and what the contract says of each.
 *
 * A sequence can be made at random (sequence_mix.h) or of the calls of a test
 * (recorded.h), carried out by a submission (sequence_play.h), cut down (shrink.h), and
 * written down for a student (counterexample.h). The one thing to get wrong: an
 * operation refers to earlier ones by their index, so that operations are removed by
 * sequence_remove only.
 */
#ifndef SEQUENCE_H
#define SEQUENCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SEQUENCE_OPS = 640,
    SEQUENCE_FBAS = 6,
    SEQUENCE_MEMORIES = 6
};

enum sequence_kind {
    SEQUENCE_INIT,   /* fba, memory, len: the capacity */
    SEQUENCE_HANDLE, /* fba: fba_allocator */
    SEQUENCE_RESET,  /* fba */
    SEQUENCE_ALLOC,  /* handle, len, alignment */
    SEQUENCE_RESIZE, /* handle, block, len: the new length */
    SEQUENCE_FREE,   /* handle, block */
    SEQUENCE_ARRAY   /* handle, len: n, at least 1: build_array */
};

struct sequence_op {
    enum sequence_kind kind;
    size_t fba;    /* that it is about; of any kind */
    size_t memory; /* index of the buffer */
    size_t handle; /* index of the SEQUENCE_HANDLE whose allocator is used */
    size_t block;  /* index of the SEQUENCE_ALLOC or SEQUENCE_ARRAY it came from */
    uint64_t len;
    uint64_t alignment;
};

/* A buffer, at the beginning of which an FBA may be set up. */
struct sequence_memory {
    uint64_t offset; /* of its first byte, from a multiple of 1 MiB */
    uint64_t bytes;  /* at least the largest capacity */
};

struct sequence {
    struct sequence_op ops[SEQUENCE_OPS];
    size_t count;
    struct sequence_memory memories[SEQUENCE_MEMORIES];
    size_t memory_count;
    size_t fba_count;
    bool is_garbage; /* the structs hold garbage before they are initialised, not 0 */
};

/* What the contract says of one operation. */
struct sequence_expected {
    uint64_t memory;    /* of an allocation: the block; 0: out of memory */
    bool is_resized;    /* what resize answers */
    uint64_t len;       /* of a resize or free: the block's length until now; of an
                               allocation: its bytes */
    uint64_t alignment; /* of the block */
    uint64_t left;      /* bytes of the FBA that are not in use afterwards */
    size_t blocks;      /* granted by the FBA since it was empty, this one included */
};

/* Appends an operation; its index. The sequence has room. */
size_t sequence_add(struct sequence *sequence, struct sequence_op op);

/*
 * Fills `expected`, of sequence->count elements, for buffers at these addresses.
 * Returns the number of operations that are possible: less than all, if one uses an FBA
 * before it is initialised, or a block that is not in use.
 */
size_t sequence_expect(const struct sequence *sequence,
                       const uint64_t *memories,
                       struct sequence_expected *expected);

/* Removes operations `from` to `to` - 1, and whatever is not possible without them. */
void sequence_remove(struct sequence *sequence, size_t from, size_t to);

/* Removes whatever is not possible, after numbers were changed; and the FBAs and
 * buffers that nothing uses. */
void sequence_tidy(struct sequence *sequence);

#endif
