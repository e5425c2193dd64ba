/*
 * hostile: an expression within more than a million brackets
 * attack: c12
 * kind: CE
 * expect: status compile_error, points 0
 * naive: crashes
 */
#include "fba.h"

#define TEN_OPEN ((((((((((
#define A TEN_OPEN TEN_OPEN TEN_OPEN TEN_OPEN TEN_OPEN TEN_OPEN TEN_OPEN TEN_OPEN
#define B A A A A A A A A A A
#define C B B B B B B B B B B
#define D C C C C C C C C C C
#define E D D D D D D D D D D

int deep = E E 1;

#include "allocator.c"
