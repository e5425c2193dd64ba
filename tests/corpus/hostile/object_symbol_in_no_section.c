/*
 * hostile: says that fba_reset lies in a section that does not exist
 * attack: x21
 * kind: FAIL
 * object: symbol_in_no_section
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: crash
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
