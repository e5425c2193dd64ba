/* build: the steps together, and what they leave behind: nothing. */
#include "build_bench.h"
#include "run_tests.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Directories of TMPDIR that a build made. */
static int count_leftovers(const char *parent)
{
    int count = 0;
    DIR *list = opendir(parent);
    ck_assert_ptr_nonnull(list);
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        count += strncmp(entry->d_name, "grader-", 7) == 0;
    }
    closedir(list);
    return count;
}

static int build_path(struct build_bench *bench, const char *path)
{
    const struct build_spec spec = {.path = path,
                                    .manifest = &bench->manifest,
                                    .installation = &bench->installation};
    return build_submission(&spec, &bench->build, &bench->error);
}

/* Builds `source`, with the private directory inside the bench's own. */
static int build(struct build_bench *bench, const char *source)
{
    bench_open(bench);
    char *path = bench_file(bench, "mine.c", source, strlen(source));
    ck_assert_int_eq(setenv("TMPDIR", bench->workdir.path, 1), 0);
    build_release(&bench->build);
    const int result = build_path(bench, path);
    ck_assert_int_eq(count_leftovers(bench->workdir.path), 0);
    ck_assert_int_eq(unsetenv("TMPDIR"), 0);
    free(path);
    return result;
}

START_TEST(source_becomes_a_program)
{
    struct build_bench bench;
    ck_assert_msg(build(&bench, bench_solution) == 0, "%s", bench.error.message);
    const struct build *built = &bench.build;
    ck_assert_int_eq(built->status, BUILD_OK);
    ck_assert(!built->is_object);
    ck_assert_int_ge(built->executable, 0);
    ck_assert_uint_eq(built->bytes, strlen(bench_solution));
    ck_assert_uint_eq(strlen(built->sha256), 64);
    ck_assert_ptr_nonnull(built->compiler);
    for (size_t i = 0; i < BENCH_FUNCTIONS; i++) {
        ck_assert(built->has_function[i]);
    }
    ck_assert(built->timings.compile_ms > 0);
    ck_assert(built->timings.link_ms > 0);
    bench_close(&bench);
}
END_TEST

START_TEST(object_becomes_a_program_without_a_compiler)
{
    struct build_bench bench;
    char command[200];
    bench_open(&bench);
    snprintf(command, sizeof command, "gcc -O2 -I%s -c source.c -o object.o",
             EXERCISE_DIR);
    struct text object = bench_object(&bench, command, bench_solution);
    char *path = bench_file(&bench, "fba.o", object.bytes, object.length);
    build_release(&bench.build);
    ck_assert_int_eq(build_path(&bench, path), 0);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    ck_assert(bench.build.is_object);
    ck_assert_ptr_null(bench.build.compiler);
    ck_assert(bench.build.has_function[BENCH_BUILD_ARRAY]);
    text_release(&object);
    free(path);
    bench_close(&bench);
}
END_TEST

static void expect_stopped(const char *source,
                           enum build_status status,
                           const char *phase)
{
    struct build_bench bench;
    ck_assert_msg(build(&bench, source) == 0, "%s", bench.error.message);
    ck_assert_int_eq(bench.build.status, status);
    ck_assert_int_eq(bench.build.executable, -1);
    ck_assert_uint_ge(bench.build.diagnostic_count, 1);
    ck_assert_str_eq(bench.build.diagnostics[0].phase, phase);
    bench_close(&bench);
}

START_TEST(each_step_can_stop_the_build)
{
    expect_stopped("", BUILD_REJECTED, "stage");
    expect_stopped("int f(void) { return x; }", BUILD_COMPILE_ERROR, "compile");
    expect_stopped("_Thread_local int n;", BUILD_REJECTED, "audit");
    expect_stopped("__asm__(\".hword memcpy\");", BUILD_REJECTED, "link");
}
END_TEST

START_TEST(messages_are_capped)
{
    struct build_bench bench;
    ck_assert_int_eq(build(&bench, "#define A(x) x x x x x x x x x x\n"
                                   "A(A(_Static_assert(0, \"no\");))\n"),
                     0);
    ck_assert_uint_eq(bench.build.diagnostic_count, 20);
    ck_assert(bench.build.diagnostics_truncated);
    bench_close(&bench);
}
END_TEST

START_TEST(error_leaves_an_empty_build)
{
    struct build_bench bench;
    bench_open(&bench);
    build_release(&bench.build);
    ck_assert_int_eq(build_path(&bench, "/nowhere/fba.c"), -1);
    ck_assert_int_eq(bench.error.kind, ERROR_USAGE);
    ck_assert_int_eq(bench.build.executable, -1);
    ck_assert_ptr_null(bench.build.has_function);
    ck_assert_ptr_null(bench.build.diagnostics);
    bench_close(&bench);
}
END_TEST

START_TEST(no_descriptor_is_left_open)
{
    struct build_bench bench;
    const int before = open("/dev/null", O_RDONLY);
    close(before);
    ck_assert_int_eq(build(&bench, bench_solution), 0);
    bench_close(&bench);
    ck_assert_int_eq(build(&bench, "int f(void) { return x; }"), 0);
    bench_close(&bench);
    const int after = open("/dev/null", O_RDONLY);
    ck_assert_int_eq(after, before);
    close(after);
}
END_TEST

START_TEST(signal_ends_the_grader_and_leaves_nothing)
{
    struct build_bench bench;
    int status = 0;
    bench_open(&bench);
    static const char bomb[] = "#include __FILE__\n#include __FILE__\n";
    char *path = bench_file(&bench, "mine.c", bomb, sizeof bomb - 1);
    ck_assert_int_eq(setenv("TMPDIR", bench.workdir.path, 1), 0);
    build_release(&bench.build);
    /* The child's private user is another than ours, and must come in. */
    ck_assert_int_eq(fchmod(bench.workdir.descriptor, 0711), 0);
    const pid_t grader = fork();
    if (grader == 0) {
        signal(SIGTERM, SIG_DFL); /* Check has a handler, which would stop the test */
        build_path(&bench, path);
        _exit(0);
    }
    for (int i = 0; i < 500 && count_leftovers(bench.workdir.path) == 0; i++) {
        usleep(1000);
    }
    usleep(50000);
    ck_assert_int_eq(kill(grader, SIGTERM), 0);
    ck_assert_int_eq(waitpid(grader, &status, 0), grader);
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGTERM);
    ck_assert_int_eq(count_leftovers(bench.workdir.path), 0);
    free(path);
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &source_becomes_a_program,
        &object_becomes_a_program_without_a_compiler,
        &each_step_can_stop_the_build,
        &messages_are_capped,
        &error_leaves_an_empty_build,
        &no_descriptor_is_left_open,
        &signal_ends_the_grader_and_leaves_nothing,
    };
    return run_tests("build", tests, sizeof(tests) / sizeof(tests[0]));
}
