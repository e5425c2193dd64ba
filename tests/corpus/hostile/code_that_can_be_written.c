/*
 * hostile: has a section that is code and data in one
 * attack: l15
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__asm__(".section .text.open,\"awx\",@progbits\nopen_code: ret\n.text");
