/*
 * hostile: calls the clock at the address that programs of long ago used
 * attack: x15
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
    long (*const clock)(long *) = (long (*)(long *))0xffffffffff600400;
    clock(NULL);
    #else
    ask_kernel(SYS_gettimeofday, 0, 0, 0);
    #endif
    base_reset(fba);
}
