/*
 * hostile: includes a device that never ends
 * attack: c05
 * kind: CE
 * expect: status compile_error, points 0
 * naive: exhausts
 */
#include "fba.h"
#include "/dev/zero"

#include "allocator.c"
