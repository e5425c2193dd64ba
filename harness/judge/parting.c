#include "parting.h"

#include "fatal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool names(const char *list, const char *id)
{
    const size_t length = strlen(id);

    while (*list != '\0') {
        const size_t word = strcspn(list, ",");
        if (word == length && memcmp(list, id, length) == 0) {
            return true;
        }
        list += word + (list[word] == ',');
    }
    return false;
}

size_t parting_group(const struct parting *parting, const char *id)
{
    for (size_t i = 0; i < parting->count; i++) {
        if (names(parting->lists[i], id)) {
            return i + 1;
        }
    }
    return 0;
}

void parting_sort(const struct parting *parting,
                  const struct test_case **tests,
                  size_t *places,
                  size_t count)
{
    const struct test_case **const before = calloc(count + 1, sizeof *before);
    size_t sorted = 0;

    if (before == NULL) {
        fatal("out of memory");
    }
    memcpy(before, tests, count * sizeof *before);
    for (size_t group = 1; group <= parting->count + 1; group++) {
        for (size_t i = 0; i < count; i++) {
            if (parting_group(parting, before[i]->id) == group % (parting->count + 1)) {
                tests[sorted] = before[i];
                places[sorted++] = i;
            }
        }
    }
    free(before);
}
