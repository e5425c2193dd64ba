/*
 * hostile: every call loops for ever
 * attack: r12
 * kind: FAIL
 * suite: every
 * expect: status graded, points 0
 * fails: every test
 * statuses: timeout
 * naive: exhausts
 */
#include "fba.h"

static void spin(void)
{
    for (volatile unsigned i = 0;; i++) {
    }
}

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    (void)ctx, (void)len, (void)alignment;
    spin();
    return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    (void)ctx, (void)memory, (void)len, (void)alignment, (void)new_len;
    spin();
    return false;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    (void)ctx, (void)memory, (void)len, (void)alignment;
    spin();
}

static const allocator_vtable fba_vtable = {fba_alloc, fba_resize, fba_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    (void)fba, (void)buffer, (void)capacity;
    spin();
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    spin();
    return (allocator){fba, &fba_vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    (void)fba;
    spin();
}

alloc_result build_array(allocator a, size_t n)
{
    (void)a, (void)n;
    spin();
    return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
}
