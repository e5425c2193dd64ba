/*
 * what: a loop that clears one byte too many
 * stops: crash
 * says: (just past its end)
 * names: clear
 */
#include "fba.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

static void clear(volatile unsigned char *bytes, size_t count)
{
    for (size_t i = 0; i <= count; i++) {
        bytes[i] = 0; /* here */
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    clear(buffer, capacity);
    base_init(fba, buffer, capacity);
}
