/*
 * hostile: alloc calls itself without an end
 * attack: r14
 * kind: FAIL
 * suite: every
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: crash
 * naive: harmless
 */
#include "fba.h"

#include "wrap_alloc.h"

static size_t deeper(volatile size_t *n);

static size_t deeper(volatile size_t *n)
{
    volatile size_t here = *n + 1;
    return deeper(&here) + here;
}

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    volatile size_t depth = 0;
    len += deeper(&depth);
    return base_table->alloc(ctx, len, alignment);
}
