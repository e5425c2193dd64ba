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

/*
 * Of the counterexamples in the `tests` results, keeps the first of each suite, in the
 * order in which the tests were run: which others were looked for depends on the number
 * of shards.
 */
void beyond_keep_examples(char **lines, size_t tests);

/* Lets the exercise search for what the tests have missed, with calls that `seed`
 * chooses, if all of them have passed; and otherwise for the cause. */
void beyond_search(struct beyond *beyond,
                   char *const *lines,
                   size_t tests,
                   uint64_t seed);

/* Writes the results, all of the above, and the closing line. 0, or -1 with errno. */
int beyond_write(const struct beyond *beyond,
                 char *const *lines,
                 size_t tests,
                 int results);

void beyond_release(struct beyond *beyond);

#endif
