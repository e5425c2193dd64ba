/* The judge's results: taken whole or not at all. */
#include "results.h"
#include "run_tests.h"
#include "small_exercise.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASS(id)                                                                       \
    "{\"id\":\"" id "\",\"status\":\"pass\",\"message\":\"\",\"expected\":null,"       \
    "\"actual\":null,\"location\":null,\"stopped_at\":0,\"called_from\":0,"            \
    "\"calls\":[],\"calls_omitted\":0,"                                                \
    "\"buffer\":null,\"counterexample\":null}\n"
#define END(count) "{\"end\": true, \"tests\": " #count "}\n"
#define DIAGNOSIS                                                                      \
    "{\"diagnosis\":{\"id\":\"a\",\"cause\":\"b\",\"clause\":\"CAP-1\","               \
    "\"lesson\":\"One\",\"confidence\":\"low\",\"evidence\":[\"c\"],"                  \
    "\"tests\":[\"suite_a.first\"]}}\n"
#define FINDING                                                                        \
    "{\"finding\":{\"message\":\"a\",\"clause\":\"CAP-1\",\"expected\":null,"          \
    "\"actual\":null,\"counterexample\":null}}\n"

static const char third[] =
    "{\"id\":\"suite_b.third\",\"status\":\"undefined_behaviour\","
    "\"message\":\"It added too much.\",\"expected\":\"a sum\",\"actual\":null,"
    "\"location\":{\"file\":\"fba.c\",\"line\":12,\"column\":5,"
    "\"function\":\"fba_alloc\"},"
    "\"stopped_at\":0,\"called_from\":0,\"calls\":[\"one\","
    "\"  two\"],\"calls_omitted\":7,\"buffer\":null,\"counterexample\":null}\n";

static int parse(const char *text,
                 ptrdiff_t selected,
                 struct results *results,
                 struct error *error)
{
    struct manifest manifest = {0};
    small_manifest(&manifest);
    const int status =
        results_parse(text, strlen(text), &manifest, selected, results, error);
    manifest_release(&manifest);
    return status;
}

START_TEST(whole_results_are_taken)
{
    struct results results = {0};
    struct error error = {0};
    char text[2000];
    snprintf(text, sizeof text, "%s%s%s%s",
             third, /* the judge's order need not be the manifest's */
             PASS("suite_a.first"), PASS("suite_a.second"), END(3));
    ck_assert_msg(parse(text, -1, &results, &error) == 0, "%s", error.message);
    ck_assert_uint_eq(results.count, 3);
    ck_assert_int_eq((int)results.tests[0].status, TEST_PASS);
    ck_assert_ptr_null(results.tests[0].message);
    const struct outcome *last = &results.tests[2];
    ck_assert_int_eq((int)last->status, TEST_UNDEFINED_BEHAVIOUR);
    ck_assert_str_eq(last->message, "It added too much.");
    ck_assert_str_eq(last->expected, "a sum");
    ck_assert_ptr_null(last->actual);
    ck_assert_str_eq(last->file, "fba.c");
    ck_assert_int_eq(last->line, 12);
    ck_assert_int_eq(last->column, 5);
    ck_assert_uint_eq(last->call_count, 2);
    ck_assert_str_eq(last->calls[1], "  two");
    ck_assert_uint_eq(last->calls_omitted, 7);
    results_release(&results);
}
END_TEST

START_TEST(one_selected_test_leaves_the_others_not_run)
{
    struct results results = {0};
    struct error error = {0};
    const char text[] = PASS("suite_a.second") END(1);
    ck_assert_msg(parse(text, 1, &results, &error) == 0, "%s", error.message);
    ck_assert_int_eq((int)results.tests[0].status, TEST_NOT_RUN);
    ck_assert_int_eq((int)results.tests[1].status, TEST_PASS);
    results_release(&results);
}
END_TEST

