/*
 * subject_process: starts the program that holds the submission.
 *
 * The one thing to get wrong: it inherits the four descriptors of wire.h, an empty
 * environment, and nothing else.
 */
#ifndef SUBJECT_PROCESS_H
#define SUBJECT_PROCESS_H

#include "channel.h"

/* All borrowed. */
struct subject_program {
    int executable; /* descriptor of the program */
    int region;     /* descriptor of the shared memory */
    uid_t user;     /* whose process it is; 0: the judge's own user */
};

/*
 * Executes a program. It becomes a session of its own, without capabilities, under
 * outer_filter.h, and dies with its parent. 0, and the judge's
 * descriptors, which are CLOEXEC; or -1 with errno, and nothing left. The caller reaps
 * `*process`.
 */
int subject_process_start(const struct subject_program *program,
                          struct channel_descriptors *descriptors,
                          pid_t *process);

#endif
