/* Mistake 2: a block is used after reset, when its bytes have another owner. */
#include "fba.h"

#include <stdio.h>

int main(void)
{
    unsigned char buffer[32];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    allocator a = fba_allocator(&fba);

    char *greeting = allocator_alloc(a, 1, 16, 1).memory;
    snprintf(greeting, 16, "hello");
    fba_reset(&fba); /* greeting is nobody's now */

    char *farewell = allocator_alloc(a, 1, 16, 1).memory;
    snprintf(farewell, 16, "goodbye");

    printf("greeting says: %s\n", greeting); /* the mistake */
    return 0;
}
