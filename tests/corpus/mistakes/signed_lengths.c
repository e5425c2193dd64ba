/*
 * mistake: lengths are compared as signed numbers, and SIZE_MAX is -1
 * suite: out_of_memory
 * diagnosis: signed_lengths
 * expect: status graded, points 93
 * fails: out_of_memory.every_refusal_carries_null, out_of_memory.largest_length,
 *   out_of_memory.lengths_that_wrap_with_used,
 *   out_of_memory.lengths_that_wrap_the_address,
 *   out_of_memory.lengths_beyond_32_bits, out_of_memory.padding_plus_length_wraps,
 *   out_of_memory.random_requests_that_do_not_fit
 */
#include "fba.h"

/* ptrdiff_t everywhere: negative results are easy to test for. */

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    ptrdiff_t used = (ptrdiff_t)fba->end_index;
    ptrdiff_t left = (ptrdiff_t)fba->capacity - used;
    size_t over = (uintptr_t)(fba->buffer + used) % alignment;
    size_t pad = over == 0 ? 0 : alignment - over;

    if (pad > (size_t)left) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    left -= (ptrdiff_t)pad;
    if (left < (ptrdiff_t)len) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    used += (ptrdiff_t)pad;
    fba->end_index = (size_t)used + len;
    return (alloc_result){ALLOC_OK, fba->buffer + used};
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    size_t start = (size_t)((unsigned char *)memory - fba->buffer);

    (void)alignment;
    if (start + len != fba->end_index) {
        return new_len <= len;
    }
    if (new_len > fba->capacity - start) {
        return false;
    }
    fba->end_index = start + new_len;
    return true;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    ptrdiff_t start = (unsigned char *)memory - fba->buffer;

    (void)alignment;
    if ((size_t)start + len == fba->end_index) {
        fba->end_index = (size_t)start;
    }
}

static const allocator_vtable table = {
    .alloc = fba_alloc, .resize = fba_resize, .free = fba_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    *fba = (fixed_buffer_allocator){buffer, capacity, 0};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator a = {fba, &table};
    return a;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    if (r.error == ALLOC_OK) {
        int32_t *p = r.memory;
        for (size_t i = 0; i < n; i++) {
            p[i] = (int32_t)i;
        }
    }
    return r;
}
