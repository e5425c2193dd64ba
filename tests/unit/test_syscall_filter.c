/* syscall_filter: what each set leaves and refuses; without it, a call gets further. */
#include "run_tests.h"
#include "syscall_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* A system call with its arguments. */
struct call {
    long number;
    long arguments[4];
};

/* In a child under the filter, or under none if NULL: 0, or the errno. */
static int result_of(const struct syscall_filter *filter, const struct call *call)
{
    int status = 0;
    const pid_t pid = fork();
    if (pid == 0) {
        if (filter != NULL && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
                               syscall_filter_enter(filter) != 0)) {
            _exit(255);
        }
        const long result =
            syscall(call->number, call->arguments[0], call->arguments[1],
                    call->arguments[2], call->arguments[3]);
        _exit(result < 0 ? errno : 0);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert_msg(WIFEXITED(status), "call %ld ended the child", call->number);
    return WEXITSTATUS(status);
}

static const struct syscall_filter *filter_of(enum syscall_set set)
{
    struct error error;
    const struct syscall_filter *const filter = syscall_filter_of(set, &error);
    ck_assert_ptr_nonnull(filter);
    ck_assert_uint_gt(filter->count, 10);
    return filter;
}

static long text(const char *words)
{
    return (long)(intptr_t)words;
}

START_TEST(dangerous_calls_do_not_exist_for_a_compiler)
{
    const struct call calls[] = {
        {SYS_socket, {AF_INET, SOCK_STREAM}},
        {SYS_socket, {AF_UNIX, SOCK_STREAM}},
        {SYS_socketpair, {AF_UNIX, SOCK_STREAM}},
        {SYS_ptrace, {0}},
        {SYS_mount, {0}},
        {SYS_umount2, {0}},
        {SYS_unshare, {CLONE_NEWUSER}},
        {SYS_setns, {-1}},
        {SYS_keyctl, {0}},
        {SYS_add_key, {0}},
        {SYS_bpf, {0}},
        {SYS_perf_event_open, {0}},
        {SYS_userfaultfd, {0}},
        {SYS_process_vm_readv, {1}},
        {SYS_process_vm_writev, {1}},
        {SYS_pidfd_open, {1}},
        {SYS_kill, {0, 0}},
        {SYS_tgkill, {1, 1, 0}},
        {SYS_tkill, {1, 0}},
        {SYS_rt_sigqueueinfo, {1}},
        {SYS_personality, {0xffffffff}},
        {SYS_prctl, {PR_GET_DUMPABLE}},
        {SYS_init_module, {0}},
        {SYS_kexec_load, {0}},
        {SYS_chroot, {0}},
        {SYS_setsid, {0}},
        {SYS_setpgid, {0}},
        {SYS_truncate, {text("/nowhere"), 0}},
        {SYS_memfd_create, {text("name"), 0}},
        {SYS_clone3, {0}},
        {SYS_open_by_handle_at, {-1}},
        {SYS_name_to_handle_at, {-1}},
        {SYS_symlinkat, {0}},
        {SYS_linkat, {0}},
        {SYS_mknodat, {0}},
        {SYS_setuid, {0}},
        {SYS_io_uring_setup, {0}},
    };
    const struct syscall_filter *filter = filter_of(SYSCALLS_TOOLS);
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        ck_assert_msg(result_of(filter, &calls[i]) == ENOSYS, "call %ld is there",
                      calls[i].number);
    }
}
END_TEST

START_TEST(without_a_filter_they_are_there)
{
    const struct call calls[] = {
        {SYS_socket, {AF_UNIX, SOCK_STREAM}},
        {SYS_kill, {0, 0}},
        {SYS_setsid, {0}},
        {SYS_personality, {0xffffffff}},
        {SYS_prctl, {PR_GET_DUMPABLE}},
        {SYS_memfd_create, {text("name"), 0}},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        ck_assert_int_eq(result_of(NULL, &calls[i]), 0);
    }
}
END_TEST

