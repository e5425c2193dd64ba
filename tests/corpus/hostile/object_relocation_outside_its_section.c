/*
 * hostile: has a relocation that writes outside its section
 * attack: x23
 * kind: AUDIT
 * object: relocation_outside_its_section
 * expect: status rejected, points 0
 * naive: breaks
 */
#include "fba.h"

#include "allocator.c"
