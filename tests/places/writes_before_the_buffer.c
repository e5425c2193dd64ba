/*
 * what: a mark in front of the buffer
 * stops: crash
 * says: it wrote to 1 byte before buffer
 * names: fba_init
 */
#include "fba.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    volatile unsigned char *const bytes = buffer;

    bytes[-1] = 0xff; /* here */
    base_init(fba, buffer, capacity);
}
