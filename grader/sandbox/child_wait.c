#include "child_wait.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* One poll: every stream and process of every child, and the signals. */
enum {
    POLL_MOST = CHILD_TOGETHER * (CHILD_STREAMS + 1) + 1
};

struct poll_set {
    struct pollfd entries[POLL_MOST];
    nfds_t count;
};

int64_t child_now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void kill_group(const struct child *child)
{
    kill(-child->pid, SIGKILL);
    /* It may not have got as far as its own group. */
    kill(child->pid, SIGKILL);
}

static uint64_t milliseconds(struct timeval time)
{
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_usec / 1000;
}

/* The group first, while the dead leader still keeps its number from being given to
 * somebody else. */
static void reap(struct child *child)
{
    int status = 0;
    struct rusage usage = {0};

    kill_group(child);
    while (wait4(child->pid, &status, 0, &usage) < 0 && errno == EINTR) {
    }
    child->pid = 0;
    child->cpu_ms = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    if (child->end == CHILD_OUT_OF_TIME) {
        return;
    }
    child->end = WIFEXITED(status) ? CHILD_EXITED : CHILD_SIGNALLED;
    child->status = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    /* A driver whose compiler was killed exits in good order: only the time tells. The
     * kernel enforces the limit by counting ticks and reports a finer measure; on a
     * busy virtual machine the two were seen to differ by more than an eighth. */
    const uint64_t most = child->cpu_limit_ms / 2;
    const bool was_told = child->end == CHILD_SIGNALLED && child->status == SIGXCPU;
    if (was_told || (child->status != 0 && child->cpu_ms >= most)) {
        child->end = CHILD_OUT_OF_TIME;
    }
}

void child_kill(struct child *child)
{
    if (child->pid > 0) {
        reap(child);
    }
}

static void close_stream(struct child_stream *stream)
{
    if (stream->descriptor >= 0) {
        close(stream->descriptor);
        stream->descriptor = -1;
    }
}

/* Keeps what there is room for. -1: out of memory. */
static int keep(struct child_stream *stream,
                const char *bytes,
                size_t count,
                size_t most)
{
    const size_t room = most - stream->text.length;
    if (count > room) {
        stream->is_truncated = true;
        count = room;
    }
    return text_append(&stream->text, bytes, count) ? 0 : -1;
}

/* Reads what is there; past the cap it is read all the same, because a program that is
 * stopped in the middle of a long list of warnings would not finish its work. */
static int drain(struct child_stream *stream, size_t most)
{
    char bytes[16384];
    for (;;) {
        const ssize_t count = read(stream->descriptor, bytes, sizeof bytes);
        if (count > 0) {
            if (keep(stream, bytes, (size_t)count, most) != 0) {
                return -1;
            }
            continue;
        }
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count == 0 || errno != EAGAIN) {
            close_stream(stream);
        }
        return 0;
    }
}

static int drain_all(struct child *child)
{
    for (size_t i = 0; i < CHILD_STREAMS; i++) {
        struct child_stream *stream = &child->streams[i];
        if (stream->descriptor >= 0 && drain(stream, child->output_bytes) != 0) {
            return -1;
        }
    }
    return 0;
}

static bool is_silent(const struct child *child)
{
    return child->streams[CHILD_OUT].descriptor < 0 &&
           child->streams[CHILD_ERR].descriptor < 0;
}

/* Has it ended, with all who could still write to its pipes? */
static bool is_over(const struct child *child)
{
    return child->pid == 0 && is_silent(child);
}

/* At the deadline everything goes. A pipe that is still open then belongs to a process
 * that has left the group: it is not read any further. */
static void enforce_deadline(struct child *child)
{
    if (child_now_ms() < child->wall_deadline_ms) {
        return;
    }
    if (child->pid > 0) {
        child->end = CHILD_OUT_OF_TIME;
        reap(child);
    }
    for (size_t i = 0; i < CHILD_STREAMS; i++) {
        close_stream(&child->streams[i]);
    }
}

