/* What students may see: by visibility, date, and the exercise's policy. */
#include "audience.h"
#include "convert.h"
#include "grade.h"
#include "report.h"
#include "run_tests.h"
#include "sample_report.h"
#include "small_exercise.h"
#include "text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

START_TEST(tests_are_shown_from_their_date_on)
{
    static const bool shown[][3] = {
        [VISIBILITY_HIDDEN] = {false, false, false},
        [VISIBILITY_VISIBLE] = {true, true, true},
        [VISIBILITY_AFTER_DUE_DATE] = {false, true, true},
        [VISIBILITY_AFTER_PUBLISHED] = {false, false, true}};
    for (int visibility = 0; visibility < 4; visibility++) {
        for (int phase = 0; phase < 3; phase++) {
            ck_assert_int_eq(
                audience_shows((enum visibility)visibility, (enum phase)phase),
                shown[visibility][phase]);
        }
    }
}
END_TEST

START_TEST(names_are_parsed_or_refused_with_all_of_them)
{
    enum audience audience = AUDIENCE_INSTRUCTOR;
    enum phase phase = PHASE_BEFORE_DUE;
    struct error error = {0};
    ck_assert_int_eq(audience_parse("student", &audience, &error), 0);
    ck_assert_int_eq((int)audience, AUDIENCE_STUDENT);
    ck_assert_int_eq(phase_parse("published", &phase, &error), 0);
    ck_assert_int_eq((int)phase, PHASE_PUBLISHED);
    ck_assert_int_eq(audience_parse("everyone", &audience, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "instructor"));
    ck_assert_int_eq(phase_parse("later", &phase, &error), -1);
    ck_assert_ptr_nonnull(strstr(error.message, "after_due"));
}
END_TEST

/* The sample under a policy, filtered. */
static void filtered(const char *policy, enum phase phase, struct report *report)
{
    struct error error = {0};
    char *text = sample_text();
    char wanted[64];
    snprintf(wanted, sizeof wanted, "\"hidden_feedback\": \"%s\"", policy);
    char *other = replaced(text, "\"hidden_feedback\": \"category\"", wanted);
    ck_assert_int_eq(report_read("r.json", other, strlen(other), report, &error), 0);
    ck_assert_msg(audience_filter(report, phase, &error) == 0, "%s", error.message);
    free(other);
    free(text);
}

static char *text_of(const struct report *report)
{
    char *text = cJSON_PrintUnformatted(report->root);
    ck_assert_ptr_nonnull(text);
    return text;
}

/* How many of the sample's secrets the report has. */
static size_t count_secrets(const struct report *report)
{
    size_t count = 0;
    char *text = text_of(report);
    for (size_t i = 0; sample_secrets[i] != NULL; i++) {
        count += strstr(text, sample_secrets[i]) != NULL;
    }
    free(text);
    return count;
}

START_TEST(category_leaves_status_clause_and_hint)
{
    struct report report = {0};
    sample_report(&report);
    ck_assert_uint_eq(count_secrets(&report), 12);
    report_release(&report);
    filtered("category", PHASE_BEFORE_DUE, &report);
    ck_assert_uint_eq(count_secrets(&report), 0);
    ck_assert(report.is_for_student);
    ck_assert_int_eq(report.points, 2);
    const struct report_test *second = &report.tests[1];
    ck_assert_int_eq((int)second->status, TEST_FAIL);
    ck_assert_str_eq(second->title, "the second");
    ck_assert_str_eq(second->hint, "Look at two.");
    ck_assert_ptr_nonnull(strstr(second->message, "the clause"));
    ck_assert_uint_eq(second->calls.count, 0);
    ck_assert_uint_eq(second->calls_omitted, 0);
    /* Shown after the due date only; where it crashed is the student's own line. */
    ck_assert_str_eq(report.tests[2].message, "The program crashed in this test.");
    ck_assert_int_eq(report.tests[2].line, 12);
    ck_assert_uint_eq(report.finding_count, 0);
    ck_assert_uint_eq(report.diagnosis_count, 2);
    ck_assert_uint_eq(report.diagnosis[0].evidence.count, 1);
    ck_assert_str_eq(report.diagnosis[0].evidence.items[0], "seen elsewhere");
    ck_assert_str_eq(report.diagnosis[1].evidence.items[0],
                     "1 failed test points to it.");
    report_release(&report);
}
END_TEST

