/*
 * hostile: says that fba_reset lies in the table of symbols
 * attack: x21
 * kind: AUDIT
 * object: symbol_in_a_table
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
