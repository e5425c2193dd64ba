/*
 * hostile: fba_reset closes the descriptor that replies go to
 * attack: r07
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
    ask_kernel(SYS_close, 6, 0, 0);
    base_reset(fba);
}
