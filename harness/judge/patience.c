#include "patience.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The child's timer ticks at its own pace; beyond this it has been switched off. */
#define CPU_MARGIN_MS 60
/* So many looks in a row must find the child asleep, FIRST to LONGEST ms apart. */
#define IDLE_LOOKS 4
#define FIRST_WAIT_MS 4
#define LONGEST_WAIT_MS 16
/* The last resort, where nothing can be learnt about the child. */
#define WALL_MS 10000

struct patience patience_begin(pid_t child, uint64_t cpu_ms)
{
    return (struct patience){.child = child, .cpu_limit_ms = cpu_ms + CPU_MARGIN_MS};
}

int patience_wait_ms(const struct patience *patience)
{
    const int wait_ms = FIRST_WAIT_MS << (patience->looks < 8 ? patience->looks : 8);

    return wait_ms < LONGEST_WAIT_MS ? wait_ms : LONGEST_WAIT_MS;
}

uint64_t patience_cpu_ns(pid_t child)
{
    clockid_t clock;
    struct timespec used;

    if (clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &used) != 0) {
        return 0;
    }
    return (uint64_t)used.tv_sec * 1000000000u + (uint64_t)used.tv_nsec;
}

/* The state letter of proc_pid_stat(5), or '?' where it cannot be read. */
static char process_state(pid_t child)
{
    char path[64];
    char line[256] = "";

    snprintf(path, sizeof path, "/proc/%d/stat", (int)child);
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return '?';
    }
    const ssize_t size = read(descriptor, line, sizeof line - 1);
    close(descriptor);
    /* The name before the state is in parentheses and may hold anything but '\0'. */
    const char *const name_end = size > 0 ? strrchr(line, ')') : NULL;
    return name_end != NULL && name_end[1] == ' ' && name_end[2] != '\0' ? name_end[2]
                                                                         : '?';
}

static uint64_t elapsed_ms(const struct timespec *begin)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    const int64_t ms = (int64_t)(now.tv_sec - begin->tv_sec) * 1000 +
                       (now.tv_nsec - begin->tv_nsec) / 1000000;
    return ms < 0 ? 0 : (uint64_t)ms;
}

bool patience_is_over(struct patience *patience)
{
    const uint64_t cpu_ns = patience_cpu_ns(patience->child);
    const char state = process_state(patience->child);

    if (patience->looks++ == 0) {
        clock_gettime(CLOCK_MONOTONIC, &patience->begin);
        patience->cpu_ns = cpu_ns;
        return false;
    }
    patience->idle_looks =
        cpu_ns == patience->cpu_ns && state == 'S' ? patience->idle_looks + 1 : 0;
    patience->cpu_ns = cpu_ns;
    patience->is_asleep = patience->idle_looks >= IDLE_LOOKS;
    return patience->is_asleep || cpu_ns / 1000000 > patience->cpu_limit_ms ||
           elapsed_ms(&patience->begin) > WALL_MS;
}
