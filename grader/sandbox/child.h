/*
 * child: a program, or a function of ours, run in a process of its own with limits.
 *
 * A child gets a session of its own, /dev/null to read, two pipes to write to, a given
 * environment and no other descriptor. Its whole process group is killed when it ends,
 * when its time is up, and when the grader is told to stop.
 *
 * The one thing to get wrong: what a child wrote was written by a program that had read
 * a student's bytes. It is a claim, of any length up to the cap, and not text.
 */
#ifndef CHILD_H
#define CHILD_H

#include "error.h"
#include "sandbox.h"
#include "text.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct child_spec {
    const char *name;               /* for errors: "the compiler" */
    const char *program;            /* absolute path; NULL: `run` is called instead */
    const char *const *arguments;   /* NULL-terminated, [0] included */
    const char *const *environment; /* NULL-terminated */
    /* Runs in the child; may write to descriptor `output`; its result is the exit
     * status. */
    int (*run)(void *context, int output);
    void *context;
    struct sandbox_policy policy;
    size_t output_bytes; /* kept of each stream; what comes after is read and dropped */
};

enum child_end {
    CHILD_EXITED,
    CHILD_SIGNALLED,
    CHILD_OUT_OF_TIME /* it met its wall clock limit, or its limit on processor time */
};

struct child_stream {
    int descriptor; /* -1 once it has ended */
    struct text text;
    bool is_truncated;
};

enum child_stream_name {
    CHILD_OUT,
    CHILD_ERR,
    CHILD_STREAMS
};

/* A child that was started. Zero-initialised, it was not. */
struct child {
    const char *name;
    pid_t pid;   /* 0: not started, or reaped */
    int process; /* process descriptor */
    int failure; /* pipe: what it could not do before it became the program */
    int64_t wall_deadline_ms;
    uint64_t cpu_limit_ms;
    size_t output_bytes;
    struct child_stream streams[CHILD_STREAMS];
    /* Valid after child_finish: */
    enum child_end end;
    int status;      /* the exit status or the signal's number */
    uint64_t cpu_ms; /* of it and of all it waited for */
};

/* At most so many are waited for together. */
#define CHILD_TOGETHER 4u

/* Starts a child. ERROR_GRADER: no process could be had. */
int child_start(const struct child_spec *spec,
                struct child *child,
                struct error *error);

/*
 * Reads what the children write until each has ended. ERROR_GRADER: a child could not
 * be set up, or the grader was sent a signal that is blocked and that ends it; children
 * must then still be released.
 */
int child_finish(struct child *children, size_t count, struct error *error);

/* Kills what still runs, frees everything. */
void child_release(struct child *child);

#endif
