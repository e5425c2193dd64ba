/*
 * mistake: counts the padding, but the block begins before it
 * suite: alignment
 * diagnosis: forgets_padding_in_the_block
 * expect: status graded, points 82
 * fails: alignment.a_block_is_aligned, alignment.every_alignment_up_to_a_page,
 *   alignment.every_alignment_down_from_a_page, alignment.buffer_at_an_odd_address,
 *   alignment.second_block_in_a_misaligned_buffer,
 *   alignment.buffers_at_many_addresses, alignment.first_aligned_address_is_used,
 *   alignment.small_alignments_are_not_rounded_up, alignment.padding_is_counted_once,
 *   alignment.padding_plus_length_fits_exactly, alignment.sixteen_aligned_blocks_fit,
 *   alignment.alignment_larger_than_the_buffer, alignment.alignment_of_128_kibibytes,
 *   alignment.small_alignment_for_a_large_block, alignment.alignments_beyond_a_page,
 *   alignment.random_alignments_at_random_addresses
 */
#include "fba.h"

static bool is_on_top(fixed_buffer_allocator *self, unsigned char *block, size_t len)
{
    return block + len == self->buffer + self->end_index;
}

static size_t padding_for(fixed_buffer_allocator *self, size_t alignment)
{
    uintptr_t here = (uintptr_t)self->buffer + self->end_index;
    size_t past = here & (alignment - 1);
    return past ? alignment - past : 0;
}

static alloc_result take(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *self = ctx;
    alloc_result r = {ALLOC_OUT_OF_MEMORY, NULL};
    size_t left = self->capacity - self->end_index;
    size_t padding = padding_for(self, alignment);

    if (padding <= left && len <= left - padding) {
        r.error = ALLOC_OK;
        r.memory = self->buffer + self->end_index;
        self->end_index += padding + len;
    }
    return r;
}

static bool change(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *self = ctx;
    (void)alignment;

    if (!is_on_top(self, memory, len))
        return new_len <= len;

    if (new_len > len) {
        size_t more = new_len - len;
        if (more > self->capacity - self->end_index)
            return false;
        self->end_index += more;
    } else {
        self->end_index -= len - new_len;
    }
    return true;
}

static void give(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *self = ctx;
    (void)alignment;

    if (is_on_top(self, memory, len))
        self->end_index -= len;
}

void fba_init(fixed_buffer_allocator *self, void *buffer, size_t capacity)
{
    self->buffer = buffer;
    self->capacity = capacity;
    self->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *self)
{
    static const allocator_vtable table = {take, change, give};
    return (allocator){self, &table};
}

void fba_reset(fixed_buffer_allocator *self)
{
    self->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (r.error == ALLOC_OK) {
        int32_t *numbers = r.memory;
        for (size_t i = 0; i < n; i++)
            numbers[i] = (int32_t)i;
    }
    return r;
}
