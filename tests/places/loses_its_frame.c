/*
 * what: a frame pointer that points nowhere
 * stops: crash
 * says: it wrote to NULL
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
#if defined(__x86_64__)
    __asm__ volatile("mov $-1, %rbp\n\txor %eax, %eax\n\tmovb $0, (%rax)"); /* here */
#elif defined(__aarch64__)
    __asm__ volatile("mov x29, #-1\n\tstrb wzr, [xzr]");
#endif
}
