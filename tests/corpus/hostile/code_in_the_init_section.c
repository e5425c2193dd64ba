/*
 * hostile: has code in the section that runs before main
 * attack: l09
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: passes
 */
#include "fba.h"

#include "allocator.c"

#if defined(__x86_64__)
__asm__(".section .init,\"ax\",@progbits\n"
        "mov $231, %eax\nxor %edi, %edi\nsyscall\n.text");
#elif defined(__aarch64__)
__asm__(".section .init,\"ax\",@progbits\n"
        "mov x8, 94\nmov x0, 0\nsvc 0\n.text");
#endif
