/*
 * mistake: the end moves first and is not put back when the block does not fit
 * suite: out_of_memory
 * diagnosis: end_moved_before_the_check
 * expect: status graded, points 85
 * fails: out_of_memory.one_byte_too_many, out_of_memory.every_refusal_carries_null,
 *   out_of_memory.a_buffer_runs_full,
 *   out_of_memory.the_last_block_does_not_stick_out,
 *   out_of_memory.an_empty_buffer_is_full, out_of_memory.a_failure_takes_nothing,
 *   out_of_memory.a_failure_takes_no_padding, out_of_memory.a_failure_frees_nothing,
 *   out_of_memory.largest_length, out_of_memory.lengths_that_wrap_with_used,
 *   out_of_memory.lengths_beyond_32_bits, out_of_memory.padding_beyond_what_is_left,
 *   out_of_memory.huge_alignments, out_of_memory.works_after_a_failure,
 *   out_of_memory.random_requests_that_do_not_fit
 * statuses: fail, undefined_behaviour
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
    uintptr_t address = (uintptr_t)self->buffer + (uintptr_t)self->end_index;
    size_t padding = 0;
    size_t space = self->capacity - self->end_index;
    size_t start;

    /* step 1: how far is it to the next address that can be divided? */
    if (address % alignment != 0)
        padding = alignment - address % alignment;

    /* step 2: move the end */
    start = self->end_index + padding;
    self->end_index = start + len;

    /* step 3: is there enough space for the padding and for the block? */
    if (padding > space)
        return failure();
    space = space - padding;
    if (len > space)
        return failure();

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
