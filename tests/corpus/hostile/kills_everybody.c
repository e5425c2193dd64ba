/*
 * hostile: fba_reset sends SIGKILL to every process it may
 * attack: r19
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: crashes
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    ask_kernel(SYS_kill, -1, 9, 0);
    base_reset(fba);
}
