/*
 * hostile: moves the stack into memory of its own while it resets
 * attack: x04
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static unsigned char stack[16384] __attribute__((aligned(16)));

void fba_reset(fixed_buffer_allocator *fba)
{
#if defined(__x86_64__)
    __asm__ volatile("mov %%rsp, %%rbx\n"
                     "mov %[top], %%rsp\n"
                     "call base_reset\n"
                     "mov %%rbx, %%rsp"
                     : "+D"(fba)
                     : [top] "r"(stack + sizeof stack)
                     : "rax", "rbx", "rcx", "rdx", "rsi", "r8", "r9", "r10", "r11",
                       "memory");
#else
    (void)stack;
    base_reset(fba);
#endif
}
