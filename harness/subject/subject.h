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

/* By the runtime: notes which function of the submission is called next, or is to blame
 * for what comes next, so that it can be named. What is not in the submission leaves
 * the last one noted. */
void subject_enter(uint64_t function);

/*
 * By the runtime: tells the judge why the child cannot go on (enum wire_event), and
 * ends it. `pc` is where in the submission that was, and `frame` the frame record of a
 * function that was called from there (__builtin_frame_address); each may be 0.
 */
_Noreturn void subject_report(uint32_t event,
                              const uint64_t values[WIRE_VALUES],
                              uint64_t pc,
                              uint64_t frame);

#endif
