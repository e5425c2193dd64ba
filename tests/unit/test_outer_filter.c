/* outer_filter: before the subject's first instruction, other calls are traps that name
 * themselves, and the one program can still be executed. */
#include "outer_filter.h"
#include "run_tests.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct call {
    long number;
    long arguments[6];
};

/* Tells the number of the trapped call, as the runtime's handler would. */
static void on_trap(int number, siginfo_t *info, void *context)
{
    (void)number;
    (void)context;
    syscall(SYS_exit_group, info->si_syscall % 200 + 50);
}

static int trapped_status(long call)
{
    return (int)(call % 200) + 50;
}

/* In a child under the filter: 0 if the call came back, or what on_trap says. */
static int result_of(const struct call *call)
{
    int status = 0;
    const pid_t pid = fork();
    if (pid == 0) {
        const struct sigaction action = {.sa_sigaction = on_trap,
                                         .sa_flags = SA_SIGINFO};
        sigaction(SIGSYS, &action, NULL);
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || outer_filter_enter() != 0) {
            _exit(1);
        }
        syscall(call->number, call->arguments[0], call->arguments[1],
                call->arguments[2], call->arguments[3], call->arguments[4],
                call->arguments[5]);
        syscall(SYS_exit_group, 0);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    return WEXITSTATUS(status);
}

START_TEST(other_calls_are_traps_with_a_name)
{
    const struct call calls[] = {
        {SYS_openat, {AT_FDCWD, 0, O_RDONLY}},
        {SYS_socket, {AF_INET, SOCK_STREAM}},
        {SYS_execve, {0}},
        {SYS_kill, {0, 0}},
        {SYS_mprotect, {0}},
        {SYS_mremap, {0}},
        {SYS_brk, {0}},
        {SYS_ptrace, {0}},
        {SYS_unshare, {CLONE_NEWUSER}},
        {SYS_clock_gettime, {0}},
        {SYS_getpid, {0}},
        {SYS_dup, {1}},
        {SYS_clone3, {0}},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        ck_assert_int_eq(result_of(&calls[i]), trapped_status(calls[i].number));
    }
}
END_TEST

START_TEST(calls_of_the_set_up_are_held_to_their_arguments)
{
    const struct call calls[] = {
        {SYS_mmap,
         {0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
        {SYS_clone, {SIGCHLD | CLONE_NEWUSER}},
        {SYS_clone, {CLONE_VM | CLONE_THREAD | CLONE_SIGHAND}},
        {SYS_prctl, {PR_SET_NAME}},
        {SYS_prctl, {PR_SET_SECCOMP}},
        {SYS_execveat, {AT_FDCWD, 0, 0, 0, 0}},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        ck_assert_int_eq(result_of(&calls[i]), trapped_status(calls[i].number));
    }
}
END_TEST

START_TEST(calls_of_the_set_up_work)
{
    const struct call calls[] = {
        {SYS_mmap,
         {0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0}},
        {SYS_prctl, {PR_SET_PDEATHSIG, 0}},
        {SYS_close, {50}},
        {SYS_wait4, {-1}},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        ck_assert_int_eq(result_of(&calls[i]), 0);
    }
}
END_TEST

START_TEST(a_descriptor_can_be_executed)
{
    const int program = open("/bin/true", O_RDONLY);
    char name[] = "true";
    char *const arguments[] = {name, NULL};
    char *const environment[] = {NULL};
    int status = 0;
    const pid_t pid = fork();
    if (pid == 0) {
        if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && outer_filter_enter() == 0) {
            syscall(SYS_execveat, program, "", arguments, environment, AT_EMPTY_PATH);
        }
        _exit(1);
    }
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    /* It began, and its loader made a call that the runtime does not. */
    ck_assert(WIFSIGNALED(status));
    ck_assert_int_eq(WTERMSIG(status), SIGSYS);
    close(program);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &other_calls_are_traps_with_a_name,
        &calls_of_the_set_up_are_held_to_their_arguments,
        &calls_of_the_set_up_work,
        &a_descriptor_can_be_executed,
    };
    return run_tests("outer_filter", tests, sizeof(tests) / sizeof(tests[0]));
}
