/*
 * mistake: fba_init fills the buffer with zeroes
 * suite: capacity
 * diagnosis: fills_in_init
 * expect: status graded, points 98
 * fails: capacity.alloc_writes_nothing_into_the_buffer,
 *   capacity.random_requests_fill_buffers
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

    /* step 2: is there enough space for the padding and for the block? */
    if (padding > space)
        return failure();
    space = space - padding;
    if (len > space)
        return failure();

    /* step 3: now it is safe to move the end */
    start = self->end_index + padding;
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

    /* start with a clean buffer */
    for (size_t i = 0; i < capacity; i++)
        fba->buffer[i] = 0;
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
