/*
 * hostile: defines its functions weakly, beside the stand-ins for what is missing
 * attack: x35
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#pragma weak fba_init
#pragma weak fba_allocator
#pragma weak fba_reset
#pragma weak build_array

#include "allocator.c"
