/*
 * hostile: fba_reset is chosen by a resolver that runs while the program is loaded
 * attack: x29
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static void *choose(void)
{
    return (void *)base_reset;
}

void fba_reset(fixed_buffer_allocator *fba) __attribute__((ifunc("choose")));
