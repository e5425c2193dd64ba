/* One buffer serves round after round: reset takes everything back at once. */
#include "fba.h"

#include <stdio.h>

int main(void)
{
    unsigned char buffer[32];
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    allocator a = fba_allocator(&fba);

    for (int round = 1; round <= 3; round++) {
        alloc_result line = allocator_alloc(a, 1, 32, 1); /* the whole buffer */
        if (line.error != ALLOC_OK) {
            return 1;
        }
        snprintf(line.memory, 32, "round %d", round);
        printf("%s, at buffer + %td\n", (char *)line.memory,
               (unsigned char *)line.memory - buffer);
        fba_reset(&fba);
    }
    printf("after the last reset the bytes still say: %s\n", (char *)buffer);
    return 0;
}
