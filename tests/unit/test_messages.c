/* messages: a compiler's output, which a student can shape, made into diagnostics. */
#include "build_bench.h"
#include "diagnostics.h"
#include "messages.h"
#include "run_tests.h"

#include <stdio.h>
#include <string.h>

static const char SOURCE[] = "int one;\r\nint two = three;\n\nint four";

/* Reads `output` as the messages about SOURCE. */
static struct build read_messages(const char *output)
{
    struct build build;
    struct error error = {0};
    struct text source = bench_text(SOURCE);
    struct text text = bench_text(output);
    const struct message_source lines = {"fba.c", &source};
    build_init(&build);
    ck_assert_int_eq(messages_read(&build, &text, &lines, &error), 0);
    text_release(&source);
    text_release(&text);
    return build;
}

#define CARET(file, line, column)                                                      \
    "{\"caret\": {\"file\": \"" file "\", \"line\": " line                             \
    ", \"byte-column\": " column ", \"column\": 99}, \"finish\": {\"line\": " line     \
    ", \"byte-column\": 15}}"

START_TEST(gcc_message_keeps_its_place_and_option)
{
    struct build build = read_messages(
        "[{\"kind\": \"warning\", \"message\": \"odd\", \"option\": \"-Wodd\", "
        "\"locations\": [" CARET("fba.c", "2", "11") "], \"children\": []}]\n");
    ck_assert_uint_eq(build.diagnostic_count, 1);
    const struct diagnostic *first = &build.diagnostics[0];
    ck_assert_str_eq(first->phase, "compile");
    ck_assert_int_eq(first->severity, DIAGNOSTIC_WARNING);
    ck_assert_str_eq(first->message, "odd");
    ck_assert_str_eq(first->option, "-Wodd");
    ck_assert_str_eq(first->file, "fba.c");
    ck_assert_int_eq(first->line, 2);
    ck_assert_int_eq(first->column, 11);
    ck_assert_int_eq(first->caret_end, 15);
    ck_assert_str_eq(first->source, "int two = three;");
    ck_assert(!build.diagnostics_truncated);
    build_release(&build);
}
END_TEST

START_TEST(notes_follow_the_message_they_belong_to)
{
    struct build build = read_messages(
        "[{\"kind\": \"error\", \"message\": \"a\", \"locations\": [], \"children\": "
        "[{\"kind\": \"note\", \"message\": \"b\", \"locations\": []}]}, "
        "{\"kind\": \"fatal error\", \"message\": \"c\", \"locations\": []}]\n");
    ck_assert_uint_eq(build.diagnostic_count, 3);
    ck_assert_int_eq(build.diagnostics[0].severity, DIAGNOSTIC_ERROR);
    ck_assert_int_eq(build.diagnostics[1].severity, DIAGNOSTIC_NOTE);
    ck_assert_str_eq(build.diagnostics[1].message, "b");
    ck_assert_int_eq(build.diagnostics[2].severity, DIAGNOSTIC_ERROR);
    build_release(&build);
}
END_TEST

START_TEST(line_of_another_file_is_not_taken_from_the_source)
{
    struct build build = read_messages(
        "[{\"kind\": \"error\", \"message\": \"a\", \"locations\": [" CARET(
            "/etc/passwd", "1", "1") "]}, {\"kind\": \"error\", \"message\": \"b\", "
                                     "\"locations\": [" CARET("fba.c", "900",
                                                              "1") "]}]\n");
    ck_assert_str_eq(build.diagnostics[0].file, "passwd");
    ck_assert_ptr_null(build.diagnostics[0].source);
    ck_assert_ptr_null(build.diagnostics[1].source);
    build_release(&build);
}
END_TEST

START_TEST(last_line_without_newline_and_line_with_return_are_shown)
{
    struct build build = read_messages("fba.c:1:5: error: a\nfba.c:4:1: error: b\n");
    ck_assert_str_eq(build.diagnostics[0].source, "int one;");
    ck_assert_str_eq(build.diagnostics[1].source, "int four");
    build_release(&build);
}
END_TEST

START_TEST(classic_line_is_understood)
{
    struct build build = read_messages("fba.c: In function 'f':\n"
                                       "fba.c:2:5: warning: a: b [-Wx]\n"
                                       "  int two = three;\n"
                                       "compilation terminated.\n");
    ck_assert_uint_eq(build.diagnostic_count, 1);
    ck_assert_str_eq(build.diagnostics[0].message, "a: b [-Wx]");
    ck_assert_int_eq(build.diagnostics[0].column, 5);
    ck_assert_int_eq(build.diagnostics[0].severity, DIAGNOSTIC_WARNING);
    build_release(&build);
}
END_TEST

