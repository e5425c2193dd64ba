#include "fba.h"

#include <stdalign.h>

/* Two of the functions below measure from the end of what is in use; this is it. */
static bool is_last_block(const fixed_buffer_allocator *fba,
                          const void *memory,
                          size_t len)
{
    return (const unsigned char *)memory + len == fba->buffer + fba->end_index;
}

/* How many bytes lie between `address` and the next multiple of `alignment`. */
static size_t padding_at(const unsigned char *address, size_t alignment)
{
    /* The remainder comes first: address + alignment - 1 could wrap around. */
    const size_t past = (size_t)((uintptr_t)address % alignment);
    return past == 0 ? 0 : alignment - past;
}

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t left = fba->capacity - fba->end_index;
    const size_t padding = padding_at(fba->buffer + fba->end_index, alignment);

    /* Two comparisons, because the sum padding + len could wrap around and look small;
     * left - padding cannot, once padding is known to be no more than what is left. */
    if (padding > left || len > left - padding) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    unsigned char *block = fba->buffer + fba->end_index + padding;
    fba->end_index += padding + len;
    return (alloc_result){ALLOC_OK, block};
}

static bool fba_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment; /* the block stays where it is, and so does its alignment */

    if (!is_last_block(fba, memory, len)) {
        return new_len <= len;
    }
    const size_t start = fba->end_index - len;
    /* Compared with the room behind the start: start + new_len could wrap around. */
    if (new_len > fba->capacity - start) {
        return false;
    }
    fba->end_index = start + new_len;
    return true;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment; /* padding stays taken: nothing remembers how much it was */

    if (is_last_block(fba, memory, len)) {
        fba->end_index -= len;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    /* Constant and shared by all FBAs: what differs between them is the context. */
    static const allocator_vtable vtable = {
        .alloc = fba_alloc,
        .resize = fba_resize,
        .free = fba_free,
    };
    return (allocator){.ctx = fba, .vtable = &vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    /* The wrapper settles an n of 0 and an n whose product does not fit in size_t. */
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
