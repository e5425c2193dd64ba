/*
 * score: the points a grading earns, a pure function of manifest and results.
 *
 * Only TEST_PASS earns, and it earns the whole of the test's points. Integers only.
 */
#ifndef SCORE_H
#define SCORE_H

#include "error.h"
#include "manifest.h"
#include "results.h"

#include <stddef.h>

struct score_suite {
    int points;
    int max;
    size_t passed;
    size_t tests;
};

/* One entry for each suite of the manifest, in its order. Belongs to the struct. */
struct score {
    int points;
    int max;
    struct score_suite *suites;
    size_t suite_count;
};

/* `results` are those of `manifest`. Fails when memory is out only. */
int score_compute(const struct manifest *manifest,
                  const struct results *results,
                  struct score *score,
                  struct error *error);

void score_release(struct score *score);

/* What one test has earned. */
int score_of_test(const struct manifest_test *test, const struct outcome *result);

#endif
