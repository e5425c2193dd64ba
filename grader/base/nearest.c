#include "nearest.h"

#include <string.h>

enum {
    LENGTH_MAX = 96
};

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Levenshtein's distance, one row of its table at a time. */
static size_t distance(const char *a, const char *b)
{
    size_t row[LENGTH_MAX + 1];
    const size_t columns = strlen(b);
    for (size_t j = 0; j <= columns; j++) {
        row[j] = j;
    }
    for (size_t i = 0; a[i] != '\0'; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < columns; j++) {
            const size_t changed = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = least(changed, least(row[j], row[j + 1]) + 1);
        }
    }
    return row[columns];
}

ptrdiff_t nearest_find(const char *word,
                       size_t count,
                       const char *(*candidate)(const void *context, size_t index),
                       const void *context)
{
    ptrdiff_t found = -1;
    /* A third of the word may be wrong; beyond that it is another word. */
    size_t best = strlen(word) / 3 + 2;
    if (strlen(word) > LENGTH_MAX) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const char *text = candidate(context, i);
        const size_t away = strlen(text) <= LENGTH_MAX ? distance(word, text) : best;
        if (away < best) {
            best = away;
            found = (ptrdiff_t)i;
        }
    }
    return found;
}
