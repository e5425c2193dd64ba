/*
 * mistake: fba_allocator makes one handle and returns it to everybody
 * suite: alignment, out_of_memory, polymorphism, individual_free
 * diagnosis: first_allocator_wins
 * expect: status graded, points 89
 * fails: alignment.buffers_at_many_addresses,
 *   alignment.padding_plus_length_fits_exactly,
 *   alignment.random_alignments_at_random_addresses,
 *   out_of_memory.an_empty_buffer_is_full,
 *   out_of_memory.random_requests_that_do_not_fit,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.random_calls_of_three_fbas,
 *   individual_free.shrinking_the_last_block, individual_free.growing_the_last_block,
 *   individual_free.random_frees_and_resizes
 * direct: differs
 */
#include "fba.h"
#include <stddef.h>
#include <stdint.h>

#define SELF       fixed_buffer_allocator *s = c
#define OK(p)      ((alloc_result){ALLOC_OK, (p)})
#define OOM        ((alloc_result){ALLOC_OUT_OF_MEMORY, NULL})
#define GAP(p, al) (-(uintptr_t)(p) & ((al) - 1))

static alloc_result al(void *c, size_t n, size_t a)
{
    SELF;
    size_t g = GAP(s->buffer + s->end_index, a), l = s->capacity - s->end_index;
    if (g > l || n > l - g) return OOM;
    void *p = s->buffer + s->end_index + g;
    s->end_index += g + n;
    return OK(p);
}

static bool rs(void *c, void *m, size_t n, size_t a, size_t k)
{
    SELF;
    size_t o = (size_t)((unsigned char *)m - s->buffer);
    (void)a;
    if (o + n != s->end_index) return k <= n;
    if (k > s->capacity - o) return 0;
    s->end_index = o + k;
    return 1;
}

static void fr(void *c, void *m, size_t n, size_t a)
{
    SELF;
    size_t o = (size_t)((unsigned char *)m - s->buffer);
    (void)a;
    if (o + n == s->end_index) s->end_index = o;
}

static const allocator_vtable vt = {al, rs, fr};

void fba_init(fixed_buffer_allocator *s, void *b, size_t n)
{
    s->end_index = 0, s->capacity = n, s->buffer = b;
}

void fba_reset(fixed_buffer_allocator *s) { s->end_index = 0; }

allocator fba_allocator(fixed_buffer_allocator *s) { 
    static allocator one;
    if (!one.ctx) one = (allocator){s, &vt};
    return one;
 }

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, 4, 4);
    if (r.error) return OOM;
    int32_t *p = r.memory;
    for (size_t i = 0; i < n; i++) p[i] = (int32_t)i;
    return r;
}
