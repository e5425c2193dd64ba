/* The formats: what tests/formats cannot see in the corpora. */
#include "format.h"
#include "json_write.h"
#include "run_tests.h"
#include "sample_report.h"
#include "small_exercise.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const char *no_environment(const char *name)
{
    (void)name;
    return NULL;
}

static const char *environment(const char *name)
{
    return strcmp(name, "SUBMISSION_TAG") == 0
               ? "submit/2026-06-01T14-32-05Z-a1b2c3d"
               : (strcmp(name, "REVIEW_URL") == 0 ? NULL : "given");
}

/* The sample in which `to` stands for `from`, in a format. */
static char *written(const char *name, const char *from, const char *to)
{
    const struct format *format = NULL;
    struct report report = {0};
    struct error error = {0};
    char *sample = sample_text();
    char *changed = replaced(sample, from, to);
    char *text = NULL;
    size_t length = 0;
    ck_assert_int_eq(report_read("r.json", changed, strlen(changed), &report, &error),
                     0);
    ck_assert_int_eq(format_find(name, &format, &error), 0);
    ck_assert_msg(format_write(format, &report, environment, &text, &length, &error) ==
                      0,
                  "%s", error.message);
    ck_assert_uint_eq(strlen(text), length);
    report_release(&report);
    free(changed);
    free(sample);
    return text;
}

static void expect(const char *format,
                   const char *from,
                   const char *to,
                   const char *part)
{
    char *text = written(format, from, to);
    ck_assert_msg(strstr(text, part) != NULL, "no %s in:\n%.2000s", part, text);
    free(text);
}

static void expect_fraction(int points, int max, const char *expected)
{
    char *text = NULL;
    size_t length = 0;
    struct json_writer json;
    FILE *out = open_memstream(&text, &length);
    ck_assert_ptr_nonnull(out);
    json_writer_init(&json, out);
    json_write_fraction(&json, NULL, points, max);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_str_eq(text, expected);
    free(text);
}

START_TEST(fraction_is_whole_only_where_the_points_are)
{
    expect_fraction(0, 7, "0");
    expect_fraction(7, 7, "1");
    expect_fraction(1, 2, "0.5");
    expect_fraction(2, 3, "0.666667");
    expect_fraction(93, 100, "0.93");
    expect_fraction(9999999, 10000000, "0.999999");
    expect_fraction(1, 10000000, "0.000001");
}
END_TEST

START_TEST(unknown_format_is_answered_with_the_nearest)
{
    const struct format *format = NULL;
    struct error error = {0};
    ck_assert_int_eq(format_find("gradscope", &format, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "gradescope"));
}
END_TEST

START_TEST(native_gives_back_what_was_read)
{
    char *sample = sample_text();
    char *text = written("native", "mine.c", "mine.c");
    ck_assert_str_eq(text, sample);
    free(text);
    free(sample);
}
END_TEST

START_TEST(hidden_tests_are_hidden_where_the_platform_can)
{
    expect("gradescope", "mine.c", "mine.c", "\"visibility\": \"after_due_date\"");
    expect("gradescope", "mine.c", "mine.c", "\"visibility\": \"hidden\"");
    /* The row of a hidden test ends with a 1, that of a visible one with a 0. */
    expect("coderunner", "mine.c", "mine.c", "2/2\",\n      \"<pre></pre>\",\n      0");
    expect("coderunner", "mine.c", "mine.c", "&quot;One&quot;</pre>\",\n      1");
}
END_TEST

/* What stands above the tests is for students; behind it the entry for instructors. */
static void expect_told_to_instructors_only(const char *format, const char *entry)
{
    char *text = written(format, "mine.c", "mine.c");
    char *rest = strstr(text, entry);
    ck_assert_msg(rest != NULL, "no %s in:\n%.2000s", entry, text);
    ck_assert_ptr_nonnull(strstr(rest, "a finding for the instructor"));
    ck_assert_ptr_nonnull(strstr(rest, "It wrote to NULL."));
    char *tests = strstr(text, "\"testresults\"");
    *(tests != NULL ? tests : strstr(text, "\"tests\"")) = '\0';
    ck_assert_ptr_nonnull(strstr(text, "seen elsewhere"));
    ck_assert_ptr_null(strstr(text, "It wrote to NULL."));
    for (size_t i = 0; sample_secrets[i] != NULL; i++) {
        ck_assert_msg(strstr(text, sample_secrets[i]) == NULL, "%s says %s", format,
                      sample_secrets[i]);
    }
    free(text);
}

START_TEST(what_all_students_see_tells_of_no_hidden_test)
{
    char *text = written("gradescope", "\"visibility\": \"hidden\"",
                         "\"visibility\": \"visible\"");
    expect_told_to_instructors_only("gradescope", "\"For instructors: ");
    expect_told_to_instructors_only("coderunner", "\"instructorhtml\"");
    /* An entry that is hidden for good would hide the total where nothing else does. */
    ck_assert_ptr_null(strstr(text, "For instructors"));
    free(text);
}
END_TEST

