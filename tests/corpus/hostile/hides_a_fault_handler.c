/*
 * hostile: fba_reset asks the kernel for signal handlers of its own
 * attack: x28
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    static char action[64];
    ask_kernel(SYS_rt_sigaction, 31, (long)action, 0);
    base_reset(fba);
}
