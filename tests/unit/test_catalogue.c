/* What an exercise demands, listed and explained. */
#include "catalogue.h"
#include "run_tests.h"
#include "small_exercise.h"

#include <stdlib.h>
#include <string.h>

START_TEST(list_has_suites_tests_and_points)
{
    struct manifest manifest = {0};
    char *text = NULL;
    size_t size = 0;
    struct terminal terminal = {.out = open_memstream(&text, &size)};
    small_manifest(&manifest);
    catalogue_tests(&terminal, &manifest);
    ck_assert_int_eq(fclose(terminal.out), 0);
    ck_assert_ptr_nonnull(strstr(text, "Small exercise: 3 tests, 7 points\n"));
    ck_assert_ptr_nonnull(strstr(text, "3 points\n"));
    ck_assert_ptr_nonnull(strstr(text, "  CAP-1   2  visible         suite_a.first\n"));
    ck_assert_ptr_nonnull(strstr(text, "  ALI-1   4  after_due_date  suite_b.third\n"));
    ck_assert_ptr_nonnull(strstr(text, "the third\n"));
    free(text);
    manifest_release(&manifest);
}
END_TEST

START_TEST(clause_is_explained_in_any_case_of_letters)
{
    struct manifest manifest = {0};
    struct error error = {0};
    char *text = NULL;
    size_t size = 0;
    struct terminal terminal = {.out = open_memstream(&text, &size)};
    small_manifest(&manifest);
    ck_assert_int_eq(catalogue_explain(&terminal, &manifest, "cap-2", &error), 0);
    ck_assert_int_eq(fclose(terminal.out), 0);
    ck_assert_ptr_nonnull(strstr(text, "CAP-2\n  No byte more.\n"));
    ck_assert_ptr_nonnull(strstr(text, "Why: Neither.\n"));
    ck_assert_ptr_nonnull(strstr(text, "suite_a.second"));
    ck_assert_ptr_nonnull(strstr(text, "1 point\n"));
    ck_assert_ptr_null(strstr(text, "suite_a.first"));
    free(text);
    manifest_release(&manifest);
}
END_TEST

START_TEST(unknown_clause_is_answered_with_those_there_are)
{
    struct manifest manifest = {0};
    struct error error = {0};
    struct terminal terminal = {.out = NULL};
    small_manifest(&manifest);
    ck_assert_int_eq(catalogue_explain(&terminal, &manifest, "ALI-7", &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "no clause ALI-7"));
    ck_assert_ptr_nonnull(strstr(error.message, "did you mean ALI-1?"));
    ck_assert_ptr_nonnull(strstr(error.message, "CAP-1 to CAP-2, ALI-1"));
    manifest_release(&manifest);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &list_has_suites_tests_and_points, &clause_is_explained_in_any_case_of_letters,
        &unknown_clause_is_answered_with_those_there_are};
    return run_tests("catalogue", tests, sizeof tests / sizeof tests[0]);
}
