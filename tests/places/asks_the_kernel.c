/*
 * what: a system call of its own
 * stops: forbidden_syscall
 * says: getpid
 * names: ask_kernel
 * at: __asm__ volatile("syscall"
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    fba->end_index = (size_t)ask_kernel(SYS_getpid, 0, 0, 0);
}
