/*
 * patience: how long the judge waits for an answer that is owed.
 *
 * A busy child is ended by its own CPU timer. This is for the others: one that has made
 * itself deaf to the timer, and one that sleeps, which uses no CPU and would wait for
 * ever. The one thing to get wrong: a child that waits for a processor sleeps not. On a
 * loaded machine it gains no CPU either, and must not be given up.
 */
#ifndef PATIENCE_H
#define PATIENCE_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include <time.h>

struct patience {
    pid_t child;
    uint64_t cpu_limit_ms; /* the child's allowance, with a margin */
    uint64_t cpu_ns;       /* its CPU time at the last look */
    unsigned looks;
    unsigned idle_looks; /* in a row: asleep, and no CPU gained */
    bool is_asleep;      /* why patience is over */
    struct timespec begin;
};

/* The CPU time that a process has used, also of one that has ended and that nobody has
 * waited for yet. 0: it cannot be learnt. */
uint64_t patience_cpu_ns(pid_t child);

struct patience patience_begin(pid_t child, uint64_t cpu_ms);

/* How long to wait before the next look, in milliseconds. */
int patience_wait_ms(const struct patience *patience);

/* Looks at the child after a wait in vain. true: it will not answer. */
bool patience_is_over(struct patience *patience);

#endif
