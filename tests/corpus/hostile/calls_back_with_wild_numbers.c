/*
 * hostile: build_array passes contexts, blocks and lengths that it made up
 * attack: x27
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
 * statuses: fail, undefined_behaviour
 * naive: harmless
 */
#include "fba.h"

#define build_array base_array
#include "allocator.c"
#undef build_array

alloc_result build_array(allocator a, size_t n)
{
    allocator wild = {(void *)(uintptr_t)0x123456789abc, a.vtable};

    if (n > 0) {
        allocator_free(a, (void *)(uintptr_t)0x7fffffffe000, SIZE_MAX, 3);
        allocator_resize(a, (void *)(uintptr_t)1, 1, 0, SIZE_MAX);
        allocator_alloc(wild, 1, 64, 8);
    }
    return base_array(a, n);
}
