/*
 * what: fba_allocator leaves the vtable NULL
 * stops: crash
 * says: it read
 * names: fba_allocator
 */
#include "fba.h"

#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

allocator fba_allocator(fixed_buffer_allocator *fba) /* here */
{
    allocator a = base_allocator(fba);

    a.vtable = NULL;
    return a;
}
