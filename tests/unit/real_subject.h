/*
 * real_subject: a subject with the real runtime, which does what its test asks
 * (subjects/probe.h), and the judge's side of it.
 *
 * The one thing to get wrong: there is one subject in a process, so each test needs a
 * process of its own.
 */
#ifndef REAL_SUBJECT_H
#define REAL_SUBJECT_H

#include "channel.h"
#include "subjects/probe.h"
#include "verdict.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct probing {
    uint16_t operation;
    uint64_t values[WIRE_VALUES];
};

struct channel *channel(void);
const struct verdict *verdict(void);

void start_subject(void);
void begin_test(void);
void end_test(void);

/* Makes the call of a struct probing; a body for leaves_the_test. */
void call(void *probing);

/* true: the child came back from the probe. */
bool returns_from(enum probe probe, uint64_t a, uint64_t b);

/* One test of its own: the probe is stopped, with this status and these words. */
void expect_stop(enum probe probe,
                 uint64_t a,
                 uint64_t b,
                 enum verdict_status status,
                 const char *words);

/* One test of its own: the probe comes back. */
void expect_return(enum probe probe, uint64_t a);

/* Whether we may look into processes that are not to be looked into: CAP_SYS_PTRACE,
 * which root has but in a container. */
bool may_look(void);

/* The child's mappings (proc(5)); NULL where we may not see them. */
FILE *open_maps(void);

#endif
