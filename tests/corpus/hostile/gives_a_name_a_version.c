/*
 * hostile: gives a function the name and version of one of the C library
 * attack: l14
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__asm__(".globl mine\nmine: ret\n.symver mine, exit@@GLIBC_2.2.5");
