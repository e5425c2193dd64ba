/*
 * mistake: only a block at the very beginning of the buffer is aligned
 * suite: alignment
 * diagnosis: aligns_only_the_first_block
 * expect: status graded, points 86
 * fails: alignment.a_block_is_aligned, alignment.every_alignment_up_to_a_page,
 *   alignment.every_alignment_down_from_a_page,
 *   alignment.second_block_in_a_misaligned_buffer,
 *   alignment.buffers_at_many_addresses, alignment.first_aligned_address_is_used,
 *   alignment.small_alignments_are_not_rounded_up, alignment.padding_is_counted_once,
 *   alignment.padding_plus_length_fits_exactly, alignment.sixteen_aligned_blocks_fit,
 *   alignment.small_alignment_for_a_large_block, alignment.alignments_beyond_a_page,
 *   alignment.random_alignments_at_random_addresses
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
    size_t skip = 0;

    if (fba->end_index == fba->capacity) {
        skip = (alignment - (uintptr_t)here % alignment) % alignment;
    }

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

alloc_result build_array(allocator a, size_t n)
{
    if (n == 0) {
        static int32_t nothing[1];
        return (alloc_result){ALLOC_OK, nothing};
    }
    if (n * sizeof(int32_t) / sizeof(int32_t) != n) {
        return no_memory;
    }
    alloc_result got = a.vtable->alloc(a.ctx, n * sizeof(int32_t), _Alignof(int32_t));
    if (got.error != ALLOC_OK) {
        return no_memory;
    }
    int32_t *array = got.memory;
    size_t i = n;
    while (i > 0) {
        i--;
        array[i] = (int32_t)i;
    }
    return got;
}
