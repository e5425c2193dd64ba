/*
 * hostile: includes a file that it must not see, for the compiler to quote
 * attack: c01
 * kind: CE
 * expect: status compile_error, points 0
 * naive: leaks
 */
#include "fba.h"
#include "@SECRET@"

#include "allocator.c"
