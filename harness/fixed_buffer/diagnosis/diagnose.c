#include "diagnose.h"

#include "diagnose_ask.h"
#include "diagnose_fit.h"
#include "diagnose_results.h"
#include "diagnose_words.h"
#include "fatal.h"
#include "trial.h"

#include <cjson/cJSON.h>
#include <string.h>

enum {
    EVIDENCE_SHOWN = 3,
    AT_ONCE = 8, /* probes */
    /* Beyond this the rest is not asked: what hangs or dawdles takes its time. */
    COST_MOST = 12,
    COST_OF_A_HANG = 4,
    COST_OF_A_SLOW_TRIAL = 1
};

/* ---- Asking ---- */

static bool has_hung(const struct probe_answers *answers)
{
    bool has_hung = answers->begun.kind == ANSWER_HANG;

    for (size_t i = 0; i < PROBE_STEPS; i++) {
        has_hung = has_hung || answers->steps[i].kind == ANSWER_HANG;
    }
    return has_hung;
}

/* What the last trial has cost, which gave these answers. */
static size_t cost_of(const struct probe_answers *answers, size_t count)
{
    size_t cost = trial_was_slow() ? COST_OF_A_SLOW_TRIAL : 0;

    for (size_t i = 0; i < count; i++) {
        cost += has_hung(&answers[i]) ? COST_OF_A_HANG : 0;
    }
    return cost;
}

static bool is_right(const struct observations *observations, size_t index)
{
    const struct mistake nothing[MISTAKES] = {{0}};

    return observations_fit(observations, nothing, index) != FIT_NO;
}

/* Some probes at once; one by one where that shows anything, because then each is to
 * find a submission that has been asked nothing yet. Returns what that has cost. */
static size_t observe_probes(struct observations *observations,
                             size_t first,
                             size_t count)
{
    struct probe_answers *const answers = &observations->observed[first];
    bool are_right = diagnose_ask(&diagnose_probes[first], count, answers);
    size_t cost = cost_of(answers, count);

    for (size_t i = 0; i < count; i++) {
        are_right = are_right && is_right(observations, first + i);
    }
    for (size_t i = 0; i < count && !are_right; i++) {
        if (cost < COST_MOST) {
            diagnose_ask(&diagnose_probes[first + i], 1, &answers[i]);
            cost += cost_of(&answers[i], 1);
        } else {
            answers[i].begun.kind = ANSWER_SKIPPED;
        }
    }
    return cost;
}

static void observe(struct observations *observations)
{
    size_t cost = 0;

    for (size_t i = 0; i < diagnose_probe_count && cost < COST_MOST; i += AT_ONCE) {
        const size_t left = diagnose_probe_count - i;
        cost += observe_probes(observations, i, left < AT_ONCE ? left : AT_ONCE);
    }
    for (size_t i = 0; i < ARRAY_QUESTIONS && cost < COST_MOST; i++) {
        struct array_answer *const answer = &observations->observed_array[i];
        diagnose_ask_array(&diagnose_questions[i], answer);
        cost += answer->kind == ANSWER_HANG ? COST_OF_A_HANG : cost_of(NULL, 0);
    }
    observations_compare(observations);
}

/* ---- Telling ---- */

/* Sentences about what was seen, of what the mistakes explain. */
static cJSON *evidence_for(const struct observations *observations,
                           const struct mistake *mistake)
{
    const struct mistake mistakes[MISTAKES] = {*mistake};
    cJSON *const evidence = results_made(cJSON_CreateArray());
    char text[EVIDENCE_BYTES];

    /* One of a pair may explain nothing alone, where the other hides it. */
    for (int pass = 0; pass < 2 && cJSON_GetArraySize(evidence) == 0; pass++) {
        for (size_t i = 0; i < observations->count; i++) {
            if (!observations->deviates[i] ||
                cJSON_GetArraySize(evidence) == EVIDENCE_SHOWN ||
                (pass == 0 && observations_fit(observations, mistakes, i) == FIT_NO)) {
                continue;
            }
            diagnose_describe(observations, i, text);
            cJSON_AddItemToArray(evidence, results_made(cJSON_CreateString(text)));
        }
    }
    return evidence;
}

static const char *confidence_name(enum confidence confidence)
{
    return confidence == CONFIDENCE_HIGH     ? "high"
           : confidence == CONFIDENCE_MEDIUM ? "medium"
                                             : "low";
}

static void add_causes(cJSON *diagnosis,
                       const struct observations *observations,
                       const cJSON *tests)
{
    const struct explanation explanation = observations_explain(observations);

    for (size_t i = 0; i < explanation.count; i++) {
        const struct mistake *const mistake = &explanation.mistakes[i];
        const struct mistake *const other =
            explanation.is_pair ? &explanation.mistakes[1 - i] : NULL;
        cJSON *const failed = results_of_cause(
            tests, mistake->cause->clause, other == NULL ? NULL : other->cause->clause);
        if (failed == NULL) {
            continue;
        }
        results_add_diagnosis(diagnosis,
                              &(struct diagnosis){
                                  .id = mistake->cause->id,
                                  .cause = mistake->cause->sentence,
                                  .clause = mistake->cause->clause,
                                  .lesson = mistake->cause->lesson,
                                  .confidence = confidence_name(explanation.confidence),
                                  .evidence = evidence_for(observations, mistake),
                                  .tests = failed,
                              });
    }
}

cJSON *diagnose(const cJSON *tests)
{
    struct observations observations;
    cJSON *const diagnosis = results_made(cJSON_CreateArray());

    results_add_obvious(diagnosis, tests);
    if (observations_init(&observations) != 0) {
        fatal("out of memory");
    }
    observe(&observations);
    add_causes(diagnosis, &observations, tests);
    observations_release(&observations);
    return diagnosis;
}
