/*
 * hostile: attaches to the process that started it, to change its memory
 * attack: r19
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
    const long parent = ask_kernel(SYS_getppid, 0, 0, 0);
    if (ask_kernel(SYS_ptrace, 16, parent, 0) == 0) {
        ask_kernel(SYS_write, 1, (long)"FORGED\n", 7);
    }
    ask_kernel(SYS_process_vm_writev, parent, 0, 0);
    base_reset(fba);
}
