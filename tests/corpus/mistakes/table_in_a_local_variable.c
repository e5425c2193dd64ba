/*
 * mistake: fba_allocator returns a table that is a local variable
 * suite: every
 * diagnosis: table_on_the_stack
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: crash
 * direct: crash
 */
#include "fba.h"

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
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator_vtable vtable;
    vtable.alloc = fba_alloc;
    vtable.resize = fba_resize;
    vtable.free = fba_free;

    allocator a;
    a.ctx = fba;
    a.vtable = &vtable;
    return a;
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