START_TEST(assembler_message_has_a_place_only_in_the_source)
{
    struct build build = read_messages("fba.c: Assembler messages:\n"
                                       "fba.c:2: Error: no such instruction: `foo'\n"
                                       "/tmp/ccX.s:7: Warning: strange\n"
                                       "{standard input}:9: Error: odd\n");
    ck_assert_uint_eq(build.diagnostic_count, 3);
    ck_assert_int_eq(build.diagnostics[0].line, 2);
    ck_assert_str_eq(build.diagnostics[0].source, "int two = three;");
    ck_assert_ptr_null(build.diagnostics[1].file);
    ck_assert_int_eq(build.diagnostics[1].line, 0);
    ck_assert_ptr_null(build.diagnostics[2].file);
    build_release(&build);
}
END_TEST

static void expect_message(const char *raw, const char *shown)
{
    char output[600];
    snprintf(output, sizeof output, "fba.c:1:1: error: %s\n", raw);
    struct build build = read_messages(output);
    ck_assert_uint_eq(build.diagnostic_count, 1);
    ck_assert_str_eq(build.diagnostics[0].message, shown);
    build_release(&build);
}

START_TEST(directories_do_not_show)
{
    expect_message("/tmp/grader-x/fba.h: No such file", "fba.h: No such file");
    expect_message("in '/usr/lib/a/b.h' or \"/x/y\"", "in 'b.h' or \"y\"");
    expect_message("cannot open \xe2\x80\x98/a/b\xe2\x80\x99",
                   "cannot open \xe2\x80\x98"
                   "b\xe2\x80\x99");
    expect_message("expected '/' before '/*'", "expected '/' before '/*'");
    expect_message("a/b and 1 / 2", "a/b and 1 / 2");
    expect_message("/a/", "/a/");
    expect_message("/", "/");
}
END_TEST

START_TEST(broken_message_loses_no_other)
{
    struct build build = read_messages("[{\"kind\": \"error\", \"message\": \"a\"}, "
                                       "{\"kind\": \"error\", \"message\": "
                                       "tru}, {\"kind\": 5, \"message\": []}, "
                                       "{\"kind\": \"error\", \"message\": \"b\", "
                                       "\"locations\": [{\"caret\": {\"line\": -1e99, "
                                       "\"file\": 3}}]}, {\"kind\": \"er");
    ck_assert_uint_eq(build.diagnostic_count, 2);
    ck_assert_str_eq(build.diagnostics[0].message, "a");
    ck_assert_str_eq(build.diagnostics[1].message, "b");
    ck_assert_int_eq(build.diagnostics[1].line, 0);
    ck_assert(build.diagnostics_truncated);
    build_release(&build);
}
END_TEST

START_TEST(braces_and_quotes_in_a_message_do_not_confuse)
{
    struct build build = read_messages(
        "[{\"kind\": \"error\", \"message\": \"}]{[\\\"\\\\\"}, {\"kind\": \"error\", "
        "\"message\": \"b\"}]\n");
    ck_assert_uint_eq(build.diagnostic_count, 2);
    ck_assert_str_eq(build.diagnostics[0].message, "}]{[\"\\");
    build_release(&build);
}
END_TEST

START_TEST(deep_nesting_is_refused)
{
    static char output[100000];
    memset(output, '{', sizeof output - 1);
    output[0] = '[';
    struct build build = read_messages(output);
    ck_assert_uint_eq(build.diagnostic_count, 0);
    ck_assert(build.diagnostics_truncated);
    build_release(&build);

    memset(output, '[', 50000);
    memset(output + 50000, ']', 40000);
    memcpy(output, "[{\"a\":", 6);
    memcpy(output + 90000, "}]\n", 4);
    build = read_messages(output);
    ck_assert_uint_eq(build.diagnostic_count, 0);
    ck_assert(build.diagnostics_truncated);
    build_release(&build);
}
END_TEST

START_TEST(flood_is_read_to_a_limit)
{
    struct text output = {0};
    struct text source = bench_text(SOURCE);
    struct build build;
    struct error error = {0};
    const struct message_source lines = {"fba.c", &source};
    for (int i = 0; i < 20000; i++) {
        ck_assert(text_append(&output, "fba.c:1:1: error: no\n", 21));
    }
    build_init(&build);
    ck_assert_int_eq(messages_read(&build, &output, &lines, &error), 0);
    ck_assert_uint_le(build.diagnostic_count, 1000);
    ck_assert(build.diagnostics_truncated);
    build_release(&build);
    text_release(&output);
    text_release(&source);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &gcc_message_keeps_its_place_and_option,
        &notes_follow_the_message_they_belong_to,
        &line_of_another_file_is_not_taken_from_the_source,
        &last_line_without_newline_and_line_with_return_are_shown,
        &classic_line_is_understood,
        &assembler_message_has_a_place_only_in_the_source,
        &directories_do_not_show,
        &broken_message_loses_no_other,
        &braces_and_quotes_in_a_message_do_not_confuse,
        &deep_nesting_is_refused,
        &flood_is_read_to_a_limit,
    };
    return run_tests("messages", tests, sizeof(tests) / sizeof(tests[0]));
}
