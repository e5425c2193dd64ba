/* The report and the JSON under it. tests/cli checks it against its schema. */
#include "grade.h"
#include "json_write.h"
#include "report.h"
#include "run_tests.h"
#include "small_exercise.h"

#include <stdlib.h>
#include <string.h>

static char *report_of(const struct grading *grading)
{
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};
    ck_assert_int_eq(report_write(grading, &text, &length, &error), 0);
    ck_assert_uint_eq(strlen(text), length);
    return text;
}

static void expect_part(const char *report, const char *part)
{
    ck_assert_msg(strstr(report, part) != NULL, "no %s in:\n%s", part, report);
}

START_TEST(report_says_what_was_graded)
{
    struct grading grading;
    small_grading(&grading);
    char *report = report_of(&grading);
    expect_part(report, "{\n  \"schema\": \"fba-grader/report/1\",\n");
    expect_part(report, "\"file\": \"mine.c\"");
    expect_part(report, "\"seed\": \"0123456789abcdef\"");
    expect_part(report, "\"status\": \"graded\"");
    expect_part(report, "\"score\": {\n    \"points\": 2,\n    \"max\": 7\n  }");
    expect_part(report, "\"compiler\": \"gcc 12\"");
    expect_part(report, "\"-fsanitize=undefined\"");
    ck_assert_int_eq(report[strlen(report) - 1], '\n');
    free(report);
    grading_release(&grading);
}
END_TEST

START_TEST(report_says_how_each_test_went)
{
    struct grading grading;
    small_grading(&grading);
    char *report = report_of(&grading);
    expect_part(report,
                "\"status\": \"crash\",\n      \"points\": 0,\n      \"max\": 4");
    expect_part(report, "\"expected\": \"a block\"");
    expect_part(report, "\"alloc(8, align 1) -> buffer+0\",\n        \"  inner(8)\"");
    expect_part(report, "\"calls_omitted\": 3");
    expect_part(report, "\"location\": {\n        \"file\": \"fba.c\",\n        "
                        "\"line\": 12,\n        \"column\": 5,\n        "
                        "\"function\": null\n      }");
    expect_part(report, "\"visibility\": \"after_due_date\"");
    free(report);
    grading_release(&grading);
}
END_TEST

START_TEST(same_grading_gives_the_same_bytes)
{
    struct grading one;
    struct grading other;
    small_grading(&one);
    small_grading(&other);
    /* What belongs to the run must not show. */
    other.times.total_ms = 5;
    other.build.timings.compile_ms = 7;
    char *a = report_of(&one);
    char *b = report_of(&other);
    ck_assert_str_eq(a, b);
    free(a);
    free(b);
    grading_release(&one);
    grading_release(&other);
}
END_TEST

START_TEST(submission_that_was_not_compiled_has_no_flags)
{
    struct grading grading;
    small_grading(&grading);
    free(grading.build.compiler);
    grading.build.compiler = NULL;
    grading.build.status = BUILD_REJECTED;
    grading.build.sha256[0] = '\0';
    char *report = report_of(&grading);
    expect_part(report, "\"compiler\": null,\n    \"flags\": []");
    expect_part(report, "\"status\": \"rejected\"");
    expect_part(report, "\"sha256\": null");
    free(report);
    grading_release(&grading);
}
END_TEST

/* The JSON of one text. */
static char *json_of(const char *text)
{
    char *bytes = NULL;
    size_t size = 0;
    struct json_writer json;
    FILE *out = open_memstream(&bytes, &size);
    ck_assert_ptr_nonnull(out);
    json_writer_init(&json, out);
    json_open_array(&json, NULL);
    json_write_text(&json, NULL, text);
    json_close_array(&json);
    ck_assert_int_eq(fclose(out), 0);
    return bytes;
}

START_TEST(text_is_always_valid_json)
{
    static const struct {
        const char *text;
        const char *json;
    } cases[] = {
        {"plain", "[\n  \"plain\"\n]\n"},
        {"a\"b\\c", "[\n  \"a\\\"b\\\\c\"\n]\n"},
        {"\n\t\x1b\x7f", "[\n  \"\\n\\u0009\\u001b\\u007f\"\n]\n"},
        {"\u00e9\u20ac\U0001f600", "[\n  \"\u00e9\u20ac\U0001f600\"\n]\n"},
        {"a\xff"
         "b",
         "[\n  \"a\ufffd"
         "b\"\n]\n"},
        {"\xc3", "[\n  \"\ufffd\"\n]\n"},                     /* cut off */
        {"\xed\xa0\x80", "[\n  \"\ufffd\ufffd\ufffd\"\n]\n"}, /* a surrogate */
        {"\xc0\x80", "[\n  \"\ufffd\ufffd\"\n]\n"},           /* too long a form */
        {"\xf4\x90\x80\x80", "[\n  \"\ufffd\ufffd\ufffd\ufffd\"\n]\n"}, /* too large */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *json = json_of(cases[i].text);
        ck_assert_str_eq(json, cases[i].json);
        free(json);
    }
}
END_TEST

START_TEST(empty_objects_and_arrays_are_short)
{
    char *bytes = NULL;
    size_t size = 0;
    struct json_writer json;
    FILE *out = open_memstream(&bytes, &size);
    ck_assert_ptr_nonnull(out);
    json_writer_init(&json, out);
    json_open_object(&json, NULL);
    json_open_object(&json, "o");
    json_close_object(&json);
    json_open_array(&json, "a");
    json_close_array(&json);
    json_write_number(&json, "n", UINT64_MAX);
    json_write_bool(&json, "b", false);
    json_close_object(&json);
    ck_assert_int_eq(fclose(out), 0);
    ck_assert_str_eq(bytes, "{\n  \"o\": {},\n  \"a\": [],\n"
                            "  \"n\": 18446744073709551615,\n  \"b\": false\n}\n");
    free(bytes);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&report_says_what_was_graded,
                                        &report_says_how_each_test_went,
                                        &same_grading_gives_the_same_bytes,
                                        &submission_that_was_not_compiled_has_no_flags,
                                        &text_is_always_valid_json,
                                        &empty_objects_and_arrays_are_short};
    return run_tests("report", tests, sizeof tests / sizeof tests[0]);
}
