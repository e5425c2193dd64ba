/*
 * hostile: alloc reads the processor's time stamp
 * attack: x15
 * kind: FAIL
 * layer: no_time_stamp
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
 * naive: unnoticed
 */
#include "fba.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
#if defined(__x86_64__)
    __asm__ volatile("rdtsc" : : : "rax", "rdx");
#else
    uint64_t now;
    __asm__ volatile("mrs %0, cntvct_el0" : "=r"(now));
#endif
    return base_table->alloc(ctx, len, alignment);
}
