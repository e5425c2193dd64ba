/*
 * hostile: writes what Check writes, and JSON, to standard output and error
 * attack: r16
 * kind: FAIL
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: forbidden_syscall
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    static const char text[] = "\033[2JFORGED\n100%: Checks: 5, Failures: 0, Errors: 0\n"
                               "{\"score\": {\"points\": 100}}\n";
    for (int i = 0; i < 1000; i++) {
        ask_kernel(SYS_write, 1, (long)text, sizeof text - 1);
        ask_kernel(SYS_write, 2, (long)text, sizeof text - 1);
    }
    base_init(fba, buffer, capacity);
}
