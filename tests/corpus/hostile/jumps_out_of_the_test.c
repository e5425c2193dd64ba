/*
 * hostile: jumps back into Check, to where a test has just begun
 * attack: r03
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_call
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

extern long error_jmp_buffer[25] __attribute__((weak));
_Noreturn void longjmp(long *, int);

void fba_reset(fixed_buffer_allocator *fba)
{
    longjmp(error_jmp_buffer, 1);
    base_reset(fba);
}
