/*
 * hostile: asks the assembler to repeat an instruction two thousand million times
 * attack: c11
 * kind: CE
 * expect: status compile_error, points 0
 * naive: exhausts
 */
#include "fba.h"

__asm__(".rept 2000000000\nnop\n.endr");

#include "allocator.c"
