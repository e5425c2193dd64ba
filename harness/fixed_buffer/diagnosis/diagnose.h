/*
 * diagnose: from failed tests to likely causes.
 *
 * Theory of operation. Each cause is the contract with one rule replaced (causes.h).
 * The submission is asked a fixed set of short sequences of calls (diagnose_probes.h),
 * which owe nothing to the hidden tests; each cause says what it would have answered.
 * The cause that predicts everything that was seen is the diagnosis. If several do, or
 * only two together, or one predicts most and nothing wrongly, less is claimed; if none
 * does, nothing is said. What a submission calls or leaves undefined is known without
 * that, from the results.
 */
#ifndef DIAGNOSE_H
#define DIAGNOSE_H

struct cJSON;

/* For `exercise` (exercise.h). */
struct cJSON *diagnose(const struct cJSON *tests);

#endif
