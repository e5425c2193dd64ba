/*
 * hostile: renames the functions of the exercise by macros
 * attack: c15
 * kind: FAIL
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: missing
 * naive: breaks
 */
#define fba_init somebody_elses_init
#define allocator_alloc somebody_elses_alloc
#include "fba.h"

#include "allocator.c"
