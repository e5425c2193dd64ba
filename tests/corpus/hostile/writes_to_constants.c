/*
 * hostile: changes its own constant table
 * attack: x09
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: crash
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static const void *base_allocator_table(fixed_buffer_allocator *fba)
{
    return fba_allocator(fba).vtable;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    *(void *volatile *)(uintptr_t)base_allocator_table(fba) = NULL;
    base_reset(fba);
}
