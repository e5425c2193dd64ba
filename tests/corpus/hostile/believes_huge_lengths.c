/*
 * hostile: says yes to what is longer than half of all memory
 * attack: r21
 * kind: FAIL
 * expect: status graded, points 93
 * fails: out_of_memory.every_refusal_carries_null, out_of_memory.largest_length,
 *   out_of_memory.lengths_that_wrap_with_used,
 *   out_of_memory.lengths_that_wrap_the_address,
 *   out_of_memory.lengths_beyond_32_bits, out_of_memory.padding_plus_length_wraps,
 *   out_of_memory.random_requests_that_do_not_fit
 * naive: unnoticed
 */
#include "fba.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    if (len > SIZE_MAX / 2) {
        return (alloc_result){ALLOC_OK, ((fixed_buffer_allocator *)ctx)->buffer};
    }
    return base_table->alloc(ctx, len, alignment);
}
