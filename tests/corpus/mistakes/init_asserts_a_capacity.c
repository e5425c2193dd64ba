/*
 * mistake: fba_init asserts that the buffer is not empty
 * suite: capacity, out_of_memory
 * diagnosis: init_refuses_an_empty_buffer
 * expect: status graded, points 98
 * fails: capacity.capacity_of_zero, out_of_memory.an_empty_buffer_is_full
 * statuses: crash
 * direct: crash
 */
#include "fba.h"

#include <assert.h>
#include <stdalign.h>

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    size_t left = fba->capacity - fba->end_index;
    uintptr_t address = (uintptr_t)(fba->buffer + fba->end_index);
    size_t padding = (alignment - address % alignment) % alignment;
    if (padding > left || len > left - padding) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    unsigned char *block = fba->buffer + fba->end_index + padding;
    fba->end_index += padding + len;
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
    assert(buffer != NULL);
    assert(capacity > 0);
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
