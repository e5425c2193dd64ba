/*
 * hostile: has a section of code that reaches beyond the file
 * attack: x24
 * kind: AUDIT
 * object: strings_overlap_code
 * expect: status rejected, points 0
 * naive: exhausts
 */
#include "fba.h"

#include "allocator.c"
