/*
 * hostile: is compiled to tell a profiler of every call
 * attack: x12
 * kind: FAIL
 * compiler: gcc -O1 -pg
 * expect: status graded, points 0
 * fails: every test
 * statuses: forbidden_call
 * naive: unnoticed
 */
#include "fba.h"

#include "allocator.c"
