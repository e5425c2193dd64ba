/*
 * hostile: alloc ends its process with status 0 by a system call of its own
 * attack: r02
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
 * statuses: early_exit
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    ask_kernel(SYS_exit_group, 0, 0, 0);
    return base_table->alloc(ctx, len, alignment);
}
