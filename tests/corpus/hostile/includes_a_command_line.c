/*
 * hostile: includes the command line of the compiler, and its memory's map
 * attack: c04
 * kind: CE
 * expect: status compile_error, points 0
 * naive: harmless
 */
#include "fba.h"
#include "/proc/self/cmdline"
#include "/proc/self/maps"

#include "allocator.c"
