/* Reports read back: a good one whole, each damaged one refused by its file and key. */
#include "report_read.h"
#include "run_tests.h"
#include "sample_report.h"
#include "small_exercise.h"

#include <stdlib.h>
#include <string.h>

START_TEST(good_report_is_read_whole)
{
    struct report report = {0};
    sample_report(&report);
    ck_assert(!report.is_for_student);
    ck_assert_str_eq(report.exercise_id, "small");
    ck_assert_int_eq((int)report.hidden_feedback, HIDDEN_FEEDBACK_CATEGORY);
    ck_assert_str_eq(report.file, "mine.c");
    ck_assert_int_eq(report.points, 2);
    ck_assert_int_eq(report.max, 7);
    ck_assert_uint_eq(report.test_count, 3);
    const struct report_test *second = &report.tests[1];
    ck_assert_str_eq(second->suite->id, "suite_a");
    ck_assert_str_eq(second->clause->text, "No byte more.");
    ck_assert_int_eq((int)second->visibility, VISIBILITY_HIDDEN);
    ck_assert_int_eq((int)second->status, TEST_FAIL);
    ck_assert_uint_eq(second->calls.count, 2);
    ck_assert_str_eq(second->calls.items[1], "  inner(8)");
    ck_assert_uint_eq(second->calls_omitted, 3);
    ck_assert_ptr_nonnull(second->buffer);
    ck_assert(second->has_counterexample);
    ck_assert_str_eq(second->counterexample.calls.items[0], "alloc(4711, align 1)");
    ck_assert_int_eq(report.tests[2].line, 12);
    ck_assert_uint_eq(report.diagnosis_count, 2);
    ck_assert_str_eq(report.diagnosis[0].evidence.items[0],
                     "Before that: It went wrong.");
    ck_assert_uint_eq(report.finding_count, 1);
    report_release(&report);
}
END_TEST

/* A change to the good report, and what the error about it says. */
struct damage {
    const char *from;
    const char *to;
    const char *said;
};

static const struct damage damages[] = {
    {"{\n  \"schema\"", "\n  \"schema\"", "r.json:"},
    {"fba-grader/report/1", "fba-grader/report/9", "schema is \"fba-grader/report/9\""},
    {"\"audience\": \"instructor\"", "\"audience\": \"all\"", "audience is \"all\""},
    {"\"hidden_feedback\": \"category\"", "\"hidden_feedback\": 1",
     "exercise.hidden_feedback is not a text"},
    {"\"points\": 2,\n    \"max\": 7", "\"points\": 7,\n    \"max\": 7", "add up"},
    {"\"points\": 2,\n    \"max\": 7", "\"points\": -1,\n    \"max\": 7",
     "score.points"},
    {"\"points\": 2,\n    \"max\": 7", "\"points\": 1e400,\n    \"max\": 7",
     "score.points"},
    {"\"max\": 7", "\"max\": 100001", "100000 are the most"},
    {"\"status\": \"crash\"", "\"status\": \"crashed\"",
     "tests[2].status is \"crashed\""},
    {"\"status\": \"pass\"", "\"status\": \"fail\"", "has points"},
    {"\"suite\": \"suite_b\"", "\"suite\": \"suite_c\"", "tests[2]"},
    {"\"clause\": \"ALI-1\"", "\"clause\": \"ALI-9\"", "ALI-9"},
    {"\"calls_omitted\": 3", "\"calls_omitted\": 2.5", "tests[1].calls_omitted"},
    {"\"kind\": \"block\"", "\"kind\": \"hole\"", "tests[1].buffer.ranges[0].kind"},
    {"\"program\": \"int main", "\"programme\": \"int main", "programme"},
    {"}\\n\"", "}\"", "counterexample.program does not end with a line feed"},
    {"It went wrong.", "It \\u0000went wrong.", "r.json:"},
    {"It went wrong.", "It \\u0000went wrong.", "a NUL"},
    {"\"visibility\": \"hidden\"", "\"visibility\": \"never\"", "never"},
    {"\"hint\": \"Look at one.\"", "\"hint\": \"\"", "tests[0].hint is empty"},
    {"\"diagnostics_truncated\": false", "\"diagnostics_truncated\": 0",
     "diagnostics_truncated is neither"},
    {"\"seed\": ", "\"seed\": \"\", \"seed\": ", "seed"},
    {"\"seed\": ", "\"colour\": 1, \"seed\": ", "\"colour\""},
};

START_TEST(damaged_report_is_refused_by_file_and_key)
{
    const struct damage *damage = &damages[_i];
    struct report report = {0};
    struct error error = {0};
    char *text = sample_text();
    char *damaged = replaced(text, damage->from, damage->to);
    ck_assert_int_eq(report_read("r.json", damaged, strlen(damaged), &report, &error),
                     -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "r.json"));
    ck_assert_msg(strstr(error.message, damage->said) != NULL, "%s", error.message);
    free(damaged);
    free(text);
}
END_TEST

START_TEST(what_nobody_is_shown_is_taken_out_of_texts)
{
    struct report report = {0};
    struct error error = {0};
    char *text = sample_text();
    char *odd = replaced(text, "It wrote to NULL.", "a\\u001b[2Jb\xff\\u202ec");
    ck_assert_int_eq(report_read("r.json", odd, strlen(odd), &report, &error), 0);
    ck_assert_str_eq(report.tests[2].message, "a?[2Jb????c");
    report_release(&report);
    free(odd);
    free(text);
}
END_TEST

START_TEST(raw_nul_is_refused_and_an_escaped_backslash_is_not)
{
    struct report report = {0};
    struct error error = {0};
    char *text = sample_text();
    char *odd = replaced(text, "It wrote to NULL.", "a\\\\u0000b@");
    ck_assert_int_eq(report_read("r.json", odd, strlen(odd), &report, &error), 0);
    ck_assert_str_eq(report.tests[2].message, "a\\u0000b@");
    report_release(&report);
    const size_t length = strlen(odd);
    *strchr(odd, '@') = '\0';
    ck_assert_int_eq(report_read("r.json", odd, length, &report, &error), -1);
    ck_assert_ptr_nonnull(strstr(error.message, "a NUL"));
    free(odd);
    free(text);
}
END_TEST

START_TEST(list_that_is_too_long_is_refused)
{
    struct report report = {0};
    struct error error = {0};
    const size_t entries = REPORT_ENTRIES_MAX + 1;
    char *list = malloc(2 * entries + 1);
    ck_assert_ptr_nonnull(list);
    for (size_t i = 0; i < entries; i++) {
        memcpy(list + 2 * i, "0,", 2);
    }
    list[2 * entries - 1] = '\0';
    char *longer = replaced("[x]", "x", list);
    ck_assert_int_eq(report_read("r.json", longer, strlen(longer), &report, &error),
                     -1);
    ck_assert_ptr_nonnull(strstr(error.message, "4096"));
    free(longer);
    free(list);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("report_read");
    TCase *all = tcase_create("report_read");
    tcase_add_test(all, good_report_is_read_whole);
    tcase_add_loop_test(all, damaged_report_is_refused_by_file_and_key, 0,
                        (int)(sizeof damages / sizeof damages[0]));
    tcase_add_test(all, what_nobody_is_shown_is_taken_out_of_texts);
    tcase_add_test(all, raw_nul_is_refused_and_an_escaped_backslash_is_not);
    tcase_add_test(all, list_that_is_too_long_is_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
