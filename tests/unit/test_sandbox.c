/* sandbox: each limit stops what it is for, and the same program does it without. */
#include "child.h"
#include "run_tests.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define MEBIBYTE ((size_t)1024 * 1024)

/* Address sanitizer's own memory is larger than any limit. */
#if defined(__SANITIZE_ADDRESS__)
#define MAY_LIMIT_MEMORY 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MAY_LIMIT_MEMORY 0
#endif
#endif
#ifndef MAY_LIMIT_MEMORY
#define MAY_LIMIT_MEMORY 1
#endif

/* What a child tries; 0: it could, 1: it could not. */
typedef int attempt(void *context, int output);

static int write_100_kib(void *context, int output)
{
    char bytes[1024] = {0};
    const int file = open(".", O_TMPFILE | O_RDWR, 0600);
    (void)context;
    (void)output;
    signal(SIGXFSZ, SIG_IGN);
    for (int i = 0; i < 100; i++) {
        if (write(file, bytes, sizeof bytes) != (ssize_t)sizeof bytes) {
            return 1;
        }
    }
    return 0;
}

static int map_100_mib(void *context, int output)
{
    (void)context;
    (void)output;
    void *memory = mmap(NULL, 100 * MEBIBYTE, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? 1 : 0;
}

static int open_30_files(void *context, int output)
{
    (void)context;
    (void)output;
    for (int i = 0; i < 30; i++) {
        if (open("/dev/null", O_RDONLY) < 0) {
            return 1;
        }
    }
    return 0;
}

static int start_a_process(void *context, int output)
{
    (void)context;
    (void)output;
    const pid_t pid = fork();
    if (pid == 0) {
        _exit(0);
    }
    if (pid > 0) {
        waitpid(pid, NULL, 0);
    }
    return pid < 0 ? 1 : 0;
}

static int leave_a_core(void *context, int output)
{
    struct rlimit core;
    (void)context;
    (void)output;
    return getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0 ? 1 : 0;
}

static int make_a_public_file(void *context, int output)
{
    struct stat status;
    (void)context;
    (void)output;
    const int file = open("public", O_CREAT | O_EXCL | O_RDWR, 0666);
    unlink("public");
    if (file < 0 || fstat(file, &status) != 0) {
        return 2;
    }
    return (status.st_mode & 077) == 0 ? 1 : 0;
}

static int open_a_file(void *context, int output)
{
    (void)context;
    (void)output;
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0 ? 1 : 0;
}

static int make_a_socket(void *context, int output)
{
    (void)context;
    (void)output;
    return socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? 1 : 0;
}

static struct sandbox_policy generous(int directory)
{
    return (struct sandbox_policy){
        .limits = {10000, 30000, 4096 * MEBIBYTE, 64 * MEBIBYTE},
        .descriptors = 200,
        .may_fork = true,
        .directory = directory,
    };
}

static int try_under(attempt *act, const struct sandbox_policy *policy)
{
    struct child child;
    struct error error;
    const struct child_spec spec = {
        .name = "the attempt", .run = act, .policy = *policy, .output_bytes = 100};
    ck_assert_int_eq(child_start(&spec, &child, &error), 0);
    ck_assert_msg(child_finish(&child, 1, &error) == 0, "%s", error.message);
    ck_assert_int_eq(child.end, CHILD_EXITED);
    const int status = child.status;
    child_release(&child);
    return status;
}

static int open_directory(void)
{
    char name[] = "/tmp/test-sandbox-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(name));
    const int directory = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ck_assert_int_ge(directory, 0);
    rmdir(name); /* lives on until it is closed; nothing can be left in it */
    return directory;
}

START_TEST(file_size_is_limited)
{
    const int directory = open("/tmp", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct sandbox_policy policy = generous(directory);
    ck_assert_int_eq(try_under(write_100_kib, &policy), 0);
    policy.limits.file_bytes = 65536;
    ck_assert_int_eq(try_under(write_100_kib, &policy), 1);
    close(directory);
}
END_TEST

START_TEST(memory_is_limited)
{
    const int directory = open_directory();
    struct sandbox_policy policy = generous(directory);
    if (MAY_LIMIT_MEMORY) {
        ck_assert_int_eq(try_under(map_100_mib, &policy), 0);
        policy.limits.memory_bytes = 64 * MEBIBYTE;
        ck_assert_int_eq(try_under(map_100_mib, &policy), 1);
    }
    close(directory);
}
END_TEST

START_TEST(open_files_are_limited)
{
    const int directory = open_directory();
    struct sandbox_policy policy = generous(directory);
    ck_assert_int_eq(try_under(open_30_files, &policy), 0);
    policy.descriptors = 16;
    ck_assert_int_eq(try_under(open_30_files, &policy), 1);
    close(directory);
}
END_TEST

START_TEST(processes_are_refused_where_none_is_needed)
{
    const int directory = open_directory();
    struct sandbox_policy policy = generous(directory);
    /* Root is not bound by the limit: be somebody else. */
    policy.user = geteuid() == 0 ? 65534 : 0;
    ck_assert_int_eq(try_under(start_a_process, &policy), 0);
    policy.may_fork = false;
    ck_assert_int_eq(try_under(start_a_process, &policy), 1);
    close(directory);
}
END_TEST

START_TEST(no_core_file_is_written)
{
    const int directory = open_directory();
    const struct sandbox_policy policy = generous(directory);
    ck_assert_int_eq(try_under(leave_a_core, &policy), 1);
    close(directory);
}
END_TEST

START_TEST(new_files_are_private)
{
    char name[] = "/tmp/test-sandbox-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(name));
    const int directory = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const struct sandbox_policy policy = generous(directory);
    umask(0);
    ck_assert_int_eq(try_under(make_a_public_file, &policy), 1);
    close(directory);
    rmdir(name);
}
END_TEST

START_TEST(files_and_sockets_are_out_of_reach)
{
    static attempt *const attempts[] = {open_a_file, make_a_socket};
    const enum sandbox_stage stages[] = {SANDBOX_COMPILE, SANDBOX_AUDIT, SANDBOX_LINK};
    const int directory = open_directory();
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        struct sandbox_policy policy = generous(directory);
        ck_assert_int_eq(try_under(attempts[i], &policy), 0);
        policy.is_confined = true;
        for (size_t k = 0; k < sizeof stages / sizeof stages[0]; k++) {
            policy.stage = stages[k];
            ck_assert_int_eq(try_under(attempts[i], &policy), 1);
        }
    }
    close(directory);
}
END_TEST

START_TEST(every_stage_is_confined_unless_the_file_is_trusted)
{
    const struct manifest_limits limits = {0};
    struct workdir workdir = {.descriptor = 3, .user = 12345};
    const enum sandbox_stage stages[] = {SANDBOX_COMPILE, SANDBOX_VERSION,
                                         SANDBOX_AUDIT, SANDBOX_LINK};
    for (size_t i = 0; i < sizeof stages / sizeof stages[0]; i++) {
        workdir.trusts_submission = false;
        struct sandbox_policy policy = sandbox_policy_for(stages[i], &limits, &workdir);
        ck_assert(policy.is_confined);
        ck_assert_uint_eq(policy.user, 12345);
        workdir.trusts_submission = true;
        policy = sandbox_policy_for(stages[i], &limits, &workdir);
        ck_assert(!policy.is_confined);
        ck_assert_uint_eq(policy.user, 0);
    }
}
END_TEST

START_TEST(only_the_compiler_may_start_others)
{
    const struct manifest_limits limits = {0};
    const struct workdir workdir = {.descriptor = 3};
    ck_assert(sandbox_policy_for(SANDBOX_COMPILE, &limits, &workdir).may_fork);
    ck_assert(!sandbox_policy_for(SANDBOX_VERSION, &limits, &workdir).may_fork);
    ck_assert(!sandbox_policy_for(SANDBOX_AUDIT, &limits, &workdir).may_fork);
    ck_assert(!sandbox_policy_for(SANDBOX_LINK, &limits, &workdir).may_fork);
}
END_TEST

START_TEST(stages_that_write_nothing_may_write_nothing)
{
    const struct manifest_limits limits = {.compile = {.file_bytes = 10},
                                           .audit = {.file_bytes = 10},
                                           .link = {.file_bytes = 10}};
    const struct workdir workdir = {.descriptor = 3};
    ck_assert_uint_eq(
        sandbox_policy_for(SANDBOX_COMPILE, &limits, &workdir).limits.file_bytes, 10);
    ck_assert_uint_eq(
        sandbox_policy_for(SANDBOX_LINK, &limits, &workdir).limits.file_bytes, 10);
    ck_assert_uint_eq(
        sandbox_policy_for(SANDBOX_AUDIT, &limits, &workdir).limits.file_bytes, 0);
    ck_assert_uint_eq(
        sandbox_policy_for(SANDBOX_VERSION, &limits, &workdir).limits.file_bytes, 0);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &file_size_is_limited,
        &memory_is_limited,
        &open_files_are_limited,
        &processes_are_refused_where_none_is_needed,
        &no_core_file_is_written,
        &new_files_are_private,
        &files_and_sockets_are_out_of_reach,
        &every_stage_is_confined_unless_the_file_is_trusted,
        &only_the_compiler_may_start_others,
        &stages_that_write_nothing_may_write_nothing,
    };
    return run_tests("sandbox", tests, sizeof(tests) / sizeof(tests[0]));
}
