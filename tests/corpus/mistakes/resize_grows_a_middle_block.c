/*
 * mistake: a block with others behind it is grown over them
 * suite: individual_free
 * diagnosis: middle_block_grows
 * expect: status graded, points 98
 * fails: individual_free.resizing_other_blocks,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

/*
 * The free part of the buffer is itself a smaller buffer: `buffer` and `capacity`
 * describe what is still free, and `end_index` is how many bytes lie before it.
 */

static void advance(fixed_buffer_allocator *rest, size_t bytes)
{
    rest->buffer += bytes;
    rest->capacity -= bytes;
    rest->end_index += bytes;
}

static void retreat(fixed_buffer_allocator *rest, size_t bytes)
{
    rest->buffer -= bytes;
    rest->capacity += bytes;
    rest->end_index -= bytes;
}

static alloc_result carve(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *rest = ctx;
    uintptr_t over = (uintptr_t)rest->buffer % alignment;
    size_t pad = over ? alignment - over : 0;
    alloc_result answer = {ALLOC_OUT_OF_MEMORY, NULL};

    if (pad <= rest->capacity && len <= rest->capacity - pad) {
        advance(rest, pad);
        answer.error = ALLOC_OK;
        answer.memory = rest->buffer;
        advance(rest, len);
    }
    return answer;
}

static bool recut(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *rest = ctx;
    unsigned char *block = memory;

    (void)alignment;
    if (block + len != rest->buffer) {
        size_t before = (size_t)(rest->buffer - block);
        return new_len <= before + rest->capacity; /* it lies in the buffer */
    }
    if (new_len < len) {
        retreat(rest, len - new_len);
    } else if (new_len - len <= rest->capacity) {
        advance(rest, new_len - len);
    } else {
        return false;
    }
    return true;
}

static void glue(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *rest = ctx;
    unsigned char *block = memory;

    (void)alignment;
    if (block + len == rest->buffer) {
        retreat(rest, len);
    }
}

static const allocator_vtable knife = {
    .alloc = carve, .resize = recut, .free = glue};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->end_index = 0;
    fba->capacity = capacity;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    retreat(fba, fba->end_index);
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &knife};
}

alloc_result build_array(allocator a, size_t n)
{
    const size_t size = sizeof(int32_t);
    alloc_result answer = {ALLOC_OK, (void *)size};

    if (n == 0) {
        return answer;
    }
    if (n > SIZE_MAX / size) {
        answer.error = ALLOC_OUT_OF_MEMORY;
        answer.memory = NULL;
        return answer;
    }
    answer = allocator_alloc(a, n, size, size);
    if (answer.error == ALLOC_OK) {
        int32_t *element = answer.memory;
        for (size_t i = 0; i < n; i++) {
            element[i] = (int32_t)i;
        }
    } else {
        answer.memory = NULL;
    }
    return answer;
}
