/*
 * child_wait: what child.c, which starts children, shares with child_wait.c, which sees
 * them end.
 */
#ifndef CHILD_WAIT_H
#define CHILD_WAIT_H

#include "child.h"

/* What a child could not do. `step` points to static text, which has the same address
 * here, because the child that sends it is a copy of this process. */
struct child_failure {
    const char *step;
    int errnum;
};

int64_t child_now_ms(void);

/* Kills the child's whole group and reaps it. Nothing happens if it was reaped. */
void child_kill(struct child *child);

#endif
