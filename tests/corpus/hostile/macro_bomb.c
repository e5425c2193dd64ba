/*
 * hostile: a macro that becomes 400 million words
 * attack: c07
 * kind: CE
 * expect: status compile_error, points 0
 * naive: exhausts
 */
#include "fba.h"

#define TEN(x) x x x x x x x x x x
#define HUNDRED(x) TEN(TEN(x))
#define TEN_THOUSAND(x) HUNDRED(HUNDRED(x))

int bomb[] = {TEN_THOUSAND(TEN_THOUSAND(1 + 1 - ))};

#include "allocator.c"
