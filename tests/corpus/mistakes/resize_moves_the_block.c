/*
 * mistake: resize allocates a new block, copies, and says yes
 * suite: individual_free
 * diagnosis: resize_moves_the_block
 * expect: status graded, points 98
 * fails: individual_free.resizing_other_blocks,
 *   individual_free.random_frees_and_resizes
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
    size_t skip = (alignment - (uintptr_t)here % alignment) % alignment;

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
        if (new_len <= len) {
            return true;
        }
        alloc_result moved = alloc_block(ctx, new_len, alignment);
        if (moved.error != ALLOC_OK) {
            return false;
        }
        for (size_t i = 0; i < len; i++) {
            ((unsigned char *)moved.memory)[i] = block[i];
        }
        return true;
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
