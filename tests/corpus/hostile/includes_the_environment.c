/*
 * hostile: includes the environment of the compiler
 * attack: c04
 * kind: CE
 * expect: status compile_error, points 0
 * naive: harmless
 */
#include "fba.h"
#include "/proc/self/environ"

#include "allocator.c"
