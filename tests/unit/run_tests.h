/*
 * run_tests: the end of a unit test's file, when it needs no fixtures.
 *
 *     int main(void)
 *     {
 *         static const test *const tests[] = {&first_test, &second_test};
 *         return run_tests("module", tests, sizeof(tests) / sizeof(tests[0]));
 *     }
 */
#ifndef RUN_TESTS_H
#define RUN_TESTS_H

#include <check.h>
#include <stddef.h>

/* What START_TEST declares: the name of a test is a variable of this type. */
typedef const TTest *test;

/* Runs the tests in their order. Returns the exit status of main. */
static inline int run_tests(const char *name, const test *const *tests, size_t count)
{
    Suite *suite = suite_create(name);
    TCase *all = tcase_create(name);
    /* Check's 4 seconds are too few for a compiler on a machine that is busy. */
    tcase_set_timeout(all, 60);
    for (size_t i = 0; i < count; i++) {
        tcase_add_test(all, *tests[i]);
    }
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}

#endif
