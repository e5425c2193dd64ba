/*
 * wrap_table.h: lets change_table, which the file defines, change a copy of the
 * allocator's table; the allocator's own is base_table. tests/corpus/attack.py puts this
 * text, and the allocator's, in the place of the line that includes it.
 */
#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

static const allocator_vtable *base_table;
static allocator_vtable changed_table;

static void change_table(allocator_vtable *table);

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator a = base_allocator(fba);

    base_table = a.vtable;
    changed_table = *a.vtable;
    change_table(&changed_table);
    a.vtable = &changed_table;
    return a;
}
