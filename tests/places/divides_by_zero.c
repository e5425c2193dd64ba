/*
 * what: a division that no check of the compiler sees
 * stops: crash
 * says: it divided by zero
 * names: divide
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

__attribute__((no_sanitize("undefined"), noinline)) static size_t divide(size_t by)
{
    return 1000 / by; /* here */
}

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    fba->end_index = divide(fba->end_index);
}
