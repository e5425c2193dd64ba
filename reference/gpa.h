/*
 * gpa: a general-purpose allocator that knows what was not given back.
 *
 * Every block can be freed on its own, in any order. It asks a backing allocator for
 * each block and keeps a list of the live ones. Zig: std.heap.GeneralPurposeAllocator,
 * later called DebugAllocator.
 *
 * The one thing to get wrong: a free or resize with a length or alignment other than
 * what was asked for is a bug of the caller; it is counted, and nothing is freed.
 *
 * The list lives in memory of a second, bookkeeping allocator, never beside the blocks.
 * free and resize search the list, newest first. Lengths in bytes.
 */
#ifndef GPA_H
#define GPA_H

#include "allocator.h"

struct gpa_block;

/* The caller owns the struct; both allocators must outlive it. */
typedef struct gpa {
    allocator backing;
    allocator bookkeeping;
    struct gpa_block *live; /* newest first */
    size_t live_count;
    size_t live_bytes;
    size_t allocations;   /* that succeeded, since gpa_init */
    size_t invalid_frees; /* frees and resizes of what is not a live block */
} gpa;

/* One block that was not freed. `number` counts the allocations from 1. */
typedef struct gpa_leak {
    const void *memory;
    size_t len;
    size_t alignment;
    size_t number;
} gpa_leak;

/* A GPA without a block. It cannot fail. */
void gpa_init(gpa *self, allocator backing, allocator bookkeeping);

/* The interface to the GPA, valid for as long as the struct is. */
allocator gpa_allocator(gpa *self);

/* Calls `visit` for each live block, oldest first. Returns their number. `visit` may
 * be NULL, and must not use the allocator. */
size_t gpa_leaks(const gpa *self,
                 void (*visit)(const gpa_leak *leak, void *user),
                 void *user);

/* Gives every block back and returns how many had leaked. The counts of allocations
 * and invalid frees stay readable. The struct may be initialised again. */
size_t gpa_deinit(gpa *self);

#endif
