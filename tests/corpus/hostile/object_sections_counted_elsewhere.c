/*
 * hostile: says the number of its sections in a place of its own
 * attack: x20
 * kind: AUDIT
 * object: sections_counted_elsewhere
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
