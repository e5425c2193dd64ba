/*
 * hostile: has a symbol whose name lies outside the table of names
 * attack: x22
 * kind: AUDIT
 * object: symbol_name_beyond_its_table
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"
