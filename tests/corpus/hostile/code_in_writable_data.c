/*
 * hostile: a section that is both writable and executable
 * attack: l15
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__asm__(".section .text.patch, \"awx\", %progbits\n.quad 0\n.text\n");
