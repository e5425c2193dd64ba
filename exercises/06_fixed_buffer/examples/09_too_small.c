/* Mistake 1: the buffer is smaller than what it has to hold, and nobody looked. */
#include "fba.h"

#include <stdio.h>

int main(void)
{
    unsigned char buffer[256]; /* meant for 100 numbers; but a number has 4 bytes */
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));

    alloc_result result = build_array(fba_allocator(&fba), 100);
    if (result.error != ALLOC_OK) {
        printf("100 numbers need %zu bytes, ", 100 * sizeof(int32_t));
        printf("the buffer has %zu\n", sizeof(buffer));
        return 0;
    }
    printf("100 numbers built\n");
    return 0;
}
