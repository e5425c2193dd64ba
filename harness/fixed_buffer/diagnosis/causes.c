#include "causes.h"

#include <string.h>

/* In the order of the suites: of two causes that fit alike, the first one is named. */
static const struct cause *const tables[] = {
    causes_init,       causes_capacity,     causes_alignment,
    causes_padding,    causes_reset,        causes_out_of_memory,
    causes_arithmetic, causes_polymorphism, causes_individual_free,
    causes_resize,     causes_array,        causes_array_answer,
};

enum {
    TABLES = sizeof tables / sizeof tables[0]
};

const struct cause *causes_at(size_t index)
{
    for (size_t table = 0; table < TABLES; table++) {
        for (const struct cause *cause = tables[table]; cause->id != NULL; cause++) {
            if (index-- == 0) {
                return cause;
            }
        }
    }
    return NULL;
}

size_t causes_numbers(const struct cause *cause)
{
    size_t count = 0;

    while (cause->numbers[count] != 0) {
        count++;
    }
    return count == 0 ? 1 : count;
}