static void poll_add(struct poll_set *set, int descriptor)
{
    if (descriptor >= 0) {
        set->entries[set->count] = (struct pollfd){.fd = descriptor, .events = POLLIN};
        set->count++;
    }
}

static struct poll_set poll_children(const struct child *children, size_t count)
{
    struct poll_set set = {.count = 0};
    for (size_t i = 0; i < count; i++) {
        poll_add(&set, children[i].pid > 0 ? children[i].process : -1);
        for (size_t k = 0; k < CHILD_STREAMS; k++) {
            poll_add(&set, children[i].streams[k].descriptor);
        }
    }
    return set;
}

/* Milliseconds until the first deadline; rounded up, so that the loop does not spin. */
static int next_deadline(const struct child *children, size_t count)
{
    const int64_t now = child_now_ms();
    int64_t least = 60000;
    for (size_t i = 0; i < count; i++) {
        const int64_t left = children[i].wall_deadline_ms - now + 1;
        if (!is_over(&children[i]) && left < least) {
            least = left;
        }
    }
    return least > 0 ? (int)least : 0;
}

/* Asks the process descriptor, not the number, which says nothing of time. */
static bool has_ended(const struct child *child)
{
    struct pollfd entry = {.fd = child->process, .events = POLLIN};
    return poll(&entry, 1, 0) > 0;
}

static int attend(struct child *child, struct error *error)
{
    if (is_over(child)) {
        return 0;
    }
    if (child->pid > 0 && has_ended(child)) {
        reap(child);
    }
    if (drain_all(child) != 0) {
        return error_set(error, ERROR_GRADER, "out of memory for the output of %s",
                         child->name);
    }
    enforce_deadline(child);
    return 0;
}

/* What it sent before it could become the program. */
static int check_setup(struct child *child, struct error *error)
{
    struct child_failure failure;
    if (read(child->failure, &failure, sizeof failure) != (ssize_t)sizeof failure) {
        return 0;
    }
    return error_set_errno(error, ERROR_GRADER, failure.errnum,
                           "cannot run %s: %s failed", child->name, failure.step);
}

/* The signals that end the grader, as a descriptor; only those that are blocked ever
 * show there. They stay pending, and take effect once the caller has cleaned up. */
static int open_signals(void)
{
    sigset_t blocked;
    sigset_t fatal;
    const int numbers[] = {SIGINT, SIGTERM, SIGHUP};

    sigemptyset(&fatal);
    sigprocmask(SIG_SETMASK, NULL, &blocked);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        if (sigismember(&blocked, numbers[i]) == 1) {
            sigaddset(&fatal, numbers[i]);
        }
    }
    return signalfd(-1, &fatal, SFD_CLOEXEC | SFD_NONBLOCK);
}

static bool is_any_alive(const struct child *children, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_over(&children[i])) {
            return true;
        }
    }
    return false;
}

static int wait_for_all(struct child *children,
                        size_t count,
                        int signals,
                        struct error *error)
{
    while (is_any_alive(children, count)) {
        struct poll_set set = poll_children(children, count);
        poll_add(&set, signals);
        const int ready = poll(set.entries, set.count, next_deadline(children, count));
        if (ready < 0 && errno != EINTR) {
            return error_set_errno(error, ERROR_GRADER, errno,
                                   "cannot wait for children");
        }
        if (ready > 0 && set.entries[set.count - 1].revents != 0) {
            return error_set(error, ERROR_GRADER, "interrupted by a signal");
        }
        for (size_t i = 0; i < count; i++) {
            if (attend(&children[i], error) != 0) {
                return -1;
            }
        }
    }
    return 0;
}

int child_finish(struct child *children, size_t count, struct error *error)
{
    assert(count <= CHILD_TOGETHER);
    const int signals = open_signals();
    if (signals < 0) {
        return error_set_errno(error, ERROR_GRADER, errno, "cannot wait for signals");
    }
    int result = wait_for_all(children, count, signals, error);
    close(signals);
    for (size_t i = 0; i < count && result == 0; i++) {
        result = check_setup(&children[i], error);
    }
    return result;
}
