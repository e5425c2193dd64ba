/*
 * hostile: fba_reset ends its process with status 0
 * attack: r02
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: early_exit
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    ask_kernel(SYS_exit_group, 0, 0, 0);
    base_reset(fba);
}
