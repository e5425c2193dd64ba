/*
 * regions: the memory that judge and subject share, cut into guarded slots.
 *
 * A test places buffers and structs here; each gets a slot of its own, and in the
 * subject a guard lies on both sides of every slot, so that the first byte outside
 * faults. Where a buffer does not fill its slot, a margin of known bytes tells whether
 * something was written beside it.
 *
 * The one thing to get wrong: the subject can change these bytes at any moment. Read a
 * byte once, never follow a pointer found here, never use a number found here
 * unchecked.
 *
 * Sizes in bytes. Functions that can fail return -1 with errno set.
 */
#ifndef REGIONS_H
#define REGIONS_H

#include "wire.h"

#include <stdbool.h>
#include <stddef.h>

/* Bytes of known content kept on each side of a placed object, where its slot
 * has room. */
#define REGION_MARGIN 256u

/* What a placed object is called in messages: "buffer", "fba", "heap". */
#define REGION_NAME_BYTES 24u

struct region_object {
    char name[REGION_NAME_BYTES];
    unsigned char *start;
    size_t bytes;
};

/* A piece of the region that has memory of its own; all else reads as 0. */
struct region_piece {
    size_t start;
    size_t bytes;
};

/* So many pieces are remembered from one clearing to the next. */
#define REGION_PIECES 64u

struct region {
    unsigned char *base; /* of slot 0 */
    int descriptor;      /* sealed against any change of size; -1: private memory */
    struct region_object objects[WIRE_SLOTS];
    size_t object_count;
    struct region_piece pieces[REGION_PIECES]; /* what the last clearing has left */
    size_t piece_count;
};

enum region_placement {
    REGION_AT_START, /* the first byte touches a guard */
    REGION_AT_END    /* the last byte touches a guard */
};

/* Shared memory at WIRE_REGION_BASE, for a subject in another process. */
int region_open_shared(struct region *region);

/* Private memory, wherever there is room: judge and implementation are one process. */
int region_open_private(struct region *region);

void region_close(struct region *region);

/*
 * Places `bytes` bytes in a slot of their own, filled with a pattern, `offset` bytes
 * away from the guard they are placed at. The start of a slot is a multiple of 1 MiB.
 * A second object of the same name is called "name2", and so on.
 * Never NULL: a test that asks for more than there is has a bug, and stops the judge.
 */
void *region_place(struct region *region,
                   size_t bytes,
                   enum region_placement placement,
                   size_t offset,
                   const char *name);

/* Forgets every object; all bytes read as 0 again. A child that is there must be
 * waiting for its next request: what it writes meanwhile may stay. */
void region_clear(struct region *region);

/* The object that contains [start, start + bytes) wholly, or NULL. No sum wraps. */
const struct region_object *region_find(const struct region *region,
                                        uint64_t start,
                                        uint64_t bytes);

/* The object whose slot, or a guard beside it, an address lies in: it is a slip from
 * there. NULL: nothing is near. */
const struct region_object *region_near(const struct region *region, uint64_t address);

/* Address of the first byte in the margins of all objects that is not what was put
 * there, or NULL. */
const unsigned char *region_stray_write(const struct region *region);

/*
 * An address in words: "buffer+16", "3 bytes past the end of buffer", "NULL", or in
 * hexadecimal where nothing is near. Returns `text`.
 */
char *region_describe(const struct region *region,
                      uint64_t address,
                      char *text,
                      size_t text_bytes);

#endif
