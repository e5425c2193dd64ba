/*
 * hostile: asks the kernel for a ring of requests, which it carries out unseen
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
    static unsigned char parameters[120];
    if (ask_kernel(425, 4, (long)parameters, 0) >= 0) {
        ask_kernel(SYS_write, 1, (long)"FORGED\n", 7);
    }
    base_reset(fba);
}
