/*
 * hostile: says that fba_reset lies in the section behind the last
 * attack: x21
 * kind: AUDIT
 * object: symbol_just_beyond_the_sections
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
