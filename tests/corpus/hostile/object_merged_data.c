/*
 * hostile: asks the linker to merge its variables with others of their value
 * attack: x25
 * kind: AUDIT
 * object: merged_data
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

unsigned counters[2] = {1, 1};
