/*
 * what: a vtable in which a function is missing
 * stops: crash
 * says: has NULL for resize
 * names: fba_allocator
 */
#include "fba.h"

#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

allocator fba_allocator(fixed_buffer_allocator *fba) /* here */
{
    static allocator_vtable table;
    allocator a = base_allocator(fba);

    table = *a.vtable;
    table.resize = NULL;
    a.vtable = &table;
    return a;
}
