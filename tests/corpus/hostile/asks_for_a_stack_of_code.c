/*
 * hostile: says that its stack must be executable
 * attack: l15
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__asm__(".section .note.GNU-stack,\"x\",@progbits\n.text");
