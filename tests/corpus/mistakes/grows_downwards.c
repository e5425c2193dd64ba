/*
 * mistake: hands out the buffer from its end to its beginning
 * suite: capacity, alignment, individual_free
 * diagnosis: grows_downwards
 * expect: status graded, points 85
 * fails: capacity.blocks_are_packed, capacity.odd_lengths_leave_no_gap,
 *   capacity.one_byte_at_a_time, capacity.random_requests_fill_buffers,
 *   alignment.first_aligned_address_is_used,
 *   alignment.aligned_already_needs_no_padding,
 *   alignment.small_alignments_are_not_rounded_up, alignment.padding_is_counted_once,
 *   alignment.blocks_with_padding_do_not_overlap,
 *   alignment.random_alignments_at_random_addresses,
 *   individual_free.shrinking_the_last_block, individual_free.growing_the_last_block,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

/*
 * Blocks are cut from the top of the buffer, as a stack grows: then the alignment is one
 * mask and needs no addition. end_index counts the bytes that are still free below.
 */

static alloc_result stack_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *stack = ctx;

    if (len > stack->end_index) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    uintptr_t top = (uintptr_t)stack->buffer + stack->end_index - len;
    top &= ~(uintptr_t)(alignment - 1);
    if (top < (uintptr_t)stack->buffer) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    stack->end_index = top - (uintptr_t)stack->buffer;
    return (alloc_result){ALLOC_OK, (void *)top};
}

static bool stack_resize(void *ctx, void *memory, size_t len, size_t alignment,
                         size_t new_len)
{
    (void)ctx;
    (void)memory;
    (void)alignment;
    return new_len <= len; /* a block cannot grow downwards in place */
}

static void stack_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *stack = ctx;

    (void)alignment;
    if ((unsigned char *)memory == stack->buffer + stack->end_index) {
        stack->end_index += len;
    }
}

static const allocator_vtable stack_vtable = {
    .alloc = stack_alloc,
    .resize = stack_resize,
    .free = stack_free,
};

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
    return (allocator){fba, &stack_vtable};
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (result.error != ALLOC_OK) {
        return result;
    }
    for (size_t i = 0; i < n; i++) {
        ((int32_t *)result.memory)[i] = (int32_t)i;
    }
    return result;
}
