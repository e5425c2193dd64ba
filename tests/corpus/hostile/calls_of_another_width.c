/*
 * hostile: makes system calls with the number's 30th bit set
 * attack: x14
 * kind: FAIL
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
    ask_kernel(0x40000000 | SYS_getpid, 0, 0, 0);
    base_reset(fba);
}
