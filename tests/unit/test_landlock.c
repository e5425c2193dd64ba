/* landlock: what a rule allows and what it does not; each attempt succeeds without. */
#include "landlock.h"
#include "run_tests.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A folder with a file, and what a child may do there. */
struct bench {
    char folder[32];
    char file[64];
    int ruleset; /* -1: none is entered */
};

typedef int attempt(const struct bench *bench);

static void bench_open(struct bench *bench)
{
    snprintf(bench->folder, sizeof bench->folder, "/tmp/test-landlock-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(bench->folder));
    snprintf(bench->file, sizeof bench->file, "%s/file", bench->folder);
    const int file = open(bench->file, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    ck_assert_int_eq(write(file, "#!/bin/true\n", 12), 12);
    close(file);
    bench->ruleset = -1;
}

static void bench_close(struct bench *bench)
{
    if (bench->ruleset >= 0) {
        close(bench->ruleset);
    }
    unlink(bench->file);
    rmdir(bench->folder);
}

/* 0, or the errno of what failed. */
static int result_of(const struct bench *bench, attempt *act)
{
    int status = 0;
    const pid_t pid = fork();
    if (pid == 0) {
        if (bench->ruleset >= 0 && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                                    landlock_enter(bench->ruleset) != 0)) {
            _exit(255);
        }
        _exit(act(bench));
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static int open_as(const char *path, int flags)
{
    const int file = open(path, flags, 0600);
    return file < 0 ? errno : 0;
}

static int read_file(const struct bench *bench)
{
    return open_as(bench->file, O_RDONLY);
}

static int write_file(const struct bench *bench)
{
    return open_as(bench->file, O_WRONLY);
}

static int make_file(const struct bench *bench)
{
    char path[96];
    snprintf(path, sizeof path, "%s/new", bench->folder);
    const int code = open_as(path, O_WRONLY | O_CREAT | O_EXCL);
    return code != 0 ? code : unlink(path) != 0 ? errno : 0;
}

static int make_link(const struct bench *bench)
{
    char path[96];
    snprintf(path, sizeof path, "%s/link", bench->folder);
    const int code = symlink("file", path) != 0 ? errno : 0;
    unlink(path);
    return code;
}

static int run_file(const struct bench *bench)
{
    execl(bench->file, "file", (char *)NULL);
    return errno;
}

static int list_folder(const struct bench *bench)
{
    return open_as(bench->folder, O_RDONLY | O_DIRECTORY);
}

static int write_null(const struct bench *bench)
{
    (void)bench;
    return open_as("/dev/null", O_RDWR);
}

START_TEST(everything_works_without_rules)
{
    static attempt *const attempts[] = {read_file, write_file,  make_file, make_link,
                                        run_file,  list_folder, write_null};
    struct bench bench;
    bench_open(&bench);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        ck_assert_int_eq(result_of(&bench, attempts[i]), 0);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(no_rule_allows_nothing)
{
    static attempt *const attempts[] = {read_file, write_file,  make_file, make_link,
                                        run_file,  list_folder, write_null};
    struct bench bench;
    bench_open(&bench);
    bench.ruleset = landlock_open();
    ck_assert_int_ge(bench.ruleset, 0);
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        ck_assert_int_eq(result_of(&bench, attempts[i]), EACCES);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(programs_may_be_read_and_run_but_not_changed)
{
    struct bench bench;
    bench_open(&bench);
    bench.ruleset = landlock_open();
    ck_assert_int_eq(landlock_allow_path(bench.ruleset, bench.folder, LANDLOCK_RUN), 0);
    /* The script needs what it names, and that its loader and libraries. */
    static const char *const folders[] = {"/bin", "/usr", "/lib", "/lib64"};
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++) {
        ck_assert_int_eq(landlock_allow_path(bench.ruleset, folders[i], LANDLOCK_RUN),
                         0);
    }
    ck_assert_int_eq(result_of(&bench, read_file), 0);
    ck_assert_int_eq(result_of(&bench, list_folder), 0);
    ck_assert_int_eq(result_of(&bench, run_file), 0);
    ck_assert_int_eq(result_of(&bench, write_file), EACCES);
    ck_assert_int_eq(result_of(&bench, make_file), EACCES);
    bench_close(&bench);
}
END_TEST

START_TEST(working_folder_takes_plain_files_and_no_others)
{
    struct bench bench;
    bench_open(&bench);
    bench.ruleset = landlock_open();
    const int folder = open(bench.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_eq(landlock_allow(bench.ruleset, folder, LANDLOCK_WORK), 0);
    close(folder);
    ck_assert_int_eq(result_of(&bench, read_file), 0);
    ck_assert_int_eq(result_of(&bench, write_file), 0);
    ck_assert_int_eq(result_of(&bench, make_file), 0);
    ck_assert_int_eq(result_of(&bench, make_link), EACCES);
    ck_assert_int_eq(result_of(&bench, run_file), EACCES);
    bench_close(&bench);
}
END_TEST

START_TEST(a_file_can_be_allowed_by_itself)
{
    struct bench bench;
    bench_open(&bench);
    bench.ruleset = landlock_open();
    ck_assert_int_eq(landlock_allow_path(bench.ruleset, bench.file, LANDLOCK_READ), 0);
    ck_assert_int_eq(landlock_allow_path(bench.ruleset, "/dev/null", LANDLOCK_DISCARD),
                     0);
    ck_assert_int_eq(result_of(&bench, read_file), 0);
    ck_assert_int_eq(result_of(&bench, write_file), EACCES);
    ck_assert_int_eq(result_of(&bench, list_folder), EACCES);
    ck_assert_int_eq(result_of(&bench, write_null), 0);
    bench_close(&bench);
}
END_TEST

START_TEST(missing_paths_allow_nothing_and_are_no_error)
{
    const int ruleset = landlock_open();
    ck_assert_int_eq(landlock_allow_path(ruleset, "/nowhere/at/all", LANDLOCK_RUN), 0);
    ck_assert_int_eq(landlock_allow_path(-1, "/usr", LANDLOCK_RUN), -1);
    close(ruleset);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &everything_works_without_rules,
        &no_rule_allows_nothing,
        &programs_may_be_read_and_run_but_not_changed,
        &working_folder_takes_plain_files_and_no_others,
        &a_file_can_be_allowed_by_itself,
        &missing_paths_allow_nothing_and_are_no_error,
    };
    if (landlock_version() == 0) {
        /* Grading is refused here; in CI that must be seen. */
        fputs("this kernel has no landlock\n", stderr);
        return getenv("CI") != NULL ? 1 : 77;
    }
    return run_tests("landlock", tests, sizeof(tests) / sizeof(tests[0]));
}
