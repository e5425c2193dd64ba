/* The command line: what is understood, and one clear sentence for what is not. */
#include "options.h"
#include "run_tests.h"

#include <string.h>

enum {
    WORDS_MAX = 20
};

/* Splits a line at its spaces and reads it. `line` is changed. */
static int read_line(char *line, struct options *options, struct error *error)
{
    char *words[WORDS_MAX] = {0};
    int count = 0;
    for (char *word = strtok(line, " "); word != NULL; word = strtok(NULL, " ")) {
        ck_assert_int_lt(count, WORDS_MAX - 1);
        words[count++] = word;
    }
    return options_read(count, words, options, error);
}

START_TEST(grade_with_everything)
{
    struct options options;
    struct error error = {0};
    char line[] = "grader grade --exercise dir --report=r.json mine.c --seed 0x10 "
                  "--fail-under 50 --run-info - --quiet";
    ck_assert_msg(read_line(line, &options, &error) == 0, "%s", error.message);
    ck_assert_int_eq((int)options.command, COMMAND_GRADE);
    ck_assert_str_eq(options.argument, "mine.c");
    ck_assert_str_eq(options.exercise, "dir");
    ck_assert_str_eq(options.report, "r.json");
    ck_assert_str_eq(options.run_info, "-");
    ck_assert(options.has_seed);
    ck_assert_uint_eq(options.seed, 16);
    ck_assert(options.has_fail_under);
    ck_assert_uint_eq(options.fail_under, 50);
    ck_assert(options.is_quiet);
    ck_assert(!options.is_traced);
    ck_assert_ptr_null(options.test);
}
END_TEST

START_TEST(file_behind_two_dashes_may_look_like_an_option)
{
    struct options options;
    struct error error = {0};
    char line[] = "grader grade -- --quiet";
    ck_assert_int_eq(read_line(line, &options, &error), 0);
    ck_assert_str_eq(options.argument, "--quiet");
    ck_assert(!options.is_quiet);
}
END_TEST

START_TEST(help_and_version_are_understood)
{
    struct options options;
    struct error error = {0};
    char help[] = "grader --help";
    char version[] = "grader --version";
    char topic[] = "grader explain --help";
    ck_assert_int_eq(read_line(help, &options, &error), 0);
    ck_assert_int_eq((int)options.command, COMMAND_HELP);
    ck_assert_int_eq(read_line(version, &options, &error), 0);
    ck_assert_int_eq((int)options.command, COMMAND_VERSION);
    ck_assert_int_eq(read_line(topic, &options, &error), 0);
    ck_assert_int_eq((int)options.command, COMMAND_HELP);
    ck_assert_int_eq((int)options.topic, COMMAND_EXPLAIN);
}
END_TEST

static const struct {
    const char *line;
    const char *said;
} refused[] = {
    {"grader", "grader grade FILE"},
    {"grader grad x.c", "did you mean `grader grade`"},
    {"grader frobnicate", "`grader --help` lists them"},
    {"grader grade", "needs a FILE"},
    {"grader explain", "needs a CLAUSE"},
    {"grader grade a.c b.c", "\"a.c\" and \"b.c\""},
    {"grader tests extra", "\"extra\" is one too many"},
    {"grader grade a.c --quite", "did you mean --quiet?"},
    {"grader grade a.c --zebra", "no option --zebra"},
    {"grader grade a.c -q", "no option -q"},
    {"grader tests --report x", "no option --report"},
    {"grader grade a.c --report", "--report needs a value"},
    {"grader grade a.c --quiet=yes", "takes no value"},
    {"grader grade a.c --seed x", "\"x\" is none"},
    {"grader grade a.c --seed -1", "\"-1\" is none"},
    {"grader grade a.c --seed 99999999999999999999", "is none"},
    {"grader grade a.c --fail-under 1.5", "\"1.5\" is none"},
    {"grader grade a.c --trace", "--test ID"},
    {"grader grade a.c --test x --report -", "leave out one"},
    {"grader grade a.c --test x --fail-under 3", "leave out one"},
};

START_TEST(mistake_is_named_with_its_remedy)
{
    struct options options;
    struct error error = {0};
    char line[100];
    snprintf(line, sizeof line, "%s", refused[_i].line);
    ck_assert_int_eq(read_line(line, &options, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_msg(strstr(error.message, refused[_i].said) != NULL,
                  "\"%s\" does not say \"%s\"", error.message, refused[_i].said);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("options");
    TCase *all = tcase_create("options");
    tcase_add_test(all, grade_with_everything);
    tcase_add_test(all, file_behind_two_dashes_may_look_like_an_option);
    tcase_add_test(all, help_and_version_are_understood);
    tcase_add_loop_test(all, mistake_is_named_with_its_remedy, 0,
                        (int)(sizeof refused / sizeof refused[0]));
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
