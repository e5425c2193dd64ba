/* Mistake 4: adding up lengths, and forgetting the padding between them. */
#include "fba.h"

#include <stdalign.h>
#include <stdio.h>

/* One flag of 1 byte and one number of 8 bytes for each of `count` records. */
static size_t records_that_fit(allocator a, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (allocator_alloc(a, 1, 1, 1).error != ALLOC_OK ||
            allocator_alloc(a, 1, 8, 8).error != ALLOC_OK) {
            return i;
        }
    }
    return count;
}

int main(void)
{
    alignas(8) unsigned char buffer[160];
    fixed_buffer_allocator fba;
    const size_t count = 10;

    fba_init(&fba, buffer, count * (1 + 8)); /* the sum of the lengths */
    printf("90 bytes: %zu records\n", records_that_fit(fba_allocator(&fba), count));

    fba_init(&fba, buffer, count * 16); /* padding included */
    printf("160 bytes: %zu records\n", records_that_fit(fba_allocator(&fba), count));
    return 0;
}
