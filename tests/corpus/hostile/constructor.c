/*
 * hostile: a constructor, to run before everything else
 * attack: l08
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__attribute__((constructor)) static void first(void)
{
    static volatile int done;
    done = 1;
}
