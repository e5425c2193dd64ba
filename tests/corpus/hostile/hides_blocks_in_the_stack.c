/*
 * hostile: hands out memory of its stack, where the judge has none
 * attack: x19
 * kind: FAIL
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: crash, fail
 * naive: passes
 */
#include "fba.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    unsigned char block[64];

    (void)ctx, (void)len, (void)alignment;
    return (alloc_result){ALLOC_OK, (unsigned char *)(uintptr_t)block};
}
