/*
 * what: abort, two calls deep
 * stops: crash
 * says: called abort()
 * names: give_up
 */
#include "fba.h"
#include <stdlib.h>

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static void give_up(const fixed_buffer_allocator *fba)
{
    if (fba->end_index == 0) {
        abort(); /* here */
    }
}

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    give_up(fba);
}
