/*
 * hostile: says that fba_reset's section stands in a table that is not there
 * attack: x21
 * kind: AUDIT
 * object: symbol_section_extended
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"
