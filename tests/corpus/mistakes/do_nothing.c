/*
 * mistake: every request is out of memory, as in the starter
 * suite: every
 * diagnosis: nothing_is_written_yet
 * expect: status graded, points 0
 * fails: every test
 */
#include "fba.h"

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    (void)ctx, (void)len, (void)alignment;
    return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    (void)ctx, (void)memory, (void)len, (void)alignment, (void)new_len;
    return false;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    (void)ctx, (void)memory, (void)len, (void)alignment;
}

static const allocator_vtable fba_vtable = {fba_alloc, fba_resize, fba_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    (void)fba, (void)buffer, (void)capacity;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &fba_vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    (void)fba;
}

alloc_result build_array(allocator a, size_t n)
{
    (void)a, (void)n;
    return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
}