START_TEST(picture_is_shown_where_the_platform_can)
{
    expect("prairielearn", "mine.c", "mine.c", "data:image/svg+xml;base64,PHN2Zy");
    expect("gradescope", "mine.c", "mine.c", "data:image/svg+xml;base64,PHN2Zy");
    /* A hidden test's is no file of the page, which could be asked for by its name. */
    expect("coderunner", "mine.c", "mine.c", "\"files\": {},");
    expect("coderunner", "\"visibility\": \"hidden\"", "\"visibility\": \"visible\"",
           "\"buffer-2.svg\": \"PHN2Zy");
}
END_TEST

START_TEST(text_of_a_submission_is_only_text)
{
    expect("csv", "mine.c", "=cmd", "\"'=cmd\"");
    expect("github-classroom", "It wrote to NULL.", "\\n::notice::9/9",
           "\\n: notice: 9/9");
    expect("junit", "It wrote to NULL.", "]]><a>\xEF\xBF\xBF\\\"&",
           "]]&gt;&lt;a&gt;\xEF\xBF\xBD&quot;&amp;");
    expect("tap", "the third", "the third # SKIP", "not ok 3 - the third \\# SKIP\n");
    expect("tap", "It wrote to NULL.", "a\\nok 9 - b", "message: \"a\\nok 9 - b");
    expect("coderunner", "It wrote to NULL.", "<script>", "<pre>&lt;script&gt;");
    expect("autolab", "It wrote to NULL.", "a: b",
           "\n{\"scores\": {\"suite_a\": 2,\"suite_b\": 0},\"scoreboard\": [2]}\n");
}
END_TEST

START_TEST(test_of_several_points_is_as_many_entries)
{
    char *text = written("github-classroom", "mine.c", "mine.c");
    size_t entries = 0;
    for (const char *at = text; (at = strstr(at, "\"line_no\"")) != NULL; at++) {
        entries++;
    }
    ck_assert_uint_eq(entries, 7);
    free(text);
}
END_TEST

START_TEST(what_was_not_built_is_not_gradable)
{
    struct report report = {0};
    struct error error = {0};
    sample_report(&report);
    ck_assert(cJSON_ReplaceItemInObjectCaseSensitive(
        report.root, "status", cJSON_CreateString("compile_error")));
    ck_assert_int_eq(report_reread("r.json", &report, &error), 0);
    ck_assert_int_eq((int)report.status, REPORT_COMPILE_ERROR);
    static const char *const said[][2] = {{"prairielearn", "\"gradable\": false"},
                                          {"exercism", "\"status\": \"error\""},
                                          {"tap", "Bail out! mine.c does not compile"},
                                          {"check50", "\"passed\": null"},
                                          {"github-classroom", "\"status\": \"error\""},
                                          {"gradescope", "mine.c does not compile"},
                                          {"coderunner", "mine.c does not compile"}};
    for (size_t i = 0; i < sizeof said / sizeof said[0]; i++) {
        const struct format *format = NULL;
        char *text = NULL;
        size_t length = 0;
        ck_assert_int_eq(format_find(said[i][0], &format, &error), 0);
        ck_assert_int_eq(
            format_write(format, &report, no_environment, &text, &length, &error), 0);
        ck_assert_msg(strstr(text, said[i][1]) != NULL, "%s: no %s in:\n%s", said[i][0],
                      said[i][1], text);
        free(text);
    }
    report_release(&report);
}
END_TEST

START_TEST(classroom50_asks_its_runner)
{
    const struct format *format = NULL;
    struct report report = {0};
    struct error error = {0};
    char *text = NULL;
    size_t length = 0;
    expect("classroom50", "mine.c", "mine.c", "\"datetime\": \"2026-06-01T14:32:05Z\"");
    expect("classroom50", "mine.c", "mine.c", "\"review\": \"given\"");
    sample_report(&report);
    ck_assert_int_eq(format_find("classroom50", &format, &error), 0);
    ck_assert_int_eq(
        format_write(format, &report, no_environment, &text, &length, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "CLASSROOM"));
    report_release(&report);
}
END_TEST

START_TEST(large_report_is_cut_to_what_the_platform_takes)
{
    enum {
        MESSAGE_BYTES = 3 << 20
    };
    char *message = malloc(MESSAGE_BYTES + 1);
    ck_assert_ptr_nonnull(message);
    memset(message, 'm', MESSAGE_BYTES);
    message[MESSAGE_BYTES] = '\0';
    expect("prairielearn", "It wrote to NULL.", message, "[cut: 16384 of 31");
    free(message);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &fraction_is_whole_only_where_the_points_are,
        &unknown_format_is_answered_with_the_nearest,
        &native_gives_back_what_was_read,
        &hidden_tests_are_hidden_where_the_platform_can,
        &what_all_students_see_tells_of_no_hidden_test,
        &picture_is_shown_where_the_platform_can,
        &text_of_a_submission_is_only_text,
        &test_of_several_points_is_as_many_entries,
        &what_was_not_built_is_not_gradable,
        &classroom50_asks_its_runner,
        &large_report_is_cut_to_what_the_platform_takes};
    return run_tests("format", tests, sizeof tests / sizeof tests[0]);
}
