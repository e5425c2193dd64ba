/*
 * hostile: has code of a kind that only another linker knows
 * attack: x34
 * kind: AUDIT
 * object: code_of_unknown_flags
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
