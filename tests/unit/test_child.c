/* child: processes with limits, from their start to the end of their whole group. */
#include "child.h"
#include "run_tests.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const environment[] = {"PATH=/usr/bin:/bin", "LC_ALL=C", NULL};

struct bench {
    const char *arguments[4];
    struct child_spec spec;
    struct child child;
    struct error error;
};

/* A shell that runs `script` under limits nothing honest meets. */
static void bench_open(struct bench *bench, const char *script)
{
    *bench = (struct bench){.arguments = {"sh", "-c", script, NULL}};
    bench->spec = (struct child_spec){
        .name = "the script",
        .program = "/bin/sh",
        .arguments = bench->arguments,
        .environment = environment,
        .policy = {.limits = {10000, 30000, 1024u * 1024 * 1024, 1024 * 1024},
                   .descriptors = 64,
                   .may_fork = true,
                   .directory = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC)},
        .output_bytes = 1000,
    };
}

static int bench_run(struct bench *bench)
{
    if (child_start(&bench->spec, &bench->child, &bench->error) != 0) {
        return -1;
    }
    return child_finish(&bench->child, 1, &bench->error);
}

static void bench_close(struct bench *bench)
{
    child_release(&bench->child);
    close(bench->spec.policy.directory);
}

static const char *output(const struct bench *bench, enum child_stream_name name)
{
    const char *bytes = bench->child.streams[name].text.bytes;
    return bytes == NULL ? "" : bytes;
}

static void expect_output(const char *script, const char *expected)
{
    struct bench bench;
    bench_open(&bench, script);
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_str_eq(output(&bench, CHILD_OUT), expected);
    bench_close(&bench);
}

START_TEST(status_and_both_streams_come_back)
{
    struct bench bench;
    bench_open(&bench, "echo out; echo err >&2; exit 7");
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.end, CHILD_EXITED);
    ck_assert_int_eq(bench.child.status, 7);
    ck_assert_str_eq(output(&bench, CHILD_OUT), "out\n");
    ck_assert_str_eq(output(&bench, CHILD_ERR), "err\n");
    bench_close(&bench);
}
END_TEST

START_TEST(death_by_signal_is_told)
{
    struct bench bench;
    bench_open(&bench, "kill -SEGV $$");
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.end, CHILD_SIGNALLED);
    ck_assert_int_eq(bench.child.status, SIGSEGV);
    bench_close(&bench);
}
END_TEST

START_TEST(environment_is_the_given_one)
{
    struct bench bench;
    bench_open(&bench, "");
    bench.spec.program = "/usr/bin/env";
    bench.arguments[1] = NULL;
    ck_assert_int_eq(setenv("CPATH", "/secret", 1), 0);
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_str_eq(output(&bench, CHILD_OUT), "PATH=/usr/bin:/bin\nLC_ALL=C\n");
    bench_close(&bench);
}
END_TEST

START_TEST(standard_input_is_empty_and_nothing_else_is_open)
{
    const int secret = open("/etc/hostname", O_RDONLY); /* not close-on-exec */
    const int high = fcntl(secret, F_DUPFD, 700);
    ck_assert_int_ge(high, 700);
    expect_output("cat; ls /proc/self/fd | tr '\\n' ' '", "0 1 2 3 ");
    close(secret);
    close(high);
}
END_TEST

START_TEST(child_has_its_own_directory_session_and_no_new_rights)
{
    expect_output("pwd", "/tmp\n");
    expect_output(
        "set -- $(cat /proc/self/stat); [ $5 = $$ ] && [ $6 = $$ ] && echo own",
        "own\n");
    expect_output("grep NoNewPrivs /proc/self/status", "NoNewPrivs:\t1\n");
}
END_TEST

START_TEST(blocked_signals_are_not_inherited)
{
    sigset_t all;
    sigemptyset(&all);
    sigaddset(&all, SIGTERM);
    sigprocmask(SIG_BLOCK, &all, NULL);
    expect_output("grep SigBlk /proc/self/status", "SigBlk:\t0000000000000000\n");
}
END_TEST

