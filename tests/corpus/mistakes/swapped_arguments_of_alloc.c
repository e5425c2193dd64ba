/*
 * mistake: alloc takes its length and its alignment in the wrong order
 * suite: every
 * diagnosis: alloc_arguments_swapped
 * expect: status graded, points 59
 * fails: capacity.odd_capacity_is_usable_whole,
 *   capacity.neighbours_keep_their_content, capacity.large_blocks_do_not_overlap,
 *   capacity.blocks_are_packed, capacity.odd_lengths_leave_no_gap,
 *   capacity.init_again_over_another_buffer, capacity.random_requests_fill_buffers,
 *   alignment.every_alignment_up_to_a_page,
 *   alignment.every_alignment_down_from_a_page, alignment.buffers_at_many_addresses,
 *   alignment.first_aligned_address_is_used,
 *   alignment.small_alignments_are_not_rounded_up, alignment.padding_is_counted_once,
 *   alignment.padding_plus_length_fits_exactly, alignment.sixteen_aligned_blocks_fit,
 *   alignment.alignment_larger_than_the_buffer, alignment.alignment_of_128_kibibytes,
 *   alignment.small_alignment_for_a_large_block, alignment.alignments_beyond_a_page,
 *   alignment.random_alignments_at_random_addresses,
 *   reset.a_longer_block_fits_after_short_ones, reset.padding_is_given_back,
 *   reset.a_nearly_full_buffer, reset.random_rounds, out_of_memory.one_byte_too_many,
 *   out_of_memory.every_refusal_carries_null, out_of_memory.an_empty_buffer_is_full,
 *   out_of_memory.a_failure_takes_nothing, out_of_memory.a_failure_takes_no_padding,
 *   out_of_memory.a_failure_frees_nothing, out_of_memory.padding_beyond_what_is_left,
 *   out_of_memory.random_requests_that_do_not_fit,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.last_block_is_given_back,
 *   individual_free.reverse_order_gives_everything_back,
 *   individual_free.shrinking_the_last_block, individual_free.growing_the_last_block,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

#include <stdalign.h>

/* Bytes from `address` to the next multiple of `alignment`. */
static size_t padding_at(const unsigned char *address, size_t alignment)
{
    const size_t past = (uintptr_t)address % alignment;

    return past == 0 ? 0 : alignment - past;
}

static bool is_last(const fixed_buffer_allocator *fba, const void *memory, size_t len)
{
    return (const unsigned char *)memory + len == fba->buffer + fba->end_index;
}

static alloc_result fba_alloc(void *ctx, size_t alignment, size_t len)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t left = fba->capacity - fba->end_index;
    const size_t pad = padding_at(fba->buffer + fba->end_index, alignment);

    if (pad > left || len > left - pad) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    unsigned char *block = fba->buffer + fba->end_index + pad;
    fba->end_index += pad + len;
    return (alloc_result){ALLOC_OK, block};
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;

    (void)alignment;
    if (!is_last(fba, memory, len)) {
        return new_len <= len;
    }
    if (new_len > len && new_len - len > fba->capacity - fba->end_index) {
        return false;
    }
    fba->end_index = fba->end_index - len + new_len;
    return true;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;

    (void)alignment;
    if (is_last(fba, memory, len)) {
        fba->end_index -= len;
    }
}

static const allocator_vtable fba_vtable = {
    .alloc = fba_alloc,
    .resize = fba_resize,
    .free = fba_free,
};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){.ctx = fba, .vtable = &fba_vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    const alloc_result result =
        allocator_alloc(a, n, sizeof(int32_t), alignof(int32_t));

    if (result.error != ALLOC_OK) {
        return (alloc_result){result.error, NULL};
    }
    int32_t *array = result.memory;
    for (size_t i = 0; i < n; i++) {
        array[i] = (int32_t)i;
    }
    return result;
}
