/*
 * channel: calls to the code under test, with nothing believed that comes back.
 *
 * Two implementations, chosen by linking: channel.c speaks to a subject in another
 * process; direct.c calls an implementation in this one, for gdb and valgrind.
 *
 * The one thing to get wrong: channel_call does not return when the test has ended
 * (crash, silence, a malformed reply); it leaves by verdict_end. Nothing that must be
 * undone may be pending across it.
 */
#ifndef CHANNEL_H
#define CHANNEL_H

#include "regions.h"
#include "verdict.h"
#include "wire.h"

#include <stdbool.h>
#include <sys/types.h>

/* The judge's ends of the subject's descriptors. */
struct channel_descriptors {
    int control;       /* socket to the zygote */
    int request;       /* pipe to the child */
    int request_drain; /* its other end: to empty it when the child is dead */
    int reply;         /* pipe from the child */
};

/* Names for messages: what the audit bound to traps, what the exercise defines. */
struct channel_names {
    const char *const *traps;
    size_t trap_count;
    const char *const *functions;
    size_t function_count;
};

/* Nonces are drawn this many at a time. */
#define CHANNEL_NONCES 256u

/* One call of a batch. `answer` is filled in; the rest as in struct wire_step. */
struct channel_step {
    uint16_t operation;
    uint32_t refers;
    uint64_t about; /* as in struct verdict_call */
    uint64_t values[WIRE_VALUES];
    uint64_t answer[WIRE_STEP_ANSWERS];
};

/* Step number `step` has been answered, and is noted. What comes next is not: to end
 * the test here is to end it with this call. */
typedef void channel_answered(void *argument, size_t step);

/* Calls that are sent together. Nothing is copied: all of it stays until it is done. */
struct channel_batch {
    struct channel_step *steps;
    size_t count;              /* at most WIRE_BATCH_STEPS */
    struct wire_batch *shared; /* in the region, channel_batch_bytes(count) bytes */
    channel_answered *answered;
    void *argument;
};

struct channel {
    struct channel_descriptors descriptors;
    struct channel_names names;
    struct verdict *verdict; /* of the running test */
    const struct region *region;
    uint64_t test_cpu_ms; /* what a test may use; the child's own timer enforces it */
    bool renews;          /* children carry out WIRE_RENEW */
    pid_t child;          /* 0: none */
    bool is_dead;         /* the zygote has said that the child has ended */
    uint64_t death;       /* as WIRE_EXITED tells it */
    uint64_t reserve_cpu_ms; /* what the child may use before its last test */
    uint64_t cpu_begun_ns;   /* what the child had used before this test */
    uint64_t used_cpu_ms;    /* by the last test */
    bool was_late;           /* the last test's child used up its time */
    bool is_owed;            /* the last request has not been replied to */
    bool is_settled;    /* the last request was channel_settle's, and is answered */
    uint64_t nonce;     /* of the last request */
    uint32_t sequence;  /* of the last request */
    unsigned depth;     /* callbacks that are being served */
    unsigned callbacks; /* served in the outermost call */
    const struct channel_batch *batch; /* on its way; NULL: none */
    uint64_t nonces[CHANNEL_NONCES];
    size_t nonces_left;
};

/* Waits for the zygote to be ready. 0, or -1: it is not a subject of this version. */
int channel_open(struct channel *channel);

/* A fresh child for a test: a new one, or the last one, renewed. Stops the judge if the
 * zygote does not answer. */
void channel_begin_test(struct channel *channel);

/*
 * Calls `operation` in the child and waits for its answer, serving callbacks meanwhile
 * (exercise.h). `answer` is checked for its form only; the values are claims.
 */
void channel_call(struct channel *channel,
                  uint16_t operation,
                  const uint64_t values[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES]);

/*
 * The same for a few calls in a row, sent together and answered one by one: between
 * them judge and child need not take turns. Values are the steps' own. Callbacks are
 * not served meanwhile.
 */
#define CHANNEL_ROW 4u
void channel_row(struct channel *channel, struct channel_step *steps, size_t count);

/*
 * The same for many calls in one message, at the price of one or two. The calls are
 * noted as if they had been made one by one; each answer is copied once and then handed
 * to `answered`, in order, up to the end or to the call in which the child stopped.
 * Callbacks are not served meanwhile.
 */
void channel_batch(struct channel *channel, const struct channel_batch *batch);
size_t channel_batch_bytes(size_t count);

/*
 * The test has made its last call. One more round brings in whatever the child had sent
 * beside its answers, and ends the test if that was anything: without it, that would be
 * a race against the child's end.
 */
void channel_settle(struct channel *channel);

/*
 * Ends the child, or keeps it for the next test. Whatever it has sent beyond its
 * answers is a protocol violation: that ends a test which would have passed, by setting
 * the verdict's status and message.
 */
void channel_end_test(struct channel *channel);

/*
 * Between tests: the next one gets a child that has served none before. A hostile
 * submission could tell there what it was asked in those before; so tests are parted
 * whose reports are not for the same people.
 */
void channel_part(struct channel *channel);

#endif
