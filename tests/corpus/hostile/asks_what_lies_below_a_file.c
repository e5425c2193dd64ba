/*
 * hostile: looks for a file below one that exists, and so is no folder
 * attack: c03
 * kind: CE
 * expect: status compile_error, points 0
 * naive: harmless
 */
#include "fba.h"
#include "@SECRET@/below.h"

#include "allocator.c"
