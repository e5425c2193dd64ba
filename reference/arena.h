/*
 * arena: an allocator that gives everything back at once.
 *
 * It takes chunks from a backing allocator and hands out pieces of the newest. Freeing
 * a piece does nothing, unless it is the newest; reset or deinit frees all of them.
 * Zig: std.heap.ArenaAllocator.
 *
 * The one thing to get wrong: no block survives arena_reset or arena_deinit.
 *
 * Its notes about chunks live in memory of a second, bookkeeping allocator, never
 * beside the blocks: whoever writes past a block cannot reach them. Lengths in bytes.
 */
#ifndef ARENA_H
#define ARENA_H

#include "allocator.h"

struct arena_chunk;

/* The caller owns the struct; both allocators must outlive it. */
typedef struct arena {
    allocator backing;
    allocator bookkeeping;
    struct arena_chunk *newest;
} arena;

/* What arena_reset does with the chunks. */
typedef enum arena_retain {
    ARENA_FREE_ALL,       /* all chunks go back to the backing allocator */
    ARENA_RETAIN_CAPACITY /* at least as many bytes are kept for the next round */
} arena_retain;

/* An arena without a chunk; the first request fetches one. It cannot fail. */
void arena_init(arena *self, allocator backing, allocator bookkeeping);

/*
 * The interface to the arena, valid for as long as the struct is. As in Zig, the newest
 * block of the newest chunk can shrink, grow within the chunk, and be freed; for any
 * other block free does nothing, and resize succeeds exactly if new_len <= len.
 */
allocator arena_allocator(arena *self);

/* Takes every block back. true: as asked; false: the backing allocator refused the
 * bytes to retain, and everything was freed instead. */
bool arena_reset(arena *self, arena_retain retain);

/* Bytes for blocks in all chunks, used or not. */
size_t arena_capacity(const arena *self);

/* Gives every chunk back. The struct may be initialised again. */
void arena_deinit(arena *self);

#endif
