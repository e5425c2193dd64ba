/*
 * hostile: empties every open file and writes a log of its own into it
 * attack: r07
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
 * naive: prints
 */
#include "fba.h"
#include "kernel.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    static const char text[] = "FORGED: 100%: Checks: 5, Failures: 0, Errors: 0\n";
    for (int fd = 3; fd < 8; fd++) {
        ask_kernel(SYS_ftruncate, fd, 0, 0);
        ask_kernel(SYS_lseek, fd, 0, 0);
        ask_kernel(SYS_write, fd, (long)text, sizeof text - 1);
    }
    base_init(fba, buffer, capacity);
}
