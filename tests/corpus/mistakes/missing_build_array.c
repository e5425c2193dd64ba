/*
 * mistake: build_array was not written
 * suite: polymorphism
 * diagnosis: missing_function
 * expect: status graded, points 89
 * fails: polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.build_array_asks_once,
 *   polymorphism.build_array_asks_for_the_alignment,
 *   polymorphism.build_array_keeps_the_block, polymorphism.elements_count_from_zero,
 *   polymorphism.many_elements, polymorphism.build_array_passes_the_failure_on,
 *   polymorphism.an_empty_array, polymorphism.a_size_that_does_not_fit,
 *   polymorphism.build_array_on_your_fba,
 *   polymorphism.build_array_on_other_allocators
 * statuses: missing
 */
#include "fba.h"

/* end_index counts down: it holds the bytes that are left, not those that are taken. */

static const alloc_result no_memory = {ALLOC_OUT_OF_MEMORY, NULL};

static unsigned char *free_space(fixed_buffer_allocator *fba)
{
    return fba->buffer + (fba->capacity - fba->end_index);
}

static alloc_result alloc_block(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *here = free_space(fba);
    size_t skip = (alignment - (uintptr_t)here % alignment) % alignment;

    if (skip > fba->end_index) {
        return no_memory;
    }
    if (len > fba->end_index - skip) {
        return no_memory;
    }
    fba->end_index -= skip;
    fba->end_index -= len;
    return (alloc_result){ALLOC_OK, here + skip};
}

static bool resize_block(void *ctx, void *memory, size_t len, size_t alignment,
                         size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *block = memory;
    (void)alignment;

    if (block + len != free_space(fba)) {
        return new_len <= len;
    }
    if (new_len <= len) {
        fba->end_index += len - new_len;
        return true;
    }
    size_t more = new_len - len;
    if (more <= fba->end_index) {
        fba->end_index -= more;
        return true;
    }
    return false;
}

static void free_block(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *block = memory;
    (void)alignment;

    if (block + len == free_space(fba)) {
        fba->end_index += len;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = capacity;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = fba->capacity;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {
        .free = free_block,
        .resize = resize_block,
        .alloc = alloc_block,
    };
    allocator handle = {.vtable = &vtable, .ctx = fba};
    return handle;
}
