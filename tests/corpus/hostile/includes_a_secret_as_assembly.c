/*
 * hostile: has the assembler include a file that it must not see
 * attack: c02
 * kind: CE
 * expect: status compile_error, points 0
 * naive: leaks
 */
#include "fba.h"

__asm__(".include \"@SECRET@\"");

#include "allocator.c"
