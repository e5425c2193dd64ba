/*
 * hostile: gives its lines the name of a file that it must not see, for the compiler
 *   to quote
 * attack: c13
 * kind: CE
 * expect: status compile_error, points 0
 * naive: leaks
 */
#include "fba.h"

#line 1 "@SECRET@"
int broken = ;

#include "allocator.c"
