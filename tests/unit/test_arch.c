/* arch: a child begins on its own stack, without the zygote's channel, and has so long
 * to live. What it must not know, test_subject_key.c looks for. */
#include "arch.h"
#include "run_tests.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK_BYTES 65536u
#define SECONDS 5

/* What the runtime has. */
extern struct itimerval subject_child_timer;
struct itimerval subject_child_timer = {.it_value = {.tv_sec = SECONDS}};
_Noreturn void subject_child(void);

static char *stack;

enum finding {
    IS_ON_ITS_STACK = 1,
    HAS_A_TIMER = 2,
    HAS_NO_CHANNEL = 4
};

/* Where arch_fork takes the child: it tells what it finds by its exit status. */
_Noreturn void subject_child(void)
{
    char here = 0;
    struct itimerval left = {0};
    int findings = 0;

    if (&here > stack && &here < stack + STACK_BYTES) {
        findings |= IS_ON_ITS_STACK;
    }
    if (system_call(SYS_getitimer, ITIMER_PROF, &left) == 0 &&
        left.it_value.tv_sec >= SECONDS - 1) {
        findings |= HAS_A_TIMER;
    }
    if (system_call(SYS_fcntl, WIRE_FD_CONTROL, F_GETFD) < 0) {
        findings |= HAS_NO_CHANNEL;
    }
    for (;;) {
        system_call(SYS_exit_group, findings);
    }
}

START_TEST(a_child_begins_as_it_shall)
{
    int status = 0;

    stack = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
                 -1, 0);
    ck_assert_ptr_ne(stack, MAP_FAILED);
    ck_assert_int_eq(dup2(STDERR_FILENO, WIRE_FD_CONTROL), WIRE_FD_CONTROL);
    const long pid =
        arch_fork(0x1122334455667788, (uint64_t)(uintptr_t)(stack + STACK_BYTES));
    ck_assert_int_gt(pid, 0);
    ck_assert_int_eq(waitpid((pid_t)pid, &status, 0), pid);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status),
                     IS_ON_ITS_STACK | HAS_A_TIMER | HAS_NO_CHANNEL);
    /* It was the child's alone. */
    ck_assert_int_ge(fcntl(WIRE_FD_CONTROL, F_GETFD), 0);
    munmap(stack, STACK_BYTES);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&a_child_begins_as_it_shall};
    return run_tests("arch", tests, sizeof tests / sizeof tests[0]);
}
