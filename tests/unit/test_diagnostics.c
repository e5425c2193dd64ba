/* diagnostics: the list of messages, cleaned and capped. */
#include "diagnostics.h"
#include "run_tests.h"

#include <string.h>

static void add(struct build *build,
                enum diagnostic_severity severity,
                const char *message)
{
    struct error error = {0};
    ck_assert_int_eq(diagnostics_say(build, "compile", severity, &error, "%s", message),
                     0);
}

static void expect_messages(const struct build *build,
                            const char *const *messages,
                            size_t count)
{
    ck_assert_uint_eq(build->diagnostic_count, count);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(build->diagnostics[i].message, messages[i]);
    }
}

START_TEST(rejection_is_an_error_with_its_phase)
{
    struct build build;
    struct error error = {0};
    build_init(&build);
    ck_assert_int_eq(diagnostics_reject(&build, "audit", &error, "no %s", "luck"), 0);
    ck_assert_int_eq(build.status, BUILD_REJECTED);
    ck_assert_uint_eq(build.diagnostic_count, 1);
    ck_assert_str_eq(build.diagnostics[0].phase, "audit");
    ck_assert_str_eq(build.diagnostics[0].message, "no luck");
    ck_assert_int_eq(build.diagnostics[0].severity, DIAGNOSTIC_ERROR);
    build_release(&build);
}
END_TEST

START_TEST(every_text_is_cleaned)
{
    struct build build;
    struct error error = {0};
    char message[] = "a\x1b[2J";
    char file[] = "f\x07.c";
    char option[] = "-W\xff";
    char source[] = "\tint\x0cx;";
    const struct diagnostic model = {.phase = "compile",
                                     .message = message,
                                     .file = file,
                                     .option = option,
                                     .source = source,
                                     .line = 1,
                                     .column = 2};
    build_init(&build);
    ck_assert_int_eq(diagnostics_add(&build, &model, &error), 0);
    ck_assert_str_eq(build.diagnostics[0].message, "a?[2J");
    ck_assert_str_eq(build.diagnostics[0].file, "f?.c");
    ck_assert_str_eq(build.diagnostics[0].option, "-W?");
    ck_assert_str_eq(build.diagnostics[0].source, " int?x;");
    build_release(&build);
}
END_TEST

START_TEST(long_message_is_cut)
{
    struct build build;
    struct error error = {0};
    char message[5000];
    memset(message, 'x', sizeof message - 1);
    message[sizeof message - 1] = '\0';
    const struct diagnostic model = {.phase = "compile", .message = message};
    build_init(&build);
    ck_assert_int_eq(diagnostics_add(&build, &model, &error), 0);
    const size_t length = strlen(build.diagnostics[0].message);
    ck_assert_uint_lt(length, 1100);
    ck_assert_str_eq(build.diagnostics[0].message + length - 4, "x...");
    build_release(&build);
}
END_TEST

START_TEST(caret_stays_on_the_line)
{
    struct build build;
    struct error error = {0};
    char message[] = "m";
    char source[] = "int x;";
    struct diagnostic model = {.phase = "compile",
                               .message = message,
                               .source = source,
                               .column = 5,
                               .caret_start = 9,
                               .caret_end = 900};
    build_init(&build);
    ck_assert_int_eq(diagnostics_add(&build, &model, &error), 0);
    ck_assert_int_eq(build.diagnostics[0].caret_start, 5);
    ck_assert_int_eq(build.diagnostics[0].caret_end, 6);
    model.column = 7;
    ck_assert_int_eq(diagnostics_add(&build, &model, &error), 0);
    ck_assert_int_eq(build.diagnostics[1].caret_start, 0);
    ck_assert_int_eq(build.diagnostics[1].caret_end, 0);
    build_release(&build);
}
END_TEST

START_TEST(cap_keeps_errors_before_warnings)
{
    static const char *const kept[] = {"w1", "n1", "e1", "e2"};
    struct build build;
    const struct manifest_limits limits = {.diagnostics_count = 4,
                                           .diagnostics_bytes = 1000};
    build_init(&build);
    add(&build, DIAGNOSTIC_WARNING, "w1");
    add(&build, DIAGNOSTIC_NOTE, "n1");
    add(&build, DIAGNOSTIC_WARNING, "w2");
    add(&build, DIAGNOSTIC_NOTE, "n2");
    add(&build, DIAGNOSTIC_ERROR, "e1");
    add(&build, DIAGNOSTIC_ERROR, "e2");
    diagnostics_cap(&build, &limits);
    expect_messages(&build, kept, 4);
    ck_assert(build.diagnostics_truncated);
    build_release(&build);
}
END_TEST

START_TEST(note_goes_with_the_message_it_explains)
{
    static const char *const kept[] = {"e1"};
    struct build build;
    const struct manifest_limits limits = {.diagnostics_count = 10,
                                           .diagnostics_bytes = 4};
    build_init(&build);
    add(&build, DIAGNOSTIC_WARNING, "a long one");
    add(&build, DIAGNOSTIC_NOTE, "n");
    add(&build, DIAGNOSTIC_ERROR, "e1");
    diagnostics_cap(&build, &limits);
    expect_messages(&build, kept, 1);
    build_release(&build);
}
END_TEST

START_TEST(list_within_its_limits_is_left_alone)
{
    static const char *const kept[] = {"w1", "e1"};
    struct build build;
    const struct manifest_limits limits = {.diagnostics_count = 2,
                                           .diagnostics_bytes = 4};
    build_init(&build);
    add(&build, DIAGNOSTIC_WARNING, "w1");
    add(&build, DIAGNOSTIC_ERROR, "e1");
    diagnostics_cap(&build, &limits);
    expect_messages(&build, kept, 2);
    ck_assert(!build.diagnostics_truncated);
    build_release(&build);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &rejection_is_an_error_with_its_phase,
        &every_text_is_cleaned,
        &long_message_is_cut,
        &caret_stays_on_the_line,
        &cap_keeps_errors_before_warnings,
        &note_goes_with_the_message_it_explains,
        &list_within_its_limits_is_left_alone,
    };
    return run_tests("diagnostics", tests, sizeof(tests) / sizeof(tests[0]));
}
