/*
 * hostile: returns with the flags set for backward copies and checked alignment
 * attack: x16
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    #if defined(__x86_64__)
    __asm__ volatile("pushfq\norl $0x40400, (%%rsp)\npopfq" ::: "memory", "cc");
    #endif
    base_reset(fba);
}
