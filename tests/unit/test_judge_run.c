/* The run of the judge, with scripts that stand in for it: one that does its work, and
 * the many ways to fail. */
#include "judge_run.h"
#include "run_tests.h"
#include "small_exercise.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Runs a shell script as the judge; its standard input as a subject is /dev/zero. */
static int run_script(const char *body,
                      uint64_t wall_ms,
                      char **text,
                      size_t *length,
                      struct error *error)
{
    char path[] = "/tmp/test_judge.XXXXXX";
    struct manifest manifest = {0};
    char symbol[] = "malloc";
    char *const symbols[] = {symbol};
    const int script = mkstemp(path);
    ck_assert_int_ge(script, 0);
    ck_assert_int_gt(dprintf(script, "#!/bin/sh\n%s\n", body), 0);
    ck_assert_int_eq(fchmod(script, 0700), 0);
    ck_assert_int_eq(close(script), 0);
    const int subject = open("/dev/zero", O_RDONLY | O_CLOEXEC);
    ck_assert_int_ge(subject, 0);
    small_manifest(&manifest);
    manifest.limits.run_wall_ms = wall_ms;
    const struct judge_spec spec = {.program = path,
                                    .subject = subject,
                                    .manifest = &manifest,
                                    .symbols = symbols,
                                    .symbol_count = 1,
                                    .test = "suite_a.first",
                                    .seed = "0123456789abcdef",
                                    .keeps_calls = true};
    const int status = judge_run(&spec, text, length, error);
    close(subject);
    manifest_release(&manifest);
    unlink(path);
    return status;
}

static void expect_output(const char *body, const char *expected)
{
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};
    ck_assert_msg(run_script(body, 10000, &text, &length, &error) == 0, "%s",
                  error.message);
    ck_assert_str_eq(text, expected);
    ck_assert_uint_eq(length, strlen(expected));
    free(text);
}

static void expect_failure(const char *body, uint64_t wall_ms, const char *said)
{
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};
    ck_assert_int_eq(run_script(body, wall_ms, &text, &length, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_GRADER);
    ck_assert_msg(strstr(error.message, said) != NULL, "\"%s\" does not say \"%s\"",
                  error.message, said);
    ck_assert_ptr_null(text);
}

START_TEST(results_come_back)
{
    expect_output("echo one >&4; echo two >&4", "one\ntwo\n");
}
END_TEST

START_TEST(command_line_is_as_agreed)
{
    expect_output("echo \"$*\" >&4",
                  "--subject-fd 3 --results-fd 4 --test-cpu-ms 17 --symbol malloc "
                  "--function f --function g --apart suite_a.first "
                  "--apart suite_b.third --seed 0123456789abcdef "
                  "--test suite_a.first --trace\n");
}
END_TEST

START_TEST(judge_has_two_descriptors_and_no_environment)
{
    /* ls itself has one more while it looks, and the shell one for its script. */
    expect_output(
        "unset PWD OLDPWD _; /usr/bin/env >&4\n"
        "for fd in 0 1 2 3 4; do test -e /proc/$$/fd/$fd && echo $fd >&4; done\n"
        "for fd in 5 6 7 8 9; do test -e /proc/$$/fd/$fd && echo $fd >&4; done\n"
        "exit 0",
        "0\n1\n2\n3\n4\n");
}
END_TEST

START_TEST(megabytes_come_back_whole)
{
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};
    ck_assert_int_eq(
        run_script("head -c 3000000 /dev/zero >&4", 10000, &text, &length, &error), 0);
    ck_assert_uint_eq(length, 3000000);
    free(text);
}
END_TEST

START_TEST(too_much_is_refused)
{
    expect_failure("head -c 9000000 /dev/zero >&4", 20000, "more than 8388608 bytes");
}
END_TEST

START_TEST(judge_that_dies_is_no_judge)
{
    expect_failure("echo '{\"end\": true}' >&4; kill -SEGV $$", 10000, "signal 11");
}
END_TEST

START_TEST(judge_that_fails_is_quoted)
{
    expect_failure("echo 'judge: out of luck' >&2; echo more >&2; exit 3", 10000,
                   "status 3, so there is no score: judge: out of luck");
}
END_TEST

START_TEST(judge_that_says_nothing_is_an_error)
{
    expect_failure("exit 0", 10000, "wrote nothing");
}
END_TEST

START_TEST(judge_that_hangs_is_stopped)
{
    expect_failure("echo one >&4; sleep 1000", 300, "did not end within 300 ms");
}
END_TEST

START_TEST(judge_that_cannot_be_started_is_an_error)
{
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};
    struct manifest manifest = {0};
    small_manifest(&manifest);
    const struct judge_spec spec = {
        .program = "/nonexistent", .subject = 0, .manifest = &manifest};
    ck_assert_int_eq(judge_run(&spec, &text, &length, &error), -1);
    ck_assert_ptr_nonnull(strstr(error.message, "could not be started"));
    manifest_release(&manifest);
}
END_TEST

START_TEST(what_the_judge_leaves_behind_is_killed)
{
    struct timespec begin;
    struct timespec end;
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};
    clock_gettime(CLOCK_MONOTONIC, &begin);
    ck_assert_msg(
        run_script("sleep 1000 & echo $! >&4", 60000, &text, &length, &error) == 0,
        "%s", error.message);
    clock_gettime(CLOCK_MONOTONIC, &end);
    /* It holds the streams open, and nobody waited for it. */
    ck_assert_int_lt((int)(end.tv_sec - begin.tv_sec), 30);
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/cmdline", strtol(text, NULL, 10));
    for (int i = 0; i < 1000 && access(path, F_OK) == 0; i++) {
        char command[16] = "";
        FILE *in = fopen(path, "re");
        const size_t got = in != NULL ? fread(command, 1, sizeof command, in) : 0;
        if (in != NULL) {
            fclose(in);
        }
        if (got == 0) {
            break; /* gone, or a zombie that waits for init */
        }
        ck_assert_int_lt(i, 999);
        usleep(10000);
    }
    free(text);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&results_come_back,
                                        &command_line_is_as_agreed,
                                        &judge_has_two_descriptors_and_no_environment,
                                        &megabytes_come_back_whole,
                                        &too_much_is_refused,
                                        &judge_that_dies_is_no_judge,
                                        &judge_that_fails_is_quoted,
                                        &judge_that_says_nothing_is_an_error,
                                        &judge_that_hangs_is_stopped,
                                        &judge_that_cannot_be_started_is_an_error,
                                        &what_the_judge_leaves_behind_is_killed};
    return run_tests("judge_run", tests, sizeof tests / sizeof tests[0]);
}
