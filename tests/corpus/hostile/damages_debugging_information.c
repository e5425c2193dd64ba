/*
 * hostile: adds bytes of its own to the debugging information, and stops
 * attack: x33
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: crash
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

__asm__(".pushsection .debug_info, \"\", %progbits\n.fill 4096, 1, 0x5a\n.popsection\n"
        ".pushsection .debug_abbrev, \"\", %progbits\n.fill 4096, 1, 0xff\n.popsection\n"
        ".pushsection .debug_line, \"\", %progbits\n.fill 4096, 1, 0x81\n.popsection\n"
        ".pushsection .debug_str, \"MS\", %progbits, 1\n.fill 65536, 1, 65\n.popsection");

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    __builtin_trap();
}
