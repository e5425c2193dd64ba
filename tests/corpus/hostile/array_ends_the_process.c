/*
 * hostile: build_array ends its process while an allocator of the judge waits for
 *   nothing
 * attack: r02
 * kind: FAIL
 * suite: polymorphism
 * expect: status graded, points 89
 * fails: polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.build_array_asks_once,
 *   polymorphism.build_array_asks_for_the_alignment,
 *   polymorphism.build_array_keeps_the_block, polymorphism.elements_count_from_zero,
 *   polymorphism.many_elements, polymorphism.build_array_passes_the_failure_on,
 *   polymorphism.an_empty_array, polymorphism.a_size_that_does_not_fit,
 *   polymorphism.build_array_on_your_fba,
 *   polymorphism.build_array_on_other_allocators
 * statuses: early_exit
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#define build_array base_array
#include "allocator.c"
#undef build_array

alloc_result build_array(allocator a, size_t n)
{
    const alloc_result result = base_array(a, n);

    ask_kernel(SYS_exit_group, 0, 0, 0);
    return result;
}
