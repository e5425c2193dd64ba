/*
 * what: a loop without end
 * stops: timeout
 * says: fba_reset(fba) did not return
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba) /* here */
{
    volatile size_t *const end = &fba->end_index;

    base_reset(fba);
    while (*end == 0) {
    }
}
