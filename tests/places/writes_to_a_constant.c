/*
 * what: a count that is kept in a const variable
 * stops: crash
 * says: it wrote to a constant
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static const size_t resets = 0;

void fba_reset(fixed_buffer_allocator *fba)
{
    volatile size_t *const count = (volatile size_t *)(uintptr_t)&resets;

    base_reset(fba);
    *count = 1; /* here */
}
