/*
 * hostile: has sections that make a linker start a compiler on its bytes
 * attack: l12
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__asm__(".section .gnu.lto_.opts,\"e\",@progbits\n"
        ".string \"'-O2' '-fplugin=/nowhere.so'\"\n"
        ".section .gnu.lto_main.0.0,\"e\",@progbits\n"
        ".string \"nothing\"\n"
        ".globl __gnu_lto_slim\n.comm __gnu_lto_slim,1,1\n.text");
