/*
 * hostile: sets the thread pointer to an address of its own
 * attack: x18
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
    __asm__ volatile("wrfsbase %0" ::"r"((uintptr_t)0x1234567890));
    #elif defined(__aarch64__)
    __asm__ volatile("msr tpidr_el0, %0" ::"r"((uintptr_t)0x1234567890));
    #endif
    base_reset(fba);
}
