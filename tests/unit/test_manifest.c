/* The manifest: a good one is read whole, and each mistake is named with its place. */
#include "manifest.h"
#include "run_tests.h"
#include "small_exercise.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

START_TEST(good_manifest_is_read_whole)
{
    struct manifest manifest = {0};
    small_manifest(&manifest);
    ck_assert_str_eq(manifest.id, "small");
    ck_assert_str_eq(manifest.harness, "small_harness");
    ck_assert_str_eq(manifest.submission_file, "fba.c");
    ck_assert_uint_eq(manifest.function_count, 2);
    ck_assert_str_eq(manifest.functions[1], "g");
    ck_assert_uint_eq(manifest.limits.submission_bytes, 1);
    ck_assert_uint_eq(manifest.limits.compile.memory_bytes, 7);
    ck_assert_uint_eq(manifest.limits.audit.wall_ms, 10);
    ck_assert_uint_eq(manifest.limits.link.file_bytes, 16);
    ck_assert_uint_eq(manifest.limits.test_cpu_ms, 17);
    ck_assert_uint_eq(manifest.limits.run_wall_ms, 10000);
    ck_assert_int_eq(manifest.points, 7);
    ck_assert_uint_eq(manifest.test_count, 3);
    ck_assert_uint_eq(manifest.tests[2].suite, 1);
    ck_assert_uint_eq(manifest.tests[2].clause, 2);
    ck_assert_int_eq((int)manifest.tests[2].visibility, VISIBILITY_AFTER_DUE_DATE);
    manifest_release(&manifest);
}
END_TEST

START_TEST(entries_are_found_by_id)
{
    struct manifest manifest = {0};
    small_manifest(&manifest);
    ck_assert_int_eq((int)manifest_find_test(&manifest, "suite_a.second"), 1);
    ck_assert_int_eq((int)manifest_find_test(&manifest, "second"), -1);
    ck_assert_int_eq((int)manifest_find_clause(&manifest, "ALI-1"), 2);
    ck_assert_int_eq((int)manifest_find_clause(&manifest, "ali-1"), -1);
    ck_assert_int_eq((int)manifest_find_suite(&manifest, "suite_b"), 1);
    ck_assert_int_eq((int)manifest_find_suite(&manifest, ""), -1);
    manifest_release(&manifest);
}
END_TEST

START_TEST(feedback_on_hidden_tests_is_chosen_or_kept_low)
{
    static const enum hidden_feedback all[] = {
        HIDDEN_FEEDBACK_FULL, HIDDEN_FEEDBACK_ACTUAL_ONLY, HIDDEN_FEEDBACK_CATEGORY,
        HIDDEN_FEEDBACK_NONE};
    struct manifest manifest = {0};
    struct error error = {0};
    small_manifest(&manifest);
    ck_assert_int_eq((int)manifest.hidden_feedback, HIDDEN_FEEDBACK_CATEGORY);
    manifest_release(&manifest);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        char line[64];
        snprintf(line, sizeof line, "{\"hidden_feedback\": \"%s\",\n",
                 hidden_feedback_name(all[i]));
        char *json = replaced(small_exercise_json, "{\n", line);
        ck_assert_int_eq(read_exercise(json, &manifest, &error), 0);
        ck_assert_int_eq((int)manifest.hidden_feedback, (int)all[i]);
        manifest_release(&manifest);
        free(json);
    }
}
END_TEST

/* A change to the good manifest, and what the error about it says. */
struct mistake {
    const char *from;
    const char *to;
    const char *said;
};

