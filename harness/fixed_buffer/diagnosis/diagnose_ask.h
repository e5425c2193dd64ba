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

/* Which of several comes first. */
enum ask_order {
    ASK_FORWARDS,
    ASK_BACKWARDS
};

/*
 * Puts `count` probes to one child, one after the other. false: it ended before the
 * last answer, and the answers say how; what comes after is skipped. Several at once
 * save the time of as many children, but what one of them leaves in a variable of the
 * submission may be seen by the next.
 */
bool diagnose_ask(const struct probe *probes,
                  size_t count,
                  enum ask_order order,
                  struct probe_answers *answers);

/* The same with questions to build_array (diagnose_ask_array.c). */
bool diagnose_ask_arrays(const struct array_question *questions,
                         size_t count,
                         enum ask_order order,
                         struct array_answer *answers);

/* For both sources: a call of ops.h in a trial, answered with claims. */
void diagnose_call(uint16_t operation,
                   const uint64_t values[WIRE_VALUES],
                   uint64_t answer[WIRE_VALUES]);

/* How the last trial, which did not come to its end, ended. */
enum answer_kind diagnose_end(void);

#endif
