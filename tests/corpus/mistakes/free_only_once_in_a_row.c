/*
 * mistake: remembers the last block, and none before it
 * suite: individual_free
 * diagnosis: free_only_once_in_a_row
 * expect: status graded, points 98
 * fails: individual_free.reverse_order_gives_everything_back,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

/* The last block is remembered, so that free and resize need no arithmetic. */
static unsigned char *last_block;

static alloc_result bump(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *b = ctx;
    unsigned char *p = b->buffer + b->end_index;
    unsigned char *stop = b->buffer + b->capacity;
    size_t gap = (size_t)(-(uintptr_t)p) & (alignment - 1);

    if ((size_t)(stop - p) < gap || (size_t)(stop - p) - gap < len) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    last_block = p + gap;
    b->end_index = (size_t)(last_block + len - b->buffer);
    return (alloc_result){ALLOC_OK, last_block};
}

static bool stretch(void *ctx, void *memory, size_t len, size_t alignment,
                    size_t new_len)
{
    fixed_buffer_allocator *b = ctx;
    unsigned char *p = memory;

    (void)alignment;
    if (p + len != b->buffer + b->end_index) {
        return new_len <= len;
    }
    if (new_len > (size_t)(b->buffer + b->capacity - p)) {
        return false;
    }
    b->end_index = (size_t)(p - b->buffer) + new_len;
    return true;
}

static void drop(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *b = ctx;

    (void)alignment;
    if (memory == last_block) {
        b->end_index -= len;
        last_block = NULL;
    }
}

static const allocator_vtable bump_table = {bump, stretch, drop};

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &bump_table};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba_reset(fba);
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result block = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    int32_t *array = block.memory;

    for (size_t i = 0; block.error == ALLOC_OK && i < n; i++) {
        array[i] = (int32_t)i;
    }
    return block;
}
