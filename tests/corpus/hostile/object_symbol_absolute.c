/*
 * hostile: says that fba_reset is an address inside the runtime
 * attack: x21
 * kind: FAIL
 * object: symbol_absolute
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: forbidden_syscall
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
