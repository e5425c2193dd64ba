#include "score.h"

#include <stdlib.h>

int score_of_test(const struct manifest_test *test, const struct outcome *result)
{
    return result->status == TEST_PASS ? test->points : 0;
}

int score_compute(const struct manifest *manifest,
                  const struct results *results,
                  struct score *score,
                  struct error *error)
{
    struct score sum = {.suite_count = manifest->suite_count};
    sum.suites = calloc(manifest->suite_count, sizeof *sum.suites);
    if (sum.suites == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    for (size_t i = 0; i < manifest->test_count; i++) {
        const struct manifest_test *test = &manifest->tests[i];
        struct score_suite *suite = &sum.suites[test->suite];
        const int points = score_of_test(test, &results->tests[i]);
        suite->tests++;
        suite->passed += results->tests[i].status == TEST_PASS;
        suite->points += points;
        suite->max += test->points;
        sum.points += points;
        sum.max += test->points;
    }
    *score = sum;
    return 0;
}

void score_release(struct score *score)
{
    free(score->suites);
    *score = (struct score){0};
}
