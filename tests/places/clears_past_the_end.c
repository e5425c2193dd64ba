/*
 * what: memset with a length that is too large
 * stops: crash
 * says: just past its end
 * names: fba_init
 */
#include "fba.h"
#include <string.h>

#define fba_init base_init
#include "allocator.c"
#undef fba_init

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    memset(buffer, 0, capacity + 3); /* here */
    base_init(fba, buffer, capacity);
}
