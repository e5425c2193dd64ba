/*
 * hostile: has sixty-five thousand sections
 * attack: x20
 * kind: AUDIT
 * object: sections_65000
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
