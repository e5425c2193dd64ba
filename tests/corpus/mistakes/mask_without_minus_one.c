/*
 * mistake: masks with the alignment instead of alignment - 1
 * suite: alignment
 * diagnosis: mask_without_minus_one
 * expect: status graded, points 82
 * fails: alignment.a_block_is_aligned, alignment.every_alignment_up_to_a_page,
 *   alignment.every_alignment_down_from_a_page, alignment.buffer_at_an_odd_address,
 *   alignment.second_block_in_a_misaligned_buffer,
 *   alignment.buffers_at_many_addresses, alignment.first_aligned_address_is_used,
 *   alignment.small_alignments_are_not_rounded_up, alignment.padding_is_counted_once,
 *   alignment.padding_plus_length_fits_exactly, alignment.sixteen_aligned_blocks_fit,
 *   alignment.alignment_larger_than_the_buffer, alignment.alignment_of_128_kibibytes,
 *   alignment.small_alignment_for_a_large_block, alignment.alignments_beyond_a_page,
 *   alignment.random_alignments_at_random_addresses
 */
#include "fba.h"
#include <stddef.h>
#include <stdint.h>

#define SELF       fixed_buffer_allocator *s = c
#define OK(p)      ((alloc_result){ALLOC_OK, (p)})
#define OOM        ((alloc_result){ALLOC_OUT_OF_MEMORY, NULL})
#define GAP(p, al) ((al) == 1 ? 0 : -(uintptr_t)(p) & (al))

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

allocator fba_allocator(fixed_buffer_allocator *s) { return (allocator){s, &vt}; }

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, 4, 4);
    if (r.error) return OOM;
    for (int32_t *p = r.memory, i = 0; (size_t)i < n; i++) *p++ = i;
    return r;
}
