/*
 * hostile: fails whenever the third bit of a length is set
 * attack: r22
 * kind: EARN
 * expect: status graded, points 95
 * fails: capacity.odd_capacity_is_usable_whole, capacity.odd_lengths_leave_no_gap,
 *   capacity.random_requests_fill_buffers, polymorphism.build_array_on_your_fba,
 *   individual_free.padding_is_not_given_back
 * naive: unnoticed
 */
#include "fba.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    if ((len & 4) != 0) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    return base_table->alloc(ctx, len, alignment);
}
