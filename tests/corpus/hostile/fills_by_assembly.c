/*
 * hostile: asks the assembler for 64 gibibytes
 * attack: c11
 * kind: CE
 * expect: status compile_error, points 0
 * naive: crashes
 */
#include "fba.h"

__asm__(".data\n.fill 1 << 36, 1, 7\n.text");

#include "allocator.c"
