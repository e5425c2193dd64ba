/* Creating an allocator over an array on the stack, and carving three blocks out. */
#include "fba.h"

#include <stdio.h>

int main(void)
{
    unsigned char buffer[100];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    allocator a = fba_allocator(&fba);

    unsigned char *name = allocator_alloc(a, 1, 12, 1).memory;
    unsigned char *city = allocator_alloc(a, 1, 30, 1).memory;
    unsigned char *note = allocator_alloc(a, 1, 58, 1).memory;

    printf("name begins at buffer + %td\n", name - buffer);
    printf("city begins at buffer + %td\n", city - buffer);
    printf("note begins at buffer + %td\n", note - buffer);
    return 0;
}
