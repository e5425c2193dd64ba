/* Padding depends on the address of a block, not on its offset in the buffer. */
#include "fba.h"

#include <stdalign.h>
#include <stdio.h>

static void carve(const char *title, unsigned char *buffer, size_t capacity)
{
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, capacity);
    allocator a = fba_allocator(&fba);

    unsigned char *letter = allocator_alloc(a, 1, 1, 1).memory;
    unsigned char *number = allocator_alloc(a, 1, 4, 4).memory;
    unsigned char *big = allocator_alloc(a, 1, 8, 8).memory;

    printf("%s: letter at +%td, number at +%td, big at +%td\n", title, letter - buffer,
           number - buffer, big - buffer);
}

int main(void)
{
    alignas(16) unsigned char memory[64];

    carve("aligned buffer   ", memory, 32);
    carve("misaligned buffer", memory + 1, 32);
    return 0;
}
