/*
 * diagnose_ask: asks the submission what the probes ask, each in a fresh child (trial.h).
 *
 * What comes back is a claim, and is only ever compared. A pointer that is handed back
 * to the submission, in free and resize, is followed by nobody here.
 */
#ifndef DIAGNOSE_ASK_H
#define DIAGNOSE_ASK_H

#include "diagnose_array.h"
#include "diagnose_probes.h"

void diagnose_ask(const struct probe *probe, struct probe_answers *answers);

void diagnose_ask_array(const struct array_question *question,
                        struct array_answer *answer);

#endif
