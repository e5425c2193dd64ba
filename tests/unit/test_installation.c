/* The grader's own files. This program lies beside the grader, so it finds the same. */
#include "installation.h"
#include "run_tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

START_TEST(files_of_a_harness_are_found)
{
    struct installation found = {0};
    struct error error = {0};
    ck_assert_msg(installation_find("fixed_buffer", &found, &error) == 0, "%s",
                  error.message);
    ck_assert_int_eq(access(found.judge, X_OK), 0);
    ck_assert_int_eq(access(found.runtime, R_OK), 0);
    ck_assert_int_eq(access(found.link_script, R_OK), 0);
    ck_assert_int_eq(access(found.libgcc, R_OK), 0);
    installation_release(&found);
    ck_assert_ptr_null(found.judge);
}
END_TEST

START_TEST(missing_file_is_named_with_the_remedy)
{
    struct installation found = {0};
    struct error error = {0};
    ck_assert_int_eq(installation_find("no_such_harness", &found, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_GRADER);
    ck_assert_ptr_nonnull(strstr(error.message, "judge_no_such_harness"));
    ck_assert_ptr_nonnull(strstr(error.message, "`make`"));
    ck_assert_ptr_null(found.judge);
}
END_TEST

START_TEST(default_exercise_has_a_manifest)
{
    char *directory = NULL;
    char path[4200];
    struct error error = {0};
    ck_assert_msg(installation_default_exercise(&directory, &error) == 0, "%s",
                  error.message);
    snprintf(path, sizeof path, "%s/exercise.json", directory);
    ck_assert_int_eq(access(path, R_OK), 0);
    free(directory);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&files_of_a_harness_are_found,
                                        &missing_file_is_named_with_the_remedy,
                                        &default_exercise_has_a_manifest};
    return run_tests("installation", tests, sizeof tests / sizeof tests[0]);
}
