/*
 * mistake: writes the length into a header of 8 bytes before each block
 * suite: capacity, alignment, individual_free
 * diagnosis: writes_a_header
 * expect: status graded, points 84
 * fails: capacity.whole_buffer_in_one_request, capacity.last_byte_can_be_used,
 *   capacity.what_is_left_fits_exactly, capacity.buffer_of_one_byte,
 *   capacity.odd_capacity_is_usable_whole, capacity.blocks_lie_inside_the_buffer,
 *   capacity.large_blocks_do_not_overlap, capacity.blocks_are_packed,
 *   capacity.odd_lengths_leave_no_gap, capacity.one_byte_at_a_time,
 *   capacity.alloc_writes_nothing_into_the_buffer,
 *   capacity.random_requests_fill_buffers,
 *   alignment.aligned_already_needs_no_padding,
 *   alignment.small_alignments_are_not_rounded_up,
 *   individual_free.reverse_order_gives_everything_back,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

/* Like a real heap: each block remembers its size in a header in front of it. */
struct header {
    unsigned char size[8];
};

static void remember(struct header *header, size_t size)
{
    for (int i = 0; i < 8; i++) {
        header->size[i] = (unsigned char)(size >> (8 * i));
    }
}

static size_t recall(const struct header *header)
{
    size_t size = 0;
    for (int i = 7; i >= 0; i--) {
        size = size << 8 | header->size[i];
    }
    return size;
}

static struct header *header_of(void *block)
{
    return (struct header *)block - 1;
}

static bool block_is_last(fixed_buffer_allocator *fba, void *block)
{
    return (unsigned char *)block + recall(header_of(block)) ==
           fba->buffer + fba->end_index;
}

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    const alloc_result full = {ALLOC_OUT_OF_MEMORY, NULL};
    size_t start = fba->end_index;

    if (fba->capacity - start < sizeof(struct header)) {
        return full;
    }
    start += sizeof(struct header);
    const uintptr_t over = (uintptr_t)(fba->buffer + start) % alignment;
    const size_t pad = over == 0 ? 0 : alignment - over;
    if (fba->capacity - start < pad || fba->capacity - start - pad < len) {
        return full;
    }
    start += pad;
    fba->end_index = start + len;
    remember(header_of(fba->buffer + start), len);
    return (alloc_result){ALLOC_OK, fba->buffer + start};
}

static bool fba_resize(void *ctx, void *block, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t start = (size_t)((unsigned char *)block - fba->buffer);

    (void)alignment;
    if (!block_is_last(fba, block)) {
        return new_len <= len;
    }
    if (new_len > fba->capacity - start) {
        return false;
    }
    fba->end_index = start + new_len;
    remember(header_of(block), new_len);
    return true;
}

static void fba_free(void *ctx, void *block, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;

    (void)len;
    (void)alignment;
    if (block_is_last(fba, block)) {
        fba->end_index = (size_t)((unsigned char *)block - fba->buffer);
    }
}

static const allocator_vtable vtable = {fba_alloc, fba_resize, fba_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &vtable};
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (result.error == ALLOC_OK) {
        int32_t *array = result.memory;
        for (size_t i = 0; i < n; i++) {
            array[i] = (int32_t)i;
        }
    }
    return result;
}
