/*
 * hostile: fba_allocator answers with a table that is not there
 * attack: x03
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

#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator a = base_allocator(fba);

    a.vtable = (const allocator_vtable *)0x10;
    return a;
}
