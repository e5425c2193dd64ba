/* A full buffer is an ordinary answer, and it is an answer to one request. */
#include "fba.h"

#include <stdio.h>

static void ask(allocator a, size_t len)
{
    alloc_result result = allocator_alloc(a, 1, len, 1);
    if (result.error == ALLOC_OUT_OF_MEMORY) {
        printf("%2zu bytes: out of memory\n", len);
        return;
    }
    printf("%2zu bytes: ok\n", len);
}

int main(void)
{
    unsigned char buffer[16];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    allocator a = fba_allocator(&fba);

    ask(a, 10); /* 6 bytes are left */
    ask(a, 8);  /* too many: refused, and 6 bytes are still left */
    ask(a, 6);  /* exactly what is left */
    ask(a, 1);  /* now it is full */
    return 0;
}