START_TEST(output_is_cut_and_the_child_still_ends)
{
    struct bench bench;
    bench_open(&bench, "head -c 300000 /dev/zero | tr '\\0' x; exit 3");
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.status, 3);
    ck_assert_uint_eq(bench.child.streams[CHILD_OUT].text.length, 1000);
    ck_assert(bench.child.streams[CHILD_OUT].is_truncated);
    ck_assert(!bench.child.streams[CHILD_ERR].is_truncated);
    bench_close(&bench);
}
END_TEST

/* Is anybody left in the group that `leader` led? */
static bool is_group_empty(pid_t leader)
{
    for (int i = 0; i < 200; i++) {
        if (kill(-leader, 0) != 0 && errno == ESRCH) {
            return true;
        }
        usleep(10000);
    }
    return false;
}

START_TEST(timed_out_child_is_killed_with_its_children)
{
    struct bench bench;
    bench_open(&bench, "sleep 1000 & sleep 1000 & wait");
    bench.spec.policy.limits.wall_ms = 200;
    ck_assert_int_eq(child_start(&bench.spec, &bench.child, &bench.error), 0);
    const pid_t leader = bench.child.pid;
    ck_assert_int_eq(child_finish(&bench.child, 1, &bench.error), 0);
    ck_assert_int_eq(bench.child.end, CHILD_OUT_OF_TIME);
    ck_assert(is_group_empty(leader));
    bench_close(&bench);
}
END_TEST

START_TEST(what_a_child_leaves_behind_is_killed)
{
    struct bench bench;
    bench_open(&bench, "sleep 1000 & echo done");
    ck_assert_int_eq(child_start(&bench.spec, &bench.child, &bench.error), 0);
    const pid_t leader = bench.child.pid;
    ck_assert_int_eq(child_finish(&bench.child, 1, &bench.error), 0);
    ck_assert_int_eq(bench.child.end, CHILD_EXITED);
    ck_assert_str_eq(output(&bench, CHILD_OUT), "done\n");
    ck_assert(is_group_empty(leader));
    bench_close(&bench);
}
END_TEST

START_TEST(a_pipe_held_open_from_outside_the_group_ends_at_the_deadline)
{
    struct bench bench;
    bench_open(&bench, "setsid sleep 3 & echo done");
    bench.spec.policy.limits.wall_ms = 300;
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.end, CHILD_EXITED);
    bench_close(&bench);
}
END_TEST

START_TEST(processor_time_is_limited_and_told)
{
    struct bench bench;
    bench_open(&bench, "while :; do :; done");
    bench.spec.policy.limits.cpu_ms = 1000;
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.end, CHILD_OUT_OF_TIME);
    ck_assert_uint_ge(bench.child.cpu_ms, 500);
    bench_close(&bench);
}
END_TEST

START_TEST(time_of_a_killed_grandchild_is_told_as_well)
{
    struct bench bench;
    bench_open(&bench, "sh -c 'while :; do :; done'; exit 1");
    bench.spec.policy.limits.cpu_ms = 1000;
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.end, CHILD_OUT_OF_TIME);
    bench_close(&bench);
}
END_TEST

START_TEST(missing_program_is_an_error_of_ours)
{
    struct bench bench;
    bench_open(&bench, "");
    bench.spec.program = "/nowhere/gcc";
    ck_assert_int_eq(bench_run(&bench), -1);
    ck_assert_int_eq(bench.error.kind, ERROR_GRADER);
    ck_assert_str_eq(
        bench.error.message,
        "cannot run the script: starting it failed: No such file or directory");
    bench_close(&bench);
}
END_TEST

START_TEST(failing_layer_of_the_sandbox_is_named)
{
    struct bench bench;
    bench_open(&bench, "echo ran");
    const int directory = bench.spec.policy.directory;
    bench.spec.policy.directory = -1;
    ck_assert_int_eq(bench_run(&bench), -1);
    ck_assert_str_eq(
        bench.error.message,
        "cannot run the script: the private directory failed: Bad file descriptor");
    bench.spec.policy.directory = directory;
    bench_close(&bench);
}
END_TEST

static int write_context(void *context, int descriptor)
{
    const char *text = context;
    return write(descriptor, text, strlen(text)) < 0 ? 1 : 5;
}

START_TEST(function_runs_in_a_process_of_its_own)
{
    struct bench bench;
    char text[] = "from the child";
    bench_open(&bench, "");
    bench.spec.program = NULL;
    bench.spec.run = write_context;
    bench.spec.context = text;
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.status, 5);
    ck_assert_str_eq(output(&bench, CHILD_OUT), "from the child");
    bench_close(&bench);
}
END_TEST

