/*
 * hostile: tells by an error whether a file exists
 * attack: c03
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: prints
 */
#include "fba.h"

#if __has_include("@SECRET@")
#error FORGED: it exists
#endif

#include "allocator.c"
