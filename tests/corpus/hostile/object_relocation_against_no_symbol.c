/*
 * hostile: has a relocation for a symbol that does not exist
 * attack: x23
 * kind: AUDIT
 * object: relocation_against_no_symbol
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"
