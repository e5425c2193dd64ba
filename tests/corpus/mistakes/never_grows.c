/*
 * mistake: no block ever grows
 * suite: individual_free
 * diagnosis: never_grows
 * expect: status graded, points 97
 * fails: individual_free.growing_the_last_block,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

/* Ported from std.heap.FixedBufferAllocator; the names are kept. */

#define self(ctx) ((fixed_buffer_allocator *)(ctx))

static bool is_last_allocation(fixed_buffer_allocator *fba, void *buf, size_t buf_len)
{
    return (uintptr_t)buf + buf_len == (uintptr_t)fba->buffer + fba->end_index;
}

static bool align_pointer_offset(void *ptr, size_t alignment, size_t *adjust_off)
{
    uintptr_t addr = (uintptr_t)ptr;
    uintptr_t bumped;

    if (__builtin_add_overflow(addr, alignment - 1, &bumped)) {
        return false;
    }
    *adjust_off = (bumped & ~(uintptr_t)(alignment - 1)) - addr;
    return true;
}

static alloc_result alloc(void *ctx, size_t n, size_t alignment)
{
    fixed_buffer_allocator *fba = self(ctx);
    size_t adjust_off, adjusted_index, new_end_index;

    if (!align_pointer_offset(fba->buffer + fba->end_index, alignment, &adjust_off)) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    if (__builtin_add_overflow(fba->end_index, adjust_off, &adjusted_index) ||
        __builtin_add_overflow(adjusted_index, n, &new_end_index) ||
        new_end_index > fba->capacity) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    fba->end_index = new_end_index;
    return (alloc_result){ALLOC_OK, fba->buffer + adjusted_index};
}

static bool resize(void *ctx, void *buf, size_t buf_len, size_t alignment, size_t new_size)
{
    fixed_buffer_allocator *fba = self(ctx);
    (void)alignment;

    if (!is_last_allocation(fba, buf, buf_len)) {
        if (new_size > buf_len) {
            return false;
        }
        return true;
    }

    if (new_size <= buf_len) {
        size_t sub = buf_len - new_size;
        fba->end_index -= sub;
        return true;
    }

    size_t add = new_size - buf_len;
    (void)add; /* growing is too difficult */
    return false;
}

static void free_(void *ctx, void *buf, size_t buf_len, size_t alignment)
{
    fixed_buffer_allocator *fba = self(ctx);
    (void)alignment;

    if (is_last_allocation(fba, buf, buf_len)) {
        fba->end_index -= buf_len;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    *fba = (fixed_buffer_allocator){
        .buffer = buffer,
        .capacity = capacity,
        .end_index = 0,
    };
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {
        .alloc = alloc,
        .resize = resize,
        .free = free_,
    };
    return (allocator){.ctx = fba, .vtable = &vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    size_t bytes;

    if (__builtin_mul_overflow(n, sizeof(int32_t), &bytes)) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    if (bytes == 0) {
        return (alloc_result){ALLOC_OK, (void *)_Alignof(int32_t)};
    }
    alloc_result items = a.vtable->alloc(a.ctx, bytes, _Alignof(int32_t));
    if (items.error != ALLOC_OK) {
        return (alloc_result){items.error, NULL};
    }
    for (size_t i = 0; i < n; i += 1) {
        ((int32_t *)items.memory)[i] = (int32_t)i;
    }
    return items;
}
