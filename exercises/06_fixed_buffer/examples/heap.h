/*
 * heap: malloc and free, spelled as an `allocator`, for the examples.
 *
 * The arena and the GPA take their memory from another allocator. In these examples it
 * is this one.
 */
#ifndef EXAMPLES_HEAP_H
#define EXAMPLES_HEAP_H

#include "allocator.h"

#include <stdlib.h>

static inline alloc_result heap_alloc(void *ctx, size_t len, size_t alignment)
{
    (void)ctx;
    const size_t past = len % alignment; /* aligned_alloc wants whole multiples */
    const size_t extra = past == 0 ? 0 : alignment - past;
    void *memory =
        len > SIZE_MAX - extra ? NULL : aligned_alloc(alignment, len + extra);
    if (memory == NULL) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    return (alloc_result){ALLOC_OK, memory};
}

static inline bool heap_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    (void)ctx;
    (void)memory;
    (void)alignment;
    return new_len <= len;
}

static inline void heap_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    (void)ctx;
    (void)len;
    (void)alignment;
    free(memory);
}

static inline allocator heap_allocator(void)
{
    static const allocator_vtable vtable = {
        .alloc = heap_alloc,
        .resize = heap_resize,
        .free = heap_free,
    };
    return (allocator){.ctx = NULL, .vtable = &vtable};
}

#endif
