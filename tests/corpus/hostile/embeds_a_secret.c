/*
 * hostile: has the assembler put a file that it must not see into its constants
 * attack: c02
 * kind: CE
 * expect: status compile_error, points 0
 * naive: leaks
 */
#include "fba.h"

__asm__(".section .rodata\n"
        "stolen: .incbin \"@SECRET@\"\n"
        ".text");

#include "allocator.c"
