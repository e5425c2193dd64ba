/*
 * diagnose_ask: puts the probes to the submission, each in a fresh child (trial.h).
 *
 * What comes back is a claim, and is only ever compared. A pointer that is handed back
 * to the submission, in free and resize, is followed by nobody here.
 */
#ifndef DIAGNOSE_ASK_H
#define DIAGNOSE_ASK_H

#include "diagnose_array.h"
#include "diagnose_probes.h"
#include "wire.h"

void diagnose_ask(const struct probe *probe, struct probe_answers *answers);

/* build_array (diagnose_ask_array.c). */
void diagnose_ask_array(const struct array_question *question,
                        struct array_answer *answer);

/* For both: a call of ops.h in a trial, answered with claims. */
void diagnose_call(uint16_t operation,
                   const uint64_t values[WIRE_VALUES],
                   uint64_t answer[WIRE_VALUES]);

/* How the last trial, which did not come to its end, ended. */
enum answer_kind diagnose_end(void);

#endif
