/*
 * diagnose_ask: puts the probes to the submission, in fresh children (trial.h).
 *
 * What comes back is a claim, and is only ever compared. A pointer that is handed back
 * to the submission, in free and resize, is followed by nobody here.
 */
#ifndef DIAGNOSE_ASK_H
#define DIAGNOSE_ASK_H

#include "diagnose_array.h"
#include "diagnose_probes.h"
#include "wire.h"

/*
 * Puts `count` probes to one child, one after the other. false: it ended before the
 * last answer, and the answers say how; what comes after is skipped. Several at once
 * save the time of as many children, but what one of them leaves in a variable of the
 * submission may be seen by the next.
 */
bool diagnose_ask(const struct probe *probes,
                  size_t count,
                  struct probe_answers *answers);

/* A question to build_array, in a child of its own (diagnose_ask_array.c). */
void diagnose_ask_array(const struct array_question *question,
                        struct array_answer *answer);

/* For both sources: a call of ops.h in a trial, answered with claims. */
void diagnose_call(uint16_t operation,
                   const uint64_t values[WIRE_VALUES],
                   uint64_t answer[WIRE_VALUES]);

/* How the last trial, which did not come to its end, ended. */
enum answer_kind diagnose_end(void);

#endif
