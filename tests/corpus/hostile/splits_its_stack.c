/*
 * hostile: is compiled for a stack of many pieces
 * attack: x11
 * kind: AUDIT
 * compiler: gcc -O1 -fsplit-stack
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
