/*
 * hostile: alloc writes replies for as long as it is let
 * attack: r16
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
 * statuses: protocol_violation
 * naive: exhausts
 */
#include "fba.h"
#include "kernel.h"

#include "wrap_alloc.h"

static char flood[4096];

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    for (;;) {
        ask_kernel(SYS_write, 6, (long)flood, sizeof flood);
    }
    return base_table->alloc(ctx, len, alignment);
}