START_TEST(function_that_is_not_there_is_named)
{
    struct report report = {0};
    struct error error = {0};
    char *text = sample_text();
    char *other = replaced(text, "\"status\": \"fail\"", "\"status\": \"missing\"");
    ck_assert_int_eq(report_read("r.json", other, strlen(other), &report, &error), 0);
    ck_assert_int_eq(audience_filter(&report, PHASE_BEFORE_DUE, &error), 0);
    ck_assert_str_eq(report.tests[1].message, "It went wrong.");
    ck_assert_uint_eq(report.diagnosis[0].evidence.count, 2);
    ck_assert_uint_eq(report.tests[1].calls.count, 0);
    report_release(&report);
    free(other);
    free(text);
}
END_TEST

START_TEST(actual_only_leaves_what_the_submission_did)
{
    struct report report = {0};
    filtered("actual-only", PHASE_BEFORE_DUE, &report);
    ck_assert_uint_eq(count_secrets(&report), 1);
    ck_assert_str_eq(report.tests[1].actual, "ALLOC_OUT_OF_MEMORY");
    ck_assert_ptr_null(report.tests[1].expected);
    report_release(&report);
}
END_TEST

START_TEST(none_leaves_that_it_failed)
{
    struct report report = {0};
    filtered("none", PHASE_BEFORE_DUE, &report);
    ck_assert_uint_eq(count_secrets(&report), 0);
    ck_assert_int_eq((int)report.tests[2].status, TEST_FAIL);
    ck_assert_str_eq(report.tests[2].message, "This test did not pass.");
    ck_assert_ptr_null(report.tests[2].file);
    ck_assert_ptr_null(strstr(report.tests[1].hint, "two"));
    ck_assert_uint_eq(report.diagnosis_count, 0);
    /* Of a test that is shown nothing is taken. */
    ck_assert_str_eq(report.tests[0].hint, "Look at one.");
    report_release(&report);
}
END_TEST

START_TEST(full_takes_the_findings_only)
{
    struct report report = {0};
    filtered("full", PHASE_BEFORE_DUE, &report);
    ck_assert_uint_eq(count_secrets(&report), 11);
    ck_assert_uint_eq(report.finding_count, 0);
    report_release(&report);
}
END_TEST

START_TEST(after_the_due_date_its_tests_are_shown)
{
    struct report report = {0};
    filtered("category", PHASE_AFTER_DUE, &report);
    ck_assert_str_eq(report.tests[2].message, "It wrote to NULL.");
    ck_assert_str_eq(report.diagnosis[1].evidence.items[0], "It wrote to NULL.");
    ck_assert_uint_eq(count_secrets(&report), 0);
    report_release(&report);
}
END_TEST

START_TEST(filtering_twice_is_filtering_once)
{
    struct report report = {0};
    struct error error = {0};
    filtered("category", PHASE_BEFORE_DUE, &report);
    char *once = text_of(&report);
    ck_assert_int_eq(audience_filter(&report, PHASE_PUBLISHED, &error), 0);
    char *twice = text_of(&report);
    ck_assert_str_eq(once, twice);
    free(twice);
    free(once);
    report_release(&report);
}
END_TEST

START_TEST(terminal_is_shown_what_the_report_says)
{
    struct grading grading;
    struct convert_spec spec = {0};
    struct error error = {0};
    char *told = NULL;
    char *again = NULL;
    size_t length = 0;
    size_t size = 0;
    sample_grading(&grading);
    ck_assert_int_eq(convert_choose(NULL, "student", NULL, &spec, &error), 0);
    ck_assert_int_eq(convert_grading(&spec, &grading, &told, &length, &error), 0);
    const struct outcome *second = &grading.results.tests[1];
    ck_assert_uint_eq(second->call_count, 0);
    ck_assert_ptr_null(second->expected);
    ck_assert_ptr_null(second->buffer);
    ck_assert_ptr_null(second->counterexample);
    /* All that is left of the grading is what the student's report has. */
    ck_assert_int_eq(report_write(&grading, &again, &size, &error), 0);
    char *as_student =
        replaced(again, "\"audience\": \"instructor\"", "\"audience\": \"student\"");
    ck_assert_str_eq(as_student, told);
    free(as_student);
    free(again);
    free(told);
    grading_release(&grading);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&tests_are_shown_from_their_date_on,
                                        &names_are_parsed_or_refused_with_all_of_them,
                                        &category_leaves_status_clause_and_hint,
                                        &function_that_is_not_there_is_named,
                                        &actual_only_leaves_what_the_submission_did,
                                        &none_leaves_that_it_failed,
                                        &full_takes_the_findings_only,
                                        &after_the_due_date_its_tests_are_shown,
                                        &filtering_twice_is_filtering_once,
                                        &terminal_is_shown_what_the_report_says};
    return run_tests("audience", tests, sizeof tests / sizeof tests[0]);
}
