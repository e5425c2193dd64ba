/*
 * subject_process: starts the program that holds the submission.
 *
 * The one thing to get wrong: it inherits the four descriptors of wire.h, an empty
 * environment, and nothing else.
 */
#ifndef SUBJECT_PROCESS_H
#define SUBJECT_PROCESS_H

#include "channel.h"

/*
 * Executes the program behind `executable` with `region` as its shared memory. It
 * becomes a session of its own and dies with its parent. 0, and the judge's
 * descriptors, which are CLOEXEC; or -1 with errno, and nothing left. The caller reaps
 * `*process`.
 */
int subject_process_start(int executable,
                          int region,
                          struct channel_descriptors *descriptors,
                          pid_t *process);

#endif
