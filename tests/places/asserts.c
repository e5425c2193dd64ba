/*
 * what: an assertion that does not hold
 * stops: crash
 * says: does not hold
 * names: fba_reset
 */
#include "fba.h"
#include <assert.h>

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    assert(fba->end_index != 0); /* here */
}
