/* error: sentences that end a grading. */
#include "error.h"
#include "run_tests.h"

#include <errno.h>
#include <string.h>

START_TEST(error_keeps_its_kind_and_sentence)
{
    struct error error = {0};
    ck_assert_int_eq(error_set(&error, ERROR_USAGE, "no %s in %d", "x", 3), -1);
    ck_assert_int_eq(error.kind, ERROR_USAGE);
    ck_assert_str_eq(error.message, "no x in 3");
}
END_TEST

START_TEST(errno_is_described_after_the_sentence)
{
    struct error error = {0};
    ck_assert_int_eq(
        error_set_errno(&error, ERROR_GRADER, ENOENT, "cannot open %s", "f"), -1);
    ck_assert_int_eq(error.kind, ERROR_GRADER);
    ck_assert_str_eq(error.message, "cannot open f: No such file or directory");
}
END_TEST

START_TEST(long_sentence_is_cut_with_an_ellipsis)
{
    struct error error = {0};
    char name[2000];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    error_set(&error, ERROR_GRADER, "%s", name);
    ck_assert_uint_eq(strlen(error.message), sizeof error.message - 1);
    ck_assert_str_eq(error.message + sizeof error.message - 5, "x...");
    error_set_errno(&error, ERROR_GRADER, ENOENT, "%s", name);
    ck_assert_str_eq(error.message + sizeof error.message - 5, "x...");
}
END_TEST

START_TEST(description_that_does_not_fit_is_cut_as_well)
{
    struct error error = {0};
    error_set_errno(&error, ERROR_GRADER, ENOENT, "%01015d", 7);
    ck_assert_uint_eq(strlen(error.message), sizeof error.message - 1);
    ck_assert_str_eq(error.message + 1020, "...");
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &error_keeps_its_kind_and_sentence,
        &errno_is_described_after_the_sentence,
        &long_sentence_is_cut_with_an_ellipsis,
        &description_that_does_not_fit_is_cut_as_well,
    };
    return run_tests("error", tests, sizeof(tests) / sizeof(tests[0]));
}
