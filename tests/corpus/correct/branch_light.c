/*
 * design: computes both outcomes and picks one with arithmetic, almost without
 *   branches
 * expect: status graded, points 100
 */
#include "fba.h"

/* `yes` where condition is 1, `no` where it is 0. */
static size_t pick(bool condition, size_t yes, size_t no)
{
    const size_t mask = (size_t)0 - condition;
    return (yes & mask) | (no & ~mask);
}

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t used = fba->end_index;
    const size_t left = fba->capacity - used;
    const size_t pad = (size_t)(-((uintptr_t)fba->buffer + used)) & (alignment - 1);
    const bool fits = (pad <= left) & (len <= left - pad);
    const uintptr_t start = (uintptr_t)fba->buffer + used + pad;

    fba->end_index = pick(fits, used + pad + len, used);
    return (alloc_result){(alloc_error)!fits, (void *)pick(fits, start, 0)};
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t start = (size_t)((uintptr_t)memory - (uintptr_t)fba->buffer);
    const bool last = start + len == fba->end_index;
    const bool may = new_len <= pick(last, fba->capacity - start, len);

    (void)alignment;
    fba->end_index = pick(last & may, start + new_len, fba->end_index);
    return may;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t start = (size_t)((uintptr_t)memory - (uintptr_t)fba->buffer);

    (void)alignment;
    fba->end_index -= len * (start + len == fba->end_index);
}

static const allocator_vtable fba_vtable = {fba_alloc, fba_resize, fba_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    *fba = (fixed_buffer_allocator){buffer, capacity, 0};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index ^= fba->end_index;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &fba_vtable};
}

alloc_result build_array(allocator a, size_t n)
{
    const alloc_result r = allocator_alloc(a, n, sizeof(int32_t), sizeof(int32_t));
    const size_t filled = n * (r.error == ALLOC_OK);

    for (size_t i = 0; i < filled; i++) {
        ((int32_t *)r.memory)[i] = (int32_t)i;
    }
    return r;
}
