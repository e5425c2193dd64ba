/*
 * parting: which tests may be served by one child of the subject, one after the other.
 *
 * A hostile submission could remember in its child what it was asked in one test, and
 * let the report on another say it (channel_part). So the grader names lists of tests
 * whose reports go to other people than the rest: each list of ids, with commas between
 * them, shares no child with a test outside of it.
 */
#ifndef PARTING_H
#define PARTING_H

#include "test_case.h"

#include <stddef.h>

struct parting {
    const char **lists;
    size_t count;
};

/* The number of the list that a test stands in, from 1; 0: in none. */
size_t parting_group(const struct parting *parting, const char *id);

/* Brings tests of one group together, those of no list last, and changes nothing else
 * in their order. `places[i]` is where test number i stood before. */
void parting_sort(const struct parting *parting,
                  const struct test_case **tests,
                  size_t *places,
                  size_t count);

#endif
