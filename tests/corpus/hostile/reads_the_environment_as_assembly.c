/*
 * hostile: has the assembler take the environment for assembly, and quote it
 * attack: c04
 * kind: CE
 * expect: status compile_error, points 0
 * naive: leaks
 */
#include "fba.h"

__asm__(".include \"/proc/self/environ\"");

#include "allocator.c"
