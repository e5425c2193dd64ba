#include "judge_run.h"

#include "judge_command.h"
#include "text.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    /* Where the judge finds its two descriptors; every other one is closed. */
    JUDGE_SUBJECT_FD = 3,
    JUDGE_RESULTS_FD = 4,
    JUDGE_FIRST_CLOSED = 5,
    RESULTS_BYTES_MAX = 8 << 20,
    /* One line is expected; what is cut is only a message. */
    COMPLAINT_BYTES_MAX = 512
};

enum stream_name {
    STREAM_RESULTS,
    STREAM_COMPLAINT,
    STREAM_COUNT
};

struct stream {
    int in;  /* our end, or -1 once it is over */
    int out; /* the judge's end, or -1 once it has it */
    size_t most;
    struct text text;
    bool is_over_full;
};

struct run {
    struct stream streams[STREAM_COUNT];
    pid_t pid;   /* 0: not running */
    int process; /* process descriptor; -1: this kernel has none */
    int64_t deadline_ms;
    bool is_late;
};

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void close_if_open(int *descriptor)
{
    if (*descriptor >= 0) {
        close(*descriptor);
        *descriptor = -1;
    }
}

static int open_stream(struct stream *stream, size_t most)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return -1;
    }
    stream->in = ends[0];
    stream->out = ends[1];
    stream->most = most;
    return fcntl(stream->in, F_SETFL, O_NONBLOCK);
}

/* ---- The process ---- */

/* Descriptors may already stand where others must go, so all are first moved up. */
static int place_descriptors(const int from[4])
{
    int high[4];
    for (int i = 0; i < 4; i++) {
        high[i] = fcntl(from[i], F_DUPFD_CLOEXEC, 64);
        if (high[i] < 0) {
            return -1;
        }
    }
    const bool is_placed =
        dup2(high[0], STDIN_FILENO) >= 0 && dup2(high[0], STDOUT_FILENO) >= 0 &&
        dup2(high[1], STDERR_FILENO) >= 0 && dup2(high[2], JUDGE_SUBJECT_FD) >= 0 &&
        dup2(high[3], JUDGE_RESULTS_FD) >= 0;
    return is_placed ? close_range(JUDGE_FIRST_CLOSED, ~0u, 0) : -1;
}

/* In the child, between fork and exec, in the parent's memory: system calls only. */
_Noreturn static void become_judge(const struct judge_spec *spec,
                                   const struct run *run,
                                   char *const *words,
                                   int nothing,
                                   pid_t parent)
{
    static char *const no_environment[] = {NULL};
    const int from[4] = {nothing, run->streams[STREAM_COMPLAINT].out, spec->subject,
                         run->streams[STREAM_RESULTS].out};
    sigset_t none;
    sigemptyset(&none);
    const bool is_ready = setsid() >= 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                          getppid() == parent && place_descriptors(from) == 0 &&
                          sigprocmask(SIG_SETMASK, &none, NULL) == 0;
    if (is_ready) {
        execve(spec->program, words, no_environment);
    }
    static const char complaint[] = "it could not be started";
    /* The stream is where it was, or at its new place; one of the two takes it. */
    if (write(from[1], complaint, sizeof complaint - 1) < 0) {
        (void)!write(STDERR_FILENO, complaint, sizeof complaint - 1);
    }
    _exit(127);
}

/* As in sandbox/child.c: nothing of this process's memory has to be copied. */
static pid_t start_process(const struct judge_spec *spec,
                           const struct run *run,
                           char *const *words,
                           int nothing)
{
    const pid_t parent = getpid();
    /* NOLINTBEGIN(*insecureAPI.vfork,*unix.Vfork) */
    const pid_t pid = vfork();
    if (pid == 0) {
        become_judge(spec, run, words, nothing, parent);
    }
    /* NOLINTEND(*insecureAPI.vfork,*unix.Vfork) */
    return pid;
}

static int start(const struct judge_spec *spec, struct run *run, struct error *error)
{
    struct judge_command command = {0};
    int status = -1;
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (nothing < 0 ||
        open_stream(&run->streams[STREAM_RESULTS], RESULTS_BYTES_MAX) != 0 ||
        open_stream(&run->streams[STREAM_COMPLAINT], COMPLAINT_BYTES_MAX) != 0 ||
        judge_command_init(spec, &command) != 0) {
        error_set_errno(error, ERROR_GRADER, errno, "cannot prepare the judge");
        goto out;
    }
    const pid_t pid =
        start_process(spec, run, (char *const *)(void *)command.words, nothing);
    if (pid > 0) {
        run->pid = pid;
        run->process = (int)syscall(SYS_pidfd_open, run->pid, 0);
        run->deadline_ms = now_ms() + (int64_t)spec->manifest->limits.run_wall_ms;
        status = 0;
    } else {
        error_set_errno(error, ERROR_GRADER, errno, "cannot start the judge");
    }
out:
    close_if_open(&run->streams[STREAM_RESULTS].out);
    close_if_open(&run->streams[STREAM_COMPLAINT].out);
    close_if_open(&nothing);
    judge_command_release(&command);
    return status;
}

/* ---- What it writes ---- */

