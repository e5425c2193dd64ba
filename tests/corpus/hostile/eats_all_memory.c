/*
 * hostile: asks for memory page by page, until there is no more
 * attack: r15
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
 * naive: prints or exhausts
 */
#include "fba.h"
#include "kernel.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    for (int i = 0;; i++) {
        const long top = ask_kernel(SYS_brk, 0, 0, 0);
        const long grown = ask_kernel(SYS_brk, top + (1 << 24), 0, 0);
        if (grown <= top) {
            break;
        }
        if (i == 32) {
            ask_kernel(SYS_write, 1, (long)"FORGED\n", 7);
        }
        for (long at = top; at < grown; at += 4096) {
            *(volatile unsigned char *)at = 1;
        }
    }
    base_init(fba, buffer, capacity);
}
