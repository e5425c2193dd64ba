/*
 * hostile: includes itself twice, and so without an end
 * attack: c08
 * kind: CE
 * expect: status compile_error, points 0
 * naive: exhausts
 */
#if __INCLUDE_LEVEL__ < 180
#include __FILE__
#include __FILE__
#endif
#include "fba.h"

#include "allocator.c"
