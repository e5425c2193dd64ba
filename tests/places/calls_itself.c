/*
 * what: a function that calls itself without end
 * stops: crash
 * says: the stack is full
 * names: descend
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static size_t descend(volatile unsigned char *above)
{
    volatile unsigned char here[256];

    here[0] = above[0];
    return descend(here) + here[0];
}

void fba_reset(fixed_buffer_allocator *fba)
{
    volatile unsigned char top = 0;

    base_reset(fba);
    fba->end_index = descend(&top);
}
