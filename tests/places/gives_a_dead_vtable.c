/*
 * what: a vtable that was a local variable
 * stops: crash
 * suite: capacity
 * says: was a local variable
 * names: fba_allocator
 */
#include "fba.h"

#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

allocator fba_allocator(fixed_buffer_allocator *fba) /* here */
{
    allocator_vtable table = *base_allocator(fba).vtable;
    allocator_vtable *volatile way_out = &table;

    return (allocator){.ctx = fba, .vtable = way_out};
}
