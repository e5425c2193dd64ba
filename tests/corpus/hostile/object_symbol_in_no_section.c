/*
 * hostile: says that fba_reset lies in a section that does not exist
 * attack: x21
 * kind: AUDIT
 * object: symbol_in_no_section
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
