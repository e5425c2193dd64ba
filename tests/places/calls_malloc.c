/*
 * what: a function of the C library
 * stops: forbidden_call
 * says: calls malloc
 * names: fba_reset
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void *malloc(size_t bytes);

void fba_reset(fixed_buffer_allocator *fba)
{
    base_reset(fba);
    fba->buffer = malloc(fba->capacity); /* here */
}
