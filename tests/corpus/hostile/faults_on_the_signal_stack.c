/*
 * hostile: faults again and again with its stack pointer wherever the last signal was
 *   handled
 * attack: x05
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: crash
 * naive: harmless or crashes
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    #if defined(__x86_64__)
    for (uintptr_t top = 0x1ffff0101000; top < 0x1ffff0110000; top += 4096) {
        uintptr_t back;
        __asm__ volatile("mov %%rsp, %0\n"
                         "mov %1, %%rsp\n"
                         "mov %0, %%rsp"
                         : "=&r"(back)
                         : "r"(top)
                         : "memory");
    }
    __asm__ volatile("mov $0x1ffff0104000, %%rsp\nint3\nud2" ::: "memory");
    #else
    __builtin_trap();
    #endif
    base_reset(fba);
}
