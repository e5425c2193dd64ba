/* Only the last block can be given back, grow, or shrink to some use. */
#include "fba.h"

#include <stdio.h>

/* Whether `len` more bytes fit. Asks, and gives the block back at once. */
static const char *fits(allocator a, size_t len)
{
    alloc_result result = allocator_alloc(a, 1, len, 1);
    if (result.error != ALLOC_OK) {
        return "no";
    }
    allocator_free(a, result.memory, len, 1);
    return "yes";
}

int main(void)
{
    unsigned char buffer[100];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    allocator a = fba_allocator(&fba);

    void *first = allocator_alloc(a, 1, 60, 1).memory;
    void *last = allocator_alloc(a, 1, 40, 1).memory;

    allocator_free(a, first, 60, 1); /* not the last block: nothing happens */
    printf("first freed, do 60 bytes fit? %s\n", fits(a, 60));

    bool shrunk = allocator_resize(a, last, 40, 1, 25); /* trim the last block */
    printf("last shrunk: %s; do 15 bytes fit? %s\n", shrunk ? "yes" : "no",
           fits(a, 15));

    bool grown = allocator_resize(a, last, 25, 1, 41); /* one byte too many */
    printf("last grown to 41 bytes: %s\n", grown ? "yes" : "no");

    allocator_free(a, last, 25, 1); /* the last block: its bytes come back */
    printf("last freed, do 40 bytes fit? %s\n", fits(a, 40));
    return 0;
}
