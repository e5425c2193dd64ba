/*
 * hostile: faults with its stack pointer at 0, so that no signal frame fits there
 * attack: x05
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

void fba_reset(fixed_buffer_allocator *fba)
{
    #if defined(__x86_64__)
    __asm__ volatile("xor %%esp, %%esp\npush %%rax" ::: "memory");
    #elif defined(__aarch64__)
    __asm__ volatile("mov sp, xzr\nstr x0, [sp, #-16]!" ::: "memory");
    #endif
    base_reset(fba);
}
