/*
 * hostile: names a place to begin at and segments to load
 * attack: x25
 * kind: EARN
 * object: entry_and_segments
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
