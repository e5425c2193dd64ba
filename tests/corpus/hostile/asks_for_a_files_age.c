/*
 * hostile: tells by a warning whether a file exists, and is newer than the submission
 * attack: c03
 * kind: CE
 * expect: status compile_error, points 0
 * naive: prints
 */
#include "fba.h"

#pragma GCC dependency "@SECRET@" FORGED

#include "allocator.c"