/* What a judge may not say, and what the error about it says. `selected` is -1. */
static const struct {
    const char *text;
    const char *said;
} refused[] = {
    {"", "stopped after 0 results"},
    {PASS("suite_a.first") PASS("suite_a.second") PASS("suite_b.third"),
     "without a closing line"},
    {PASS("suite_a.first") PASS("suite_a.second") END(2), "suite_b.third"},
    {PASS("suite_a.first") PASS("suite_a.second") PASS("suite_b.third") END(4),
     "closes 4 results"},
    {PASS("suite_a.first") PASS("suite_a.first") PASS("suite_b.third") END(3),
     "second result for the test suite_a.first"},
    {PASS("suite_a.other") END(1), "suite_a.other"},
    {PASS("suite_a.first") PASS("suite_a.second") PASS("suite_b.third") END(3) END(3),
     "behind the closing line"},
    {"{\"end\": true, \"tests\": 0}", "cut off"},
    {"{\"end\": false, \"tests\": 0}\n", "end is not true"},
    {"{\"end\": true}\n", "has no \"tests\""},
    {"nonsense\n", "line 1 of the judge's results"},
    {"[]\n", "has no \"id\""},
    {"{\"id\":\"suite_a.first\",\"status\":\"not_run\",\"message\":\"\","
     "\"expected\":null,\"actual\":null,\"location\":null,\"stopped_at\":0,\"called_"
     "from\":0,\"calls\":[]"
     ","
     "\"calls_omitted\":0,\"buffer\":null,\"counterexample\":null}\n",
     "not_run"},
    {"{\"id\":\"suite_a.first\",\"status\":\"pass\"}\n", "has no \"message\""},
    {"{\"id\":\"suite_a.first\",\"status\":\"pass\",\"status\":\"fail\","
     "\"message\":\"\",\"expected\":null,\"actual\":null,\"location\":null,"
     "\"stopped_at\":0,\"called_from\":0,\"calls\":[],\"calls_omitted\":0,\"buffer\":"
     "null,"
     "\"counterexample\":null}\n",
     "\"status\" twice"},
    {"{\"id\":\"suite_a.first\",\"status\":\"fail\",\"message\":\"\","
     "\"expected\":null,\"actual\":null,\"location\":null,\"stopped_at\":0,\"called_"
     "from\":0,\"calls\":["
     "3],"
     "\"calls_omitted\":0,\"buffer\":null,\"counterexample\":null}\n",
     "calls[0] is not a text"},
    {"{\"id\":\"suite_a.first\",\"status\":\"fail\",\"message\":\"\","
     "\"expected\":null,\"actual\":null,\"location\":{\"file\":\"fba.c\",\"line\":0,"
     "\"column\":1,\"function\":null},\"stopped_at\":0,\"called_from\":0,\"calls\":[],"
     "\"calls_omitted\":"
     "0,\"buffer\":null,"
     "\"counterexample\":null}\n",
     "location.line is not"},
    {"{\"diagnosis\":null}\n", "says nothing"},
    {"{\"finding\":3}\n", "finding"},
    {DIAGNOSIS PASS("suite_a.first"), "after 1 results"},
};

START_TEST(causes_and_findings_stand_behind_the_tests)
{
    struct results results = {0};
    struct error error = {0};
    ck_assert_msg(parse(PASS("suite_a.first") DIAGNOSIS FINDING DIAGNOSIS END(1), 0,
                        &results, &error) == 0,
                  "%s", error.message);
    ck_assert_int_eq(cJSON_GetArraySize(results.diagnosis), 2);
    ck_assert_int_eq(cJSON_GetArraySize(results.findings), 1);
    results_release(&results);
}
END_TEST

START_TEST(anything_else_is_an_error_of_the_grader)
{
    struct results results = {0};
    struct error error = {0};
    ck_assert_int_eq(parse(refused[_i].text, -1, &results, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_GRADER);
    ck_assert_msg(strstr(error.message, refused[_i].said) != NULL,
                  "\"%s\" does not say \"%s\"", error.message, refused[_i].said);
    ck_assert_ptr_null(results.tests);
}
END_TEST

START_TEST(result_of_a_test_not_asked_for_is_refused)
{
    struct results results = {0};
    struct error error = {0};
    ck_assert_int_eq(parse(PASS("suite_a.first") END(1), 1, &results, &error), -1);
    ck_assert_ptr_nonnull(strstr(error.message, "suite_a.first"));
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("results");
    TCase *all = tcase_create("results");
    tcase_add_test(all, whole_results_are_taken);
    tcase_add_test(all, one_selected_test_leaves_the_others_not_run);
    tcase_add_test(all, causes_and_findings_stand_behind_the_tests);
    tcase_add_loop_test(all, anything_else_is_an_error_of_the_grader, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    tcase_add_test(all, result_of_a_test_not_asked_for_is_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
