/*
 * mistake: compares a pointer to where the block would end with one to where the
 *   buffer ends
 * suite: out_of_memory
 * diagnosis: end_pointer_wraps
 * expect: status graded, points 93
 * fails: out_of_memory.every_refusal_carries_null, out_of_memory.largest_length,
 *   out_of_memory.lengths_that_wrap_with_used,
 *   out_of_memory.lengths_that_wrap_the_address,
 *   out_of_memory.lengths_beyond_32_bits, out_of_memory.padding_plus_length_wraps,
 *   out_of_memory.random_requests_that_do_not_fit
 * statuses: fail, undefined_behaviour
 */
#include "fba.h"

#include <stdalign.h>

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *end_of_buffer = fba->buffer + fba->capacity;
    unsigned char *block = fba->buffer + fba->end_index;
    block += (alignment - (uintptr_t)block % alignment) % alignment;
    if (block > end_of_buffer || block + len > end_of_buffer) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    fba->end_index = (size_t)(block + len - fba->buffer);
    return (alloc_result){ALLOC_OK, block};
}

static bool fba_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment;
    if ((unsigned char *)memory + len != fba->buffer + fba->end_index) {
        return new_len <= len;
    }
    size_t start = fba->end_index - len;
    if (new_len > fba->capacity - start) {
        return false;
    }
    fba->end_index = start + new_len;
    return true;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment;
    if ((unsigned char *)memory + len == fba->buffer + fba->end_index) {
        fba->end_index -= len;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {
        .alloc = fba_alloc,
        .resize = fba_resize,
        .free = fba_free,
    };
    return (allocator){.ctx = fba, .vtable = &vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), alignof(int32_t));
    if (result.error != ALLOC_OK) {
        return result;
    }
    int32_t *array = result.memory;
    for (size_t i = 0; i < n; i++) {
        array[i] = (int32_t)i;
    }
    return result;
}
