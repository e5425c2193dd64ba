/*
 * hostile: sets the flag of the processor that stops it after every instruction
 * attack: x16
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
    __asm__ volatile("pushfq\norl $0x100, (%%rsp)\npopfq\nnop" ::: "memory", "cc");
    #else
    __builtin_trap();
    #endif
    base_reset(fba);
}
