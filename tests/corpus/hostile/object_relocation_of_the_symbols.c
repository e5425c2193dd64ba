/*
 * hostile: has relocations for the table of symbols
 * attack: x23
 * kind: AUDIT
 * object: relocation_of_the_symbols
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"
