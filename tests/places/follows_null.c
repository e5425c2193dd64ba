/*
 * what: a NULL pointer that is followed
 * stops: undefined_behaviour
 * says: a NULL pointer is followed
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    fixed_buffer_allocator *volatile none = NULL;

    none->end_index = 0; /* here */
    base_reset(fba);
}
