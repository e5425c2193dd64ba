/*
 * mistake: looks for an aligned address byte by byte, behind the buffer too
 * suite: out_of_memory
 * diagnosis: pads_byte_by_byte
 * expect: status graded, points 97
 * fails: out_of_memory.huge_alignments, out_of_memory.padding_plus_length_wraps,
 *   out_of_memory.random_requests_that_do_not_fit
 * statuses: timeout
 * direct: crash
 */
#include "fba.h"

#include <stdalign.h>

/* Bytes from `address` to the next multiple of `alignment`. */
static size_t padding_at(const unsigned char *address, size_t alignment)
{
    size_t n = 0;

    while (((uintptr_t)address + n) % alignment != 0) {
        n++;
    }
    return n;
}

static bool is_last(const fixed_buffer_allocator *fba, const void *memory, size_t len)
{
    return (const unsigned char *)memory + len == fba->buffer + fba->end_index;
}

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
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
