/*
 * what: a signed addition that overflows
 * stops: undefined_behaviour
 * says: a signed addition overflows
 * names: next
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

static int next(int number)
{
    return number + 1; /* here */
}

void fba_reset(fixed_buffer_allocator *fba)
{
    volatile int largest = 2147483647;

    base_reset(fba);
    fba->end_index = (size_t)next(largest);
}
