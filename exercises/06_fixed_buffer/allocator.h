/*
 * allocator.h: the allocator interface, the C spelling of Zig's std.mem.Allocator.
 *
 * An `allocator` is two pointers: a context (the allocator's own state) and a table of
 * three functions (what it can do). Code that takes an `allocator` works with any of
 * them: a fixed buffer, an arena, a general-purpose heap. It never knows which.
 *
 * The one thing callers get wrong: nothing remembers a block's length for you. Whoever
 * frees or resizes a block passes back the length and the alignment it was asked for.
 *
 * Lengths and alignments are in bytes. An alignment is a power of two. The functions
 * at the end of this header belong to the course; do not change this file.
 */
#ifndef ALLOCATOR_H
#define ALLOCATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Why a request failed. There is one way to fail: the memory is used up. */
typedef enum alloc_error {
    ALLOC_OK = 0,
    ALLOC_OUT_OF_MEMORY = 1
} alloc_error;

/* The answer to a request. `memory` is NULL unless `error` is ALLOC_OK. */
typedef struct alloc_result {
    alloc_error error;
    void *memory;
} alloc_result;

/*
 * What every allocator implements. `ctx` is the allocator's own state.
 *
 * An implementation may rely on this, because the wrappers below see to it:
 * len > 0 and new_len > 0; alignment is a power of two; `memory`, `len` and
 * `alignment` in resize and free are what the last successful request for that block
 * said.
 */
typedef struct allocator_vtable {
    /* A block of `len` bytes whose address is a multiple of `alignment`. */
    alloc_result (*alloc)(void *ctx, size_t len, size_t alignment);
    /* Tries to change a block's length where it stands. true: the block now has
     * `new_len` bytes. false: nothing has changed. The block never moves. */
    bool (*resize)(
        void *ctx, void *memory, size_t len, size_t alignment, size_t new_len);
    /* Gives a block back. It cannot fail; it may do nothing. */
    void (*free)(void *ctx, void *memory, size_t len, size_t alignment);
} allocator_vtable;

/* The handle that callers pass around, by value. It does not own its context. */
typedef struct allocator {
    void *ctx;
    const allocator_vtable *vtable;
} allocator;

/*
 * The wrappers every caller uses. They settle the cases in which there is nothing to
 * do, so these never reach a vtable function.
 */

/*
 * Asks for `count` objects of `size` bytes each.
 *
 * A product count * size that does not fit in size_t is ALLOC_OUT_OF_MEMORY. A product
 * of 0 is ALLOC_OK with a pointer that is not NULL and is aligned, and that must not be
 * dereferenced.
 */
static inline alloc_result allocator_alloc(allocator a,
                                           size_t count,
                                           size_t size,
                                           size_t alignment)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    if (count * size == 0) {
        return (alloc_result){ALLOC_OK, (void *)(uintptr_t)alignment};
    }
    return a.vtable->alloc(a.ctx, count * size, alignment);
}

/* Gives a block back. A block of length 0 was never allocated: nothing happens. */
static inline void allocator_free(allocator a,
                                  void *memory,
                                  size_t len,
                                  size_t alignment)
{
    if (len != 0) {
        a.vtable->free(a.ctx, memory, len, alignment);
    }
}

/*
 * Tries to change a block's length in place; says whether it did.
 *
 * To 0 bytes: frees the block, true. From 0 bytes to more: false, there is no block to
 * grow. From 0 to 0: true.
 */
static inline bool allocator_resize(
    allocator a, void *memory, size_t len, size_t alignment, size_t new_len)
{
    if (new_len == 0) {
        allocator_free(a, memory, len, alignment);
        return true;
    }
    if (len == 0) {
        return false;
    }
    return a.vtable->resize(a.ctx, memory, len, alignment, new_len);
}

/*
 * Changes a block's length, moving it where it must.
 *
 * From 0 bytes: allocates. To 0 bytes: frees. Otherwise resizes in place, or else
 * allocates anew, copies what fits and frees the old block. When it fails, the old
 * block is untouched and still yours.
 */
static inline alloc_result allocator_realloc(
    allocator a, void *memory, size_t len, size_t alignment, size_t new_len)
{
    if (len == 0) {
        return allocator_alloc(a, new_len, 1, alignment);
    }
    if (new_len == 0) {
        allocator_free(a, memory, len, alignment);
        return allocator_alloc(a, 0, 1, alignment);
    }
    if (a.vtable->resize(a.ctx, memory, len, alignment, new_len)) {
        return (alloc_result){ALLOC_OK, memory};
    }
    alloc_result moved = a.vtable->alloc(a.ctx, new_len, alignment);
    if (moved.error != ALLOC_OK) {
        return (alloc_result){moved.error, NULL};
    }
    const size_t kept = len < new_len ? len : new_len;
    for (size_t i = 0; i < kept; i++) {
        ((unsigned char *)moved.memory)[i] = ((const unsigned char *)memory)[i];
    }
    a.vtable->free(a.ctx, memory, len, alignment);
    return moved;
}

#endif
