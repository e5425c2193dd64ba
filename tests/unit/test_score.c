/* The score: points of passed tests, by suite and in all. */
#include "run_tests.h"
#include "score.h"
#include "small_exercise.h"

static void score_of(const enum test_status statuses[3], struct score *score)
{
    struct manifest manifest = {0};
    struct results results = {0};
    struct error error = {0};
    small_manifest(&manifest);
    ck_assert_int_eq(results_init(&manifest, &results, &error), 0);
    ck_assert_uint_eq(results.count, 3);
    for (size_t i = 0; i < 3; i++) {
        results.tests[i].status = statuses[i];
    }
    ck_assert_int_eq(score_compute(&manifest, &results, score, &error), 0);
    results_release(&results);
    manifest_release(&manifest);
}

START_TEST(all_passed_is_the_maximum)
{
    struct score score = {0};
    score_of((enum test_status[]){TEST_PASS, TEST_PASS, TEST_PASS}, &score);
    ck_assert_int_eq(score.points, 7);
    ck_assert_int_eq(score.max, 7);
    ck_assert_int_eq(score.suites[1].points, 4);
    score_release(&score);
}
END_TEST

START_TEST(none_run_is_zero)
{
    struct score score = {0};
    score_of((enum test_status[]){TEST_NOT_RUN, TEST_NOT_RUN, TEST_NOT_RUN}, &score);
    ck_assert_int_eq(score.points, 0);
    ck_assert_int_eq(score.max, 7);
    score_release(&score);
}
END_TEST

START_TEST(test_counts_in_its_own_suite_only)
{
    struct score score = {0};
    score_of((enum test_status[]){TEST_FAIL, TEST_PASS, TEST_TIMEOUT}, &score);
    ck_assert_int_eq(score.points, 1);
    ck_assert_int_eq(score.suites[0].points, 1);
    ck_assert_int_eq(score.suites[0].max, 3);
    ck_assert_uint_eq(score.suites[0].passed, 1);
    ck_assert_uint_eq(score.suites[0].tests, 2);
    ck_assert_int_eq(score.suites[1].points, 0);
    ck_assert_uint_eq(score.suites[1].passed, 0);
    score_release(&score);
}
END_TEST

START_TEST(only_a_pass_earns)
{
    for (int status = 0; status < TEST_STATUS_COUNT; status++) {
        struct score score = {0};
        const enum test_status one = (enum test_status)status;
        score_of((enum test_status[]){one, one, one}, &score);
        ck_assert_int_eq(score.points, one == TEST_PASS ? 7 : 0);
        score_release(&score);
    }
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&all_passed_is_the_maximum, &none_run_is_zero,
                                        &test_counts_in_its_own_suite_only,
                                        &only_a_pass_earns};
    return run_tests("score", tests, sizeof tests / sizeof tests[0]);
}