START_TEST(a_process_in_a_new_namespace_is_refused)
{
    const struct syscall_filter *filter = filter_of(SYSCALLS_TOOLS);
    const struct call plain = {SYS_clone, {SIGCHLD}};
    const struct call fresh = {SYS_clone, {SIGCHLD | CLONE_NEWUSER}};
    const struct call network = {SYS_clone, {SIGCHLD | CLONE_NEWNET}};
    ck_assert_int_eq(result_of(filter, &plain), 0);
    ck_assert_int_eq(result_of(filter, &fresh), ENOSYS);
    ck_assert_int_eq(result_of(filter, &network), ENOSYS);
}
END_TEST

START_TEST(only_the_compiler_starts_processes)
{
    const struct call fork_one = {SYS_clone, {SIGCHLD}};
    const struct call wait_one = {SYS_wait4, {-1}};
    const enum syscall_set sets[] = {SYSCALLS_TOOL, SYSCALLS_COMPUTE};
    for (size_t i = 0; i < 2; i++) {
        const struct syscall_filter *filter = filter_of(sets[i]);
        ck_assert_int_eq(result_of(filter, &fork_one), ENOSYS);
        ck_assert_int_eq(result_of(filter, &wait_one), ENOSYS);
    }
}
END_TEST

START_TEST(our_own_code_opens_and_runs_nothing)
{
    const struct call calls[] = {
        {SYS_openat, {AT_FDCWD, text("/dev/null"), O_RDONLY}},
        {SYS_execve, {text("/bin/true")}},
        {SYS_unlinkat, {AT_FDCWD, text("/nowhere")}},
        {SYS_fcntl, {0, F_GETFD}},
        {SYS_dup, {1}},
    };
    const struct call reads = {SYS_getpid, {0}};
    const struct syscall_filter *filter = filter_of(SYSCALLS_COMPUTE);
    const struct syscall_filter *tool = filter_of(SYSCALLS_TOOL);
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        ck_assert_int_eq(result_of(filter, &calls[i]), ENOSYS);
        ck_assert_int_ne(result_of(tool, &calls[i]), ENOSYS);
    }
    ck_assert_int_eq(result_of(filter, &reads), 0);
}
END_TEST

START_TEST(a_file_opened_to_be_read_is_not_emptied)
{
    const struct call read_only = {SYS_openat, {AT_FDCWD, text("/dev/null"), O_RDONLY}};
    const struct call empties = {SYS_openat,
                                 {AT_FDCWD, text("/dev/null"), O_RDONLY | O_TRUNC}};
    const struct call writes = {SYS_openat,
                                {AT_FDCWD, text("/dev/null"), O_WRONLY | O_TRUNC}};
    const struct syscall_filter *filter = filter_of(SYSCALLS_TOOL);
    ck_assert_int_eq(result_of(filter, &read_only), 0);
    ck_assert_int_eq(result_of(filter, &writes), 0);
    ck_assert_int_eq(result_of(filter, &empties), ENOSYS);
    ck_assert_int_eq(result_of(NULL, &empties), 0);
}
END_TEST

START_TEST(limits_of_others_are_out_of_reach)
{
    const struct call own = {SYS_prlimit64, {0, 7, 0, 0}};
    struct call parents = {SYS_prlimit64, {getpid(), 7, 0, 0}};
    const struct syscall_filter *filter = filter_of(SYSCALLS_TOOLS);
    ck_assert_int_eq(result_of(filter, &own), 0);
    ck_assert_int_eq(result_of(filter, &parents), ENOSYS);
    ck_assert_int_eq(result_of(NULL, &parents), 0);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &dangerous_calls_do_not_exist_for_a_compiler,
        &without_a_filter_they_are_there,
        &a_process_in_a_new_namespace_is_refused,
        &only_the_compiler_starts_processes,
        &our_own_code_opens_and_runs_nothing,
        &a_file_opened_to_be_read_is_not_emptied,
        &limits_of_others_are_out_of_reach,
    };
    return run_tests("syscall_filter", tests, sizeof(tests) / sizeof(tests[0]));
}
