/*
 * what: a function called through a pointer that is NULL
 * stops: crash
 * says: it jumped to NULL
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static void (*volatile after_reset)(void);

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    after_reset(); /* here */
    fba->end_index = 0;
}
