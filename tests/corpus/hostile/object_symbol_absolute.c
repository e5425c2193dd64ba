/*
 * hostile: says that fba_reset is an address inside the runtime
 * attack: x21
 * kind: AUDIT
 * object: symbol_absolute
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"