static const struct mistake mistakes[] = {
    {"\"version\": \"1\",", "\"version\": \"1\"", "exercise.json:3: "},
    {"}\n", "}\nx", "not valid JSON"},
    {"\"id\": \"small\", ", "", "has no \"id\""},
    {"\"id\": \"small\"", "\"id\": 3", "id is not a text"},
    {"\"title\": \"Small exercise\"", "\"title\": \"\"", "title is empty"},
    {"{\n", "{\"colour\": 1,\n", "\"colour\""},
    {"{\n", "{\"hidden_feedback\": \"some\",\n", "hidden_feedback is \"some\""},
    {"{\n", "{\"hidden_feedback\": 1,\n", "hidden_feedback is not a text"},
    {"{\n", "{\"id\": \"x\",\n", "\"id\" twice"},
    {"small_harness", "../small", "harness is \"../small\""},
    {"[\"a.h\"]", "[]", "submission.headers is empty"},
    {"[\"a.h\"]", "\"a.h\"", "submission.headers is not a list"},
    {"[\"a.h\"]", "[\"a.h\", \"a.h\"]", "submission.headers[1] repeats"},
    {"[\"a.h\"]", "[\"/etc/a.h\"]", "submission.headers[0] is \"/etc/a.h\""},
    {"\"static_bytes\": 4", "\"static_bytes\": 0", "limits.static_bytes is not"},
    {"\"static_bytes\": 4", "\"static_bytes\": 4.5", "limits.static_bytes is not"},
    {"\"static_bytes\": 4", "\"static_bytes\": -1", "limits.static_bytes is not"},
    {"\"static_bytes\": 4", "\"static_bytes\": \"4\"", "limits.static_bytes is not"},
    {"\"static_bytes\": 4", "\"static_bytes\": 1e300", "limits.static_bytes is not"},
    {"\"cpu_ms\": 13, ", "", "limits.link has no \"cpu_ms\""},
    {"\"run_wall_ms\"", "\"run_wall\"", "limits has the key \"run_wall\""},
    {"\"suite_b\", \"title\"", "\"suite_a\", \"title\"", "suites[1] has the id"},
    {"\"CAP-2\", \"text\"", "\"CAP-1\", \"text\"", "clauses[1] has the id \"CAP-1\""},
    {"suite_a.second", "suite_a.first", "tests[1] has the id \"suite_a.first\""},
    {"\"suite\": \"suite_b\"", "\"suite\": \"suite_c\"", "tests[2].suite is"},
    {"\"clause\": \"ALI-1\"", "\"clause\": \"ALI-2\"", "tests[2].clause is \"ALI-2\""},
    {"\"clause\": \"ALI-1\"", "\"clause\": \"CAP-1\"", "no test for clause ALI-1"},
    {"\"points\": 2", "\"points\": 3",
     "suite \"suite_a\" has 3 points, its tests have 4"},
    {"\"points\": 2", "\"points\": 0", "tests[0].points is not a whole number"},
    {"\"visibility\": \"hidden\"", "\"visibility\": \"no\"", "tests[1].visibility is"},
    {"\"hint\": \"Look at two.\"", "\"hint\": null", "tests[1].hint is not a text"},
};

START_TEST(mistake_is_named_with_its_place)
{
    const struct mistake *mistake = &mistakes[_i];
    struct manifest manifest = {0};
    struct error error = {0};
    char *json = replaced(small_exercise_json, mistake->from, mistake->to);
    ck_assert_int_eq(read_exercise(json, &manifest, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_GRADER);
    ck_assert_msg(strstr(error.message, mistake->said) != NULL,
                  "\"%s\" does not say \"%s\"", error.message, mistake->said);
    ck_assert_msg(strstr(error.message, "exercise.json") != NULL,
                  "\"%s\" names no file", error.message);
    ck_assert_ptr_null(manifest.id);
    free(json);
}
END_TEST

START_TEST(missing_file_is_the_callers_mistake)
{
    struct manifest manifest = {0};
    struct error error = {0};
    ck_assert_int_eq(manifest_read("/nonexistent", &manifest, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "/nonexistent/exercise.json"));
    ck_assert_ptr_nonnull(strstr(error.message, "--exercise"));
}
END_TEST

START_TEST(deeply_nested_json_is_refused)
{
    enum {
        DEPTH = 100000
    };
    struct manifest manifest = {0};
    struct error error = {0};
    char *json = malloc(DEPTH + 1);
    ck_assert_ptr_nonnull(json);
    memset(json, '[', DEPTH);
    json[DEPTH] = '\0';
    ck_assert_int_eq(read_exercise(json, &manifest, &error), -1);
    ck_assert_ptr_nonnull(strstr(error.message, "not valid JSON"));
    free(json);
}
END_TEST

START_TEST(unknown_test_is_answered_with_the_nearest)
{
    struct manifest manifest = {0};
    struct error error = {0};
    ptrdiff_t index = -1;
    small_manifest(&manifest);
    ck_assert_int_eq(manifest_need_test(&manifest, "suite_b.third", &index, &error), 0);
    ck_assert_int_eq((int)index, 2);
    ck_assert_int_eq(manifest_need_test(&manifest, "suite_a.secnd", &index, &error),
                     -1);
    ck_assert_ptr_nonnull(strstr(error.message, "did you mean suite_a.second?"));
    ck_assert_int_eq(manifest_need_test(&manifest, "x", &index, &error), -1);
    ck_assert_ptr_nonnull(strstr(error.message, "`grader tests` lists them"));
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    manifest_release(&manifest);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("manifest");
    TCase *all = tcase_create("manifest");
    tcase_add_test(all, good_manifest_is_read_whole);
    tcase_add_test(all, entries_are_found_by_id);
    tcase_add_test(all, unknown_test_is_answered_with_the_nearest);
    tcase_add_test(all, feedback_on_hidden_tests_is_chosen_or_kept_low);
    tcase_add_loop_test(all, mistake_is_named_with_its_place, 0,
                        (int)(sizeof mistakes / sizeof mistakes[0]));
    tcase_add_test(all, missing_file_is_the_callers_mistake);
    tcase_add_test(all, deeply_nested_json_is_refused);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
