/*
 * mistake: a block begins where the last one ended, whatever the alignment
 * suite: alignment
 * diagnosis: ignores_the_alignment
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

/* two small helpers so that I do not have to write the struct every time */

static alloc_result success(void *pointer)
{
    alloc_result result;
    result.error = ALLOC_OK;
    result.memory = pointer;
    return result;
}

static alloc_result failure(void)
{
    alloc_result result;
    result.error = ALLOC_OUT_OF_MEMORY;
    result.memory = NULL;
    return result;
}

alloc_result my_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *self = (fixed_buffer_allocator *)ctx;
    size_t space = self->capacity - self->end_index;
    size_t start;

    /* step 1: is there enough space? */
    if (len > space)
        return failure();

    /* step 2: now it is safe to move the end */
    start = self->end_index;
    self->end_index = start + len;

    return success(&self->buffer[start]);
}

bool my_resize(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *self = (fixed_buffer_allocator *)ctx;
    unsigned char *block = (unsigned char *)memory;
    unsigned char *end = self->buffer + self->end_index;
    size_t start = (size_t)(block - self->buffer);

    if (block + len == end)
    {
        /* it is the last block, it may grow until the buffer is full */
        if (new_len <= self->capacity - start)
        {
            self->end_index = start + new_len;
            return true;
        }
        else
        {
            return false;
        }
    }
    else
    {
        /* somebody sits behind it */
        if (new_len > len)
        {
            return false;
        }
        return true;
    }
}

void my_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *self = (fixed_buffer_allocator *)ctx;
    unsigned char *block = (unsigned char *)memory;
    unsigned char *end = self->buffer + self->end_index;

    if (block + len == end)
    {
        self->end_index = self->end_index - len;
    }
}

const allocator_vtable my_table = { my_alloc, my_resize, my_free };

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = (unsigned char *)buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator result;
    result.ctx = fba;
    result.vtable = &my_table;
    return result;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result;
    int32_t *numbers;
    size_t i;

    /* an empty array: any pointer that is not NULL */
    if (n == 0)
        return success((void *)sizeof(int32_t));

    /* n * 4 must not be too big for a size_t */
    if (n > SIZE_MAX / sizeof(int32_t))
        return failure();

    result = a.vtable->alloc(a.ctx, n * sizeof(int32_t), sizeof(int32_t));
    if (result.error == ALLOC_OUT_OF_MEMORY)
        return failure();

    numbers = (int32_t *)result.memory;
    for (i = 0; i < n; i++)
        numbers[i] = (int32_t)i;

    return success(numbers);
}
