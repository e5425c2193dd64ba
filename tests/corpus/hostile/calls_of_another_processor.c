/*
 * hostile: makes system calls as a program of 32 bits does
 * attack: x14
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall or crash
 * naive: unnoticed or harmless
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    #if defined(__x86_64__)
    long result = 20; /* getpid */
    __asm__ volatile("int $0x80" : "+a"(result)::"memory");
    #else
    ask_kernel(SYS_getpid, 0, 0, 0);
    #endif
    base_reset(fba);
}
