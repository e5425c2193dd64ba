/*
 * hostile: asks the linker to merge its code as if it were text
 * attack: x25
 * kind: AUDIT
 * object: merged_code
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
