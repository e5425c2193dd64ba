/*
 * hostile: has a section group with the name of a function of others
 * attack: l13
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__asm__(".section .text.memcpy,\"axG\",@progbits,memcpy,comdat\n"
        ".globl memcpy\n.type memcpy, %function\nmemcpy: .byte 0\n.text");
