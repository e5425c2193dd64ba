/*
 * hostile: jumps into a constant, whose bytes are a system call
 * attack: x13
 * kind: FAIL
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
    #if defined(__x86_64__)
    __asm__ volatile("mov $39, %%eax\n"
                     "lea 2f(%%rip), %%rcx\n"
                     "add $2, %%rcx\n"
                     "jmp *%%rcx\n"
                     "2: movabs $0x9090909090050f90, %%rdx" ::
                         : "rax", "rcx", "rdx", "r11", "memory");
    #else
    ask_kernel(SYS_getpid, 0, 0, 0);
    #endif
    base_reset(fba);
}
