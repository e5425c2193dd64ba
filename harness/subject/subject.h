/*
 * subject: what the runtime and an exercise's half of it are to each other.
 *
 * Everything here runs in the process of the submission, next to the submission. It is
 * untrusted like it, and trusted by nobody: it only has to work for honest code. No
 * libc. Global names begin with subject_; they are made local before a submission is
 * linked (runtime.o), so that no name of a student can meet one of ours.
 */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "wire.h"

#include <stdint.h>

/* By the exercise: carries out one operation of the judge. `answer` is
 * zeroed before. */
void subject_call(uint32_t operation,
                  const uint64_t values[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES]);

/* By the runtime: asks the judge to carry out a callback, and waits for its answer.
 * Calls that the judge makes meanwhile are served. */
void subject_callback(uint32_t operation,
                      const uint64_t values[WIRE_VALUES],
                      uint64_t answer[WIRE_VALUES]);

/* By the runtime: tells the judge why the child cannot go on (enum wire_event), and
 * ends it. */
_Noreturn void subject_report(uint32_t event, const uint64_t values[WIRE_VALUES]);

#endif
