#include "child.h"

#include "child_wait.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* The child's ends of its pipes; all above standard error. */
enum end {
    END_NULL,
    END_OUT,
    END_ERR,
    END_FAILURE,
    ENDS
};

static const char *redirect(const int ends[ENDS])
{
    if (dup2(ends[END_NULL], STDIN_FILENO) < 0 ||
        dup2(ends[END_OUT], STDOUT_FILENO) < 0 ||
        dup2(ends[END_ERR], STDERR_FILENO) < 0) {
        return "its descriptors";
    }
    return NULL;
}

/* Nothing of the grader's may be within reach of a program that reads a student's
 * bytes: not the report, not another submission. The pipe for failures goes with the
 * exec. */
static const char *close_the_rest(int kept)
{
    const unsigned first = STDERR_FILENO + 1;
    const unsigned middle = (unsigned)kept;
    if (middle > first && syscall(SYS_close_range, first, middle - 1, 0) != 0) {
        return "closing what is not its own";
    }
    if (syscall(SYS_close_range, middle + 1, ~0u, 0) != 0) {
        return "closing what is not its own";
    }
    return NULL;
}

/* Signals that the grader blocks or ignores are no business of the program's. */
static const char *reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    if (signal(SIGPIPE, SIG_DFL) == SIG_ERR ||
        sigprocmask(SIG_SETMASK, &none, NULL) != 0) {
        return "its signals";
    }
    return NULL;
}

/* The order matters: the sandbox needs descriptors of the parent's, and after its seal
 * few system calls are left. */
static const char *prepare(const struct sandbox *sandbox,
                           const int ends[ENDS],
                           pid_t parent)
{
    if (setsid() < 0) {
        return "a session of its own";
    }
    const char *step = redirect(ends);
    if (step == NULL) {
        step = sandbox_enter(sandbox, parent);
    }
    if (step == NULL) {
        step = close_the_rest(ends[END_FAILURE]);
    }
    if (step == NULL) {
        step = reset_signals();
    }
    return step != NULL ? step : sandbox_seal(sandbox);
}

/* Between fork and exec, possibly in the parent's memory: system calls only. */
__attribute__((noreturn)) static void be_child(const struct child_spec *spec,
                                               const struct sandbox *sandbox,
                                               const int ends[ENDS],
                                               pid_t parent)
{
    const char *step = prepare(sandbox, ends, parent);
    if (step == NULL && spec->program == NULL) {
        close(ends[END_FAILURE]);
        _exit(spec->run(spec->context, STDOUT_FILENO));
    }
    if (step == NULL) {
        execve(spec->program, (char *const *)(uintptr_t)spec->arguments,
               (char *const *)(uintptr_t)spec->environment);
        step = "starting it";
    }
    const struct child_failure failure = {step, errno};
    /* A lost report cannot be helped; the status tells that something failed. */
    _exit(write(ends[END_FAILURE], &failure, sizeof failure) < 0 ? 126 : 127);
}

static void close_all(int *descriptors, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (descriptors[i] >= 0) {
            close(descriptors[i]);
            descriptors[i] = -1;
        }
    }
}

/* One pipe: the parent's end does not block, the child's may. */
static int open_pipe(int *reader, int *writer)
{
    int both[2];
    if (pipe2(both, O_CLOEXEC) != 0) {
        return -1;
    }
    *reader = both[0];
    *writer = both[1];
    return fcntl(both[0], F_SETFL, O_NONBLOCK);
}

/* -1 with errno set; what was opened then stays in the arrays. */
static int open_ends(struct child *child, int ends[ENDS])
{
    ends[END_NULL] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (ends[END_NULL] < 0 ||
        open_pipe(&child->streams[CHILD_OUT].descriptor, &ends[END_OUT]) != 0 ||
        open_pipe(&child->streams[CHILD_ERR].descriptor, &ends[END_ERR]) != 0 ||
        open_pipe(&child->failure, &ends[END_FAILURE]) != 0) {
        return -1;
    }
    /* If the grader was started without its standard descriptors, the child's
     * redirection would overwrite its own pipes. */
    if (ends[END_NULL] <= STDERR_FILENO) {
        errno = EBADF;
        return -1;
    }
    return 0;
}

static void child_init(struct child *child, const struct child_spec *spec)
{
    *child = (struct child){
        .name = spec->name,
        .process = -1,
        .failure = -1,
        .wall_deadline_ms = child_now_ms() + (int64_t)spec->policy.limits.wall_ms,
        .cpu_limit_ms = spec->policy.limits.cpu_ms,
        .output_bytes = spec->output_bytes,
    };
    for (size_t i = 0; i < CHILD_STREAMS; i++) {
        child->streams[i].descriptor = -1;
    }
}

/*
 * A child that becomes another program needs no copy of this one's pages: vfork lends
 * it ours until it does, and takes a third of the time. be_child keeps to what it
 * allows.
 */
static pid_t start_process(const struct child_spec *spec,
                           const struct sandbox *sandbox,
                           const int ends[ENDS])
{
    const pid_t parent = getpid();
    /* NOLINTBEGIN(*insecureAPI.vfork,*unix.Vfork) */
    const pid_t pid = spec->program != NULL ? vfork() : fork();
    if (pid == 0) {
        be_child(spec, sandbox, ends, parent);
    }
    /* NOLINTEND(*insecureAPI.vfork,*unix.Vfork) */
    return pid;
}

int child_start(const struct child_spec *spec, struct child *child, struct error *error)
{
    int ends[ENDS] = {-1, -1, -1, -1};
    struct sandbox sandbox = {0};
    int result = -1;

    child_init(child, spec);
    if (sandbox_prepare(&spec->policy, spec->program, &sandbox, error) != 0) {
        goto out;
    }
    if (open_ends(child, ends) != 0) {
        error_set_errno(error, ERROR_GRADER, errno,
                        "cannot open what %s needs to be started", spec->name);
        goto out;
    }
    const pid_t pid = start_process(spec, &sandbox, ends);
    if (pid < 0) {
        error_set_errno(error, ERROR_GRADER, errno, "cannot make a process for %s",
                        spec->name);
        goto out;
    }
    child->pid = pid;
    child->process = (int)syscall(SYS_pidfd_open, pid, 0);
    if (child->process < 0) {
        error_set_errno(error, ERROR_GRADER, errno,
                        "cannot watch %s; Linux 5.3 or later is needed", spec->name);
        goto out;
    }
    result = 0;
out:
    sandbox_release(&sandbox);
    close_all(ends, ENDS);
    if (result != 0) {
        child_release(child);
    }
    return result;
}

void child_release(struct child *child)
{
    if (child->name == NULL) {
        return;
    }
    child_kill(child);
    int descriptors[] = {child->process, child->failure};
    close_all(descriptors, sizeof descriptors / sizeof descriptors[0]);
    for (size_t i = 0; i < CHILD_STREAMS; i++) {
        close_all(&child->streams[i].descriptor, 1);
        text_release(&child->streams[i].text);
    }
    *child = (struct child){0};
}
