/*
 * what: code that must never be reached
 * stops: crash
 * says: an instruction that does not exist
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    __builtin_trap(); /* here */
}