static int crash(void *context, int descriptor)
{
    (void)context;
    (void)descriptor;
    raise(SIGKILL);
    return 0;
}

START_TEST(function_that_crashes_takes_only_its_process_along)
{
    struct bench bench;
    bench_open(&bench, "");
    bench.spec.program = NULL;
    bench.spec.run = crash;
    ck_assert_int_eq(bench_run(&bench), 0);
    ck_assert_int_eq(bench.child.end, CHILD_SIGNALLED);
    bench_close(&bench);
}
END_TEST

START_TEST(two_children_run_side_by_side)
{
    struct bench first;
    struct bench second;
    struct child children[2];
    bench_open(&first, "sleep 0.2; echo first");
    bench_open(&second, "sleep 0.2; echo second");
    ck_assert_int_eq(child_start(&first.spec, &children[0], &first.error), 0);
    ck_assert_int_eq(child_start(&second.spec, &children[1], &first.error), 0);
    ck_assert_int_eq(child_finish(children, 2, &first.error), 0);
    ck_assert_str_eq(children[0].streams[CHILD_OUT].text.bytes, "first\n");
    ck_assert_str_eq(children[1].streams[CHILD_OUT].text.bytes, "second\n");
    child_release(&children[0]);
    child_release(&children[1]);
    bench_close(&first);
    bench_close(&second);
}
END_TEST

START_TEST(blocked_signal_ends_the_waiting)
{
    struct bench bench;
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGTERM);
    sigprocmask(SIG_BLOCK, &held, NULL);
    bench_open(&bench, "kill -TERM $PPID; sleep 1000");
    ck_assert_int_eq(bench_run(&bench), -1);
    ck_assert_str_eq(bench.error.message, "interrupted by a signal");
    bench_close(&bench);

    /* It is still pending, and has its effect once it is let through. */
    sigset_t pending;
    sigpending(&pending);
    ck_assert_int_eq(sigismember(&pending, SIGTERM), 1);
}
END_TEST

START_TEST(child_dies_with_the_grader)
{
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    const pid_t grader = fork();
    if (grader == 0) {
        struct bench bench;
        bench_open(&bench, "exec sleep 1000");
        if (child_start(&bench.spec, &bench.child, &bench.error) == 0 &&
            write(ends[1], &bench.child.pid, sizeof bench.child.pid) > 0) {
            raise(SIGKILL);
        }
        _exit(1);
    }
    pid_t child = 0;
    ck_assert_int_eq(read(ends[0], &child, sizeof child), sizeof child);
    waitpid(grader, NULL, 0);
    ck_assert(is_group_empty(child));
    close(ends[0]);
    close(ends[1]);
}
END_TEST

START_TEST(releasing_twice_or_nothing_is_harmless)
{
    struct child child = {0};
    child_release(&child);
    struct bench bench;
    bench_open(&bench, "sleep 1000");
    ck_assert_int_eq(child_start(&bench.spec, &child, &bench.error), 0);
    const pid_t leader = child.pid;
    child_release(&child);
    ck_assert(is_group_empty(leader));
    child_release(&child);
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &status_and_both_streams_come_back,
        &death_by_signal_is_told,
        &environment_is_the_given_one,
        &standard_input_is_empty_and_nothing_else_is_open,
        &child_has_its_own_directory_session_and_no_new_rights,
        &blocked_signals_are_not_inherited,
        &output_is_cut_and_the_child_still_ends,
        &timed_out_child_is_killed_with_its_children,
        &what_a_child_leaves_behind_is_killed,
        &a_pipe_held_open_from_outside_the_group_ends_at_the_deadline,
        &processor_time_is_limited_and_told,
        &time_of_a_killed_grandchild_is_told_as_well,
        &missing_program_is_an_error_of_ours,
        &failing_layer_of_the_sandbox_is_named,
        &function_runs_in_a_process_of_its_own,
        &function_that_crashes_takes_only_its_process_along,
        &two_children_run_side_by_side,
        &blocked_signal_ends_the_waiting,
        &child_dies_with_the_grader,
        &releasing_twice_or_nothing_is_harmless,
    };
    return run_tests("child", tests, sizeof(tests) / sizeof(tests[0]));
}
