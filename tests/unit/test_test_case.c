/* test_case: tests are collected by the linker, and sorted by suite and line. */
#include "run_tests.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* test_case.h takes these words for its own purpose. */
#define SUITE "second"
#include "test_case.h"

TEST(zebra, .clause = "B-1", .points = 3, .title = "z", .hint = "h")
{
}

TEST(ant,
     .clause = "B-2",
     .points = 1,
     .visibility = AFTER_DUE_DATE,
     .title = "\"a\"",
     .hint = "h")
{
}

#undef SUITE
#define SUITE "first"
TEST(late_in_the_file, .clause = "A-1", .points = 2, .title = "l", .hint = "h")
{
}

#undef SUITE
#define SUITE "stranger"
TEST(of_no_known_suite, .clause = "C-1", .points = 1, .title = "s", .hint = "h")
{
}

static const char *const suites[] = {"first", "second"};

START_TEST(tests_are_sorted_by_suite_and_then_by_line)
{
    const struct test_case **cases = NULL;
    const size_t count = test_cases_sorted(suites, 2, &cases);

    ck_assert_uint_eq(count, 4);
    ck_assert_str_eq(cases[0]->id, "first.late_in_the_file");
    ck_assert_str_eq(cases[1]->id, "second.zebra");
    ck_assert_str_eq(cases[2]->id, "second.ant");
    ck_assert_str_eq(cases[3]->id, "stranger.of_no_known_suite");
    free(cases);
}
END_TEST

START_TEST(the_list_is_json_with_all_that_was_declared)
{
    const struct test_case **cases = NULL;
    const size_t count = test_cases_sorted(suites, 2, &cases);
    char *text = NULL;
    size_t text_bytes = 0;
    FILE *const out = open_memstream(&text, &text_bytes);

    ck_assert_int_eq(test_cases_print(out, cases, count), 0);
    fclose(out);
    cJSON *const list = cJSON_Parse(text);
    ck_assert_int_eq(cJSON_GetArraySize(list), 4);
    const cJSON *const ant = cJSON_GetArrayItem(list, 2);
    static const char *const expected[][2] = {{"id", "second.ant"},
                                              {"suite", "second"},
                                              {"title", "\"a\""},
                                              {"clause", "B-2"},
                                              {"visibility", "after_due_date"},
                                              {"hint", "h"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        ck_assert_str_eq(
            cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(ant, expected[i][0])),
            expected[i][1]);
    }
    ck_assert_int_eq(
        (int)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(ant, "points")), 1);
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(
                         cJSON_GetArrayItem(list, 1), "visibility")),
                     "hidden");
    cJSON_Delete(list);
    free(text);
    free(cases);
}
END_TEST

START_TEST(a_list_that_cannot_be_written_is_an_error)
{
    const struct test_case **cases = NULL;
    const size_t count = test_cases_sorted(suites, 2, &cases);
    FILE *const full = fopen("/dev/full", "w");

    ck_assert_ptr_nonnull(full);
    ck_assert_int_eq(test_cases_print(full, cases, count), -1);
    fclose(full);
    free(cases);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &tests_are_sorted_by_suite_and_then_by_line,
        &the_list_is_json_with_all_that_was_declared,
        &a_list_that_cannot_be_written_is_an_error,
    };

    return run_tests("test_case", tests, sizeof tests / sizeof tests[0]);
}
