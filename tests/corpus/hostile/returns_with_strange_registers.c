/*
 * hostile: returns with the registers that a function must keep all set to 1
 * attack: x17
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

#if defined(__x86_64__)
__asm__(".globl fba_reset\n.type fba_reset, @function\n"
        "fba_reset: call base_reset\n"
        "mov $1, %ebx\nmov $1, %ebp\nmov $1, %r12d\nmov $1, %r13d\nmov $1, %r14d\n"
        "mov $1, %r15d\nret");
#elif defined(__aarch64__)
__asm__(".globl fba_reset\n.type fba_reset, @function\n"
        "fba_reset: stp x29, x30, [sp, #-16]!\nbl base_reset\n"
        "ldp x29, x30, [sp], #16\nmov x19, 1\nmov x20, 1\nmov x21, 1\nmov x22, 1\nret");
#endif
