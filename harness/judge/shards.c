#include "shards.h"

#include "fatal.h"

#include <assert.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* More would gain nothing: what a judge does beside its tests takes as long as they. */
#define MOST_SHARDS 4u

/*
 * A hypervisor that keeps the page tables of its guests itself does so under one lock:
 * a page fault takes 10 us instead of 0.5, and processors that fork at the same time
 * wait for each other. Where two shards took 175 ms, one took 115.
 */
#define SHARED_PAGE_TABLES_NS 5000

struct shard {
    pid_t process; /* 0: this one */
    int descriptor;
    char *text; /* what it has written, a line a test */
    const char *next;
};

static int64_t now_ns(void)
{
    struct timespec now = {0};

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Nanoseconds for a page's first use: the least of a few, because what else the machine
 * does only adds to it. 0: not known. */
static int64_t page_fault_ns(void)
{
    enum {
        PAGES = 12,
        PAGE_BYTES = 4096
    };
    char *const pages = mmap(NULL, (size_t)PAGES * PAGE_BYTES, PROT_READ | PROT_WRITE,
                             MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int64_t least = INT64_MAX;

    if (pages == MAP_FAILED) {
        return 0;
    }
    for (size_t i = 0; i < PAGES; i++) {
        const int64_t began = now_ns();
        *(volatile char *)(pages + i * PAGE_BYTES) = 1;
        const int64_t took = now_ns() - began;
        least = took < least ? took : least;
    }
    munmap(pages, (size_t)PAGES * PAGE_BYTES);
    return least;
}

size_t shards_wanted(size_t tests)
{
    cpu_set_t allowed;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0 ||
        page_fault_ns() > SHARED_PAGE_TABLES_NS) {
        return 1;
    }
    const size_t processors = (size_t)CPU_COUNT(&allowed);
    const size_t most = processors < MOST_SHARDS ? processors : MOST_SHARDS;
    return tests < most ? (tests == 0 ? 1 : tests) : most;
}

/*
 * Judge and subject take turns: on one processor a turn costs 2 us, across two 20.
 * Shard `index` takes the index-th of the processors that may be used, from the current
 * one on.
 */
static void take_processor(size_t index)
{
    const int current = sched_getcpu();
    cpu_set_t allowed;
    cpu_set_t one;

    if (current < 0 || sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
        return; /* only speed depends on it */
    }
    for (size_t step = 0; step < CPU_SETSIZE; step++) {
        const size_t processor = ((size_t)current + step) % CPU_SETSIZE;
        if (!CPU_ISSET(processor, &allowed) || index-- > 0) {
            continue;
        }
        CPU_ZERO(&one);
        CPU_SET(processor, &one);
        sched_setaffinity(0, sizeof one, &one);
        return;
    }
}

static void start_shard(struct shard *shard,
                        size_t index,
                        size_t count,
                        shard_runner *run)
{
    const pid_t parent = getpid();

    shard->descriptor = memfd_create("results", MFD_CLOEXEC);
    if (shard->descriptor < 0) {
        fatal("memfd_create: %s", strerror(errno));
    }
    if (index == 0) {
        return; /* run last, by this process itself */
    }
    shard->process = fork();
    if (shard->process < 0) {
        fatal("fork: %s", strerror(errno));
    }
    if (shard->process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) {
            _exit(3);
        }
        take_processor(index);
        run(index, count, shard->descriptor);
        _exit(0);
    }
}

static char *read_all(int descriptor)
{
    const off_t bytes = lseek(descriptor, 0, SEEK_END);
    char *const text = bytes < 0 ? NULL : malloc((size_t)bytes + 1);
    size_t filled = 0;

    if (text == NULL) {
        fatal("the results of a shard cannot be read: %s", strerror(errno));
    }
    while (filled < (size_t)bytes) {
        const ssize_t got =
            pread(descriptor, text + filled, (size_t)bytes - filled, (off_t)filled);
        if (got <= 0) {
            fatal("the results of a shard cannot be read: %s", strerror(errno));
        }
        filled += (size_t)got;
    }
    text[filled] = '\0';
    return text;
}

static void finish_shard(struct shard *shard)
{
    int status = 0;

    if (shard->process != 0) {
        while (waitpid(shard->process, &status, 0) < 0) {
            if (errno != EINTR) {
                fatal("waitpid: %s", strerror(errno));
            }
        }
        if (status != 0) {
            fatal("a shard of the judge ended with wait status 0x%x", (unsigned)status);
        }
    }
    shard->text = read_all(shard->descriptor);
    shard->next = shard->text;
    close(shard->descriptor);
}

static char *take_line(struct shard *shard)
{
    const char *const end = strchr(shard->next, '\n');
    char *const line =
        end == NULL ? NULL : strndup(shard->next, (size_t)(end - shard->next));

    if (line != NULL) {
        shard->next = end + 1;
    }
    return line;
}

static char **merge(struct shard *shards, size_t count, size_t tests)
{
    char **const lines = calloc(tests + 1, sizeof *lines);

    assert(count > 0);
    if (lines == NULL) {
        fatal("out of memory");
    }
    for (size_t test = 0; test < tests; test++) {
        lines[test] = take_line(&shards[test % count]);
        if (lines[test] == NULL) {
            fatal("test number %zu has no result", test);
        }
    }
    return lines;
}

char **shards_run(size_t count, size_t tests, shard_runner *run)
{
    struct shard shards[MOST_SHARDS] = {{0}};

    for (size_t i = 0; i < count; i++) {
        start_shard(&shards[i], i, count, run);
    }
    take_processor(0);
    run(0, count, shards[0].descriptor);
    for (size_t i = 0; i < count; i++) {
        finish_shard(&shards[i]);
    }
    char **const lines = merge(shards, count, tests);
    for (size_t i = 0; i < count; i++) {
        free(shards[i].text);
    }
    return lines;
}

void shards_release(char **lines, size_t tests)
{
    for (size_t i = 0; i < tests; i++) {
        free(lines[i]);
    }
    free(lines);
}
