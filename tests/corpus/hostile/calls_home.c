/*
 * hostile: opens sockets of several kinds
 * attack: r18
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: prints
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    static const int families[] = {1, 2, 10, 16, 40};
    for (int i = 0; i < 5; i++) {
        if (ask_kernel(SYS_socket, families[i], 1, 0) >= 0) {
            ask_kernel(SYS_write, 1, (long)"FORGED\n", 7);
        }
    }
    base_reset(fba);
}