/* Reads what is there now. Beyond its cap a stream is read and dropped. */
static void read_stream(struct stream *stream)
{
    char bytes[16384];
    while (stream->in >= 0) {
        const ssize_t got = read(stream->in, bytes, sizeof bytes);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0 && errno == EAGAIN) {
            return;
        }
        if (got <= 0) {
            close_if_open(&stream->in);
            return;
        }
        const size_t room = stream->most - stream->text.length;
        const size_t kept = (size_t)got < room ? (size_t)got : room;
        stream->is_over_full |= kept < (size_t)got;
        stream->is_over_full |= !text_append(&stream->text, bytes, kept);
    }
}

/* Until the judge has closed its streams or has ended, or its time is up. */
static void read_streams(struct run *run)
{
    bool has_ended = false;
    while (!has_ended && !run->is_late &&
           (run->streams[0].in >= 0 || run->streams[1].in >= 0)) {
        struct pollfd polled[] = {{.fd = run->streams[0].in, .events = POLLIN},
                                  {.fd = run->streams[1].in, .events = POLLIN},
                                  {.fd = run->process, .events = POLLIN}};
        const int64_t left_ms = run->deadline_ms - now_ms();
        run->is_late = left_ms <= 0;
        if (!run->is_late && poll(polled, 3, (int)left_ms) > 0) {
            has_ended = (polled[2].revents & POLLIN) != 0;
            read_stream(&run->streams[0]);
            read_stream(&run->streams[1]);
        }
    }
}

/* Waits without reaping, so that the group's number cannot belong to others yet. */
static void await_end(struct run *run)
{
    siginfo_t info = {0};
    while (!run->is_late) {
        const int64_t left_ms = run->deadline_ms - now_ms();
        struct pollfd polled = {.fd = run->process, .events = POLLIN};
        if (waitid(P_PID, (id_t)run->pid, &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
            info.si_pid != 0) {
            return;
        }
        run->is_late = left_ms <= 0;
        if (!run->is_late) {
            const int pause_ms = left_ms < 10 || run->process >= 0 ? (int)left_ms : 10;
            poll(&polled, 1, pause_ms);
        }
    }
}

/* Returns the wait status. */
static int stop(struct run *run)
{
    int status = 0;
    kill(-run->pid, SIGKILL);
    kill(run->pid, SIGKILL);
    while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR) {
    }
    run->pid = 0;
    return status;
}

static void run_release(struct run *run)
{
    if (run->pid > 0) {
        stop(run);
    }
    for (int i = 0; i < STREAM_COUNT; i++) {
        close_if_open(&run->streams[i].in);
        close_if_open(&run->streams[i].out);
        text_release(&run->streams[i].text);
    }
    close_if_open(&run->process);
}

/* The last thing it said on standard error, as the end of a sentence. */
static const char *complaint(struct run *run)
{
    struct text *text = &run->streams[STREAM_COMPLAINT].text;
    if (text->length == 0) {
        return "it said nothing more";
    }
    text_clean(text->bytes, text->length);
    text->bytes[strcspn(text->bytes, "\n")] = '\0';
    return text->bytes;
}

static int check_end(const struct judge_spec *spec,
                     struct run *run,
                     int status,
                     struct error *error)
{
    if (run->is_late) {
        return error_set(error, ERROR_GRADER,
                         "the judge did not end within %llu ms, so there is no score; "
                         "try again on a less busy machine",
                         (unsigned long long)spec->manifest->limits.run_wall_ms);
    }
    if (WIFSIGNALED(status)) {
        return error_set(error, ERROR_GRADER,
                         "the judge was ended by signal %d (%s), so there is no score: "
                         "%s",
                         WTERMSIG(status), strsignal(WTERMSIG(status)), complaint(run));
    }
    if (WEXITSTATUS(status) != 0) {
        return error_set(error, ERROR_GRADER,
                         "the judge failed with status %d, so there is no score: %s",
                         WEXITSTATUS(status), complaint(run));
    }
    if (run->streams[STREAM_RESULTS].is_over_full) {
        return error_set(error, ERROR_GRADER,
                         "the judge wrote more than %d bytes, so there is no score",
                         RESULTS_BYTES_MAX);
    }
    return 0;
}

int judge_run(const struct judge_spec *spec,
              char **text,
              size_t *length,
              struct error *error)
{
    struct run run = {.streams = {{.in = -1, .out = -1}, {.in = -1, .out = -1}},
                      .process = -1};
    int status = -1;
    if (start(spec, &run, error) != 0) {
        goto out;
    }
    read_streams(&run);
    await_end(&run);
    const int wait_status = stop(&run);
    struct text *results = &run.streams[STREAM_RESULTS].text;
    /* What it wrote just before its end may still be in the pipe. */
    read_stream(&run.streams[STREAM_RESULTS]);
    read_stream(&run.streams[STREAM_COMPLAINT]);
    if (check_end(spec, &run, wait_status, error) != 0) {
        goto out;
    }
    if (results->length == 0) {
        error_set(error, ERROR_GRADER, "the judge wrote nothing, so there is no score");
        goto out;
    }
    *text = results->bytes;
    *length = results->length;
    *results = (struct text){0};
    status = 0;
out:
    run_release(&run);
    return status;
}
