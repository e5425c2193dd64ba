/*
 * hostile: gives its lines a file name that would end a string of JSON, and clear a
 *   screen
 * attack: c13
 * kind: CE
 * expect: status compile_error, points 0
 * naive: prints
 */
#include "fba.h"

#include "allocator.c"

#line 1 "x\",\"score\":{\"points\":100},\"FORGED\":\"\033[2J\033]0;title\007"
#error FORGED "\u001b[2J", "points": 100
