/*
 * hostile: says that fba_reset begins far behind its section
 * attack: x21
 * kind: AUDIT
 * object: symbol_beyond_its_section
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
