/*
 * mistake: the address where the block would end wraps around
 * suite: out_of_memory
 * diagnosis: end_address_wraps
 * expect: status graded, points 94
 * fails: out_of_memory.every_refusal_carries_null, out_of_memory.largest_length,
 *   out_of_memory.lengths_that_wrap_with_used,
 *   out_of_memory.lengths_that_wrap_the_address,
 *   out_of_memory.padding_plus_length_wraps,
 *   out_of_memory.random_requests_that_do_not_fit
 */
#include "fba.h"

/*
 * Everything is done with addresses as integers: `first`, `next` and `limit` of a buffer.
 */
typedef fixed_buffer_allocator fba_t;

static uintptr_t first(const fba_t *f) { return (uintptr_t)f->buffer; }
static uintptr_t next(const fba_t *f) { return first(f) + f->end_index; }
static uintptr_t limit(const fba_t *f) { return first(f) + f->capacity; }

static void set_next(fba_t *f, uintptr_t address)
{
    f->end_index = address - first(f);
}

static uintptr_t round_up(uintptr_t address, size_t alignment)
{
    const uintptr_t mask = alignment - 1;
    return (address + mask) & ~mask;
}

static alloc_result take(void *ctx, size_t len, size_t alignment)
{
    fba_t *f = ctx;
    const uintptr_t start = round_up(next(f), alignment);

    if (start > limit(f) || start + len > limit(f))
        return (alloc_result){.error = ALLOC_OUT_OF_MEMORY};
    set_next(f, start + len);
    return (alloc_result){.memory = (void *)start};
}

static bool change(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fba_t *f = ctx;
    const uintptr_t start = (uintptr_t)memory;
    (void)alignment;

    if (start + len != next(f))
        return len >= new_len;
    if (limit(f) - start < new_len)
        return false;
    set_next(f, start + new_len);
    return true;
}

static void give_back(void *ctx, void *memory, size_t len, size_t alignment)
{
    fba_t *f = ctx;
    const uintptr_t start = (uintptr_t)memory;
    (void)alignment;

    if (start + len == next(f))
        set_next(f, start);
}

allocator fba_allocator(fba_t *fba)
{
    static const allocator_vtable table = {take, change, give_back};
    return (allocator){fba, &table};
}

void fba_init(fba_t *fba, void *buffer, size_t capacity)
{
    *fba = (fba_t){.buffer = buffer, .capacity = capacity};
}

void fba_reset(fba_t *fba)
{
    set_next(fba, first(fba));
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    if (r.error)
        return r;
    for (size_t i = 0; i != n; ++i)
        ((int32_t *)r.memory)[i] = (int32_t)i;
    return r;
}
