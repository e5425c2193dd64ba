/*
 * hostile: makes the compiler say the same thing a hundred thousand times
 * attack: c09
 * kind: CE
 * expect: status compile_error, points 0
 * naive: prints
 */
#include "fba.h"

#define SAY _Static_assert(0, "FORGED: all tests pass");
#define TEN(x) x x x x x x x x x x
TEN(TEN(TEN(TEN(TEN(SAY)))))

#include "allocator.c"
