/*
 * hostile: asks the linker to merge its code as if it were text
 * attack: x25
 * kind: EARN
 * object: merged_code
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
