/*
 * hostile: has a constructor in the last of its sections, with the type of code
 * attack: x20
 * kind: EARN
 * object: section_hidden_from_the_count
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
