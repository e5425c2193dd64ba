/*
 * hostile: fba_reset executes a breakpoint
 * attack: x28
 * kind: FAIL
 * suite: reset
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: crash
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    __builtin_trap();
    base_reset(fba);
}
