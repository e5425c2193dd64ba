/*
 * beyond: what the judge says that no single test says: causes and findings; and the
 * end of its results.
 *
 * None of it changes a verdict. Results without a closing line are worth nothing
 * (RESULTS.md), so the one is written here, behind everything.
 */
#ifndef BEYOND_H
#define BEYOND_H

#include <stddef.h>
#include <stdint.h>

struct cJSON;

/* Arrays of objects, or NULL. */
struct beyond {
    struct cJSON *findings;
    struct cJSON *diagnosis;
};

/* Lets the exercise search with calls that `seed` chooses. */
void beyond_explore(struct beyond *beyond, uint64_t seed);

/* Lets it look for the cause, if one of the `tests` results in `lines` is no pass. */
void beyond_diagnose(struct beyond *beyond, char *const *lines, size_t tests);

/* Writes the results, all of the above, and the closing line. 0, or -1 with errno. */
int beyond_write(const struct beyond *beyond,
                 char *const *lines,
                 size_t tests,
                 int results);

void beyond_release(struct beyond *beyond);

#endif
