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
    AT_ONCE = 12, /* probes, or questions to build_array */
    /* Beyond this the rest is not asked: what hangs or dawdles takes its time. */
    COST_MOST = 12,
    COST_OF_A_HANG = 4,
    COST_OF_A_SLOW_TRIAL = 1
};

/* ---- Asking ---- */

/* What is asked at once: by numbers as in observations.h, all of one kind. */
struct group {
    size_t first, count;
};

/* The answers to a group, of its kind. */
struct answers {
    struct probe_answers probes[AT_ONCE];
    struct array_answer arrays[AT_ONCE];
};

static bool is_of_arrays(const struct group *group)
{
    return group->first >= diagnose_probe_count;
}

static bool ask(const struct group *group,
                enum ask_order order,
                struct answers *answers)
{
    if (is_of_arrays(group)) {
        return diagnose_ask_arrays(
            &diagnose_questions[group->first - diagnose_probe_count], group->count,
            order, answers->arrays);
    }
    return diagnose_ask(&diagnose_probes[group->first], group->count, order,
                        answers->probes);
}

static void keep(struct observations *observations,
                 const struct group *group,
                 const struct answers *answers)
{
    for (size_t i = 0; i < group->count; i++) {
        if (is_of_arrays(group)) {
            observations->observed_array[group->first - diagnose_probe_count + i] =
                answers->arrays[i];
        } else {
            observations->observed[group->first + i] = answers->probes[i];
        }
    }
}

static bool are_same(const struct group *group,
                     const struct answers *answers,
                     const struct answers *others)
{
    for (size_t i = 0; i < group->count; i++) {
        if (is_of_arrays(group)
                ? !array_equals(&answers->arrays[i], &others->arrays[i])
                : !probe_answers_are_same(&answers->probes[i], &others->probes[i])) {
            return false;
        }
    }
    return true;
}

static bool are_right(const struct observations *observations,
                      const struct group *group)
{
    const struct mistake nothing[MISTAKES] = {{0}};

    for (size_t i = 0; i < group->count; i++) {
        if (observations_fit(observations, nothing, group->first + i) == FIT_NO) {
            return false;
        }
    }
    return true;
}

static bool has_hung(const struct probe_answers *answers)
{
    bool has_hung = answers->begun.kind == ANSWER_HANG;

    for (size_t i = 0; i < PROBE_STEPS; i++) {
        has_hung = has_hung || answers->steps[i].kind == ANSWER_HANG;
    }
    return has_hung;
}

/* What the last trial has cost, which gave these answers. */
static size_t cost_of(const struct group *group, const struct answers *answers)
{
    size_t cost = trial_was_slow() ? COST_OF_A_SLOW_TRIAL : 0;

    for (size_t i = 0; i < group->count; i++) {
        const bool is_hang = is_of_arrays(group)
                                 ? answers->arrays[i].kind == ANSWER_HANG
                                 : has_hung(&answers->probes[i]);
        cost += is_hang ? COST_OF_A_HANG : 0;
    }
    return cost;
}

/* Asks the other way round: what is answered alike does not depend on what a submission
 * was asked before. false: something else was said, or the cost is reached. */
static bool is_confirmed(const struct group *group,
                         const struct answers *answers,
                         size_t *cost)
{
    struct answers again;

    if (*cost >= COST_MOST) {
        return false;
    }
    const bool is_complete = ask(group, ASK_BACKWARDS, &again);
    *cost += cost_of(group, &again);
    return is_complete && are_same(group, answers, &again);
}

static size_t observe_each(struct observations *observations,
                           const struct group *group,
                           size_t cost)
{
    for (size_t i = 0; i < group->count; i++) {
        const struct group one = {group->first + i, 1};
        struct answers answers = {.probes[0].begun.kind = ANSWER_SKIPPED,
                                  .arrays[0].kind = ANSWER_SKIPPED};
        if (cost < COST_MOST) {
            ask(&one, ASK_FORWARDS, &answers);
            cost += cost_of(&one, &answers);
        }
        keep(observations, &one, &answers);
    }
    return cost;
}

/*
 * A group at once. Where it shows anything, each is to be answered as by a submission
 * that has been asked nothing yet: it is repeated, backwards, and one by one if that
 * makes a difference. Returns the cost so far.
 */
static size_t observe_group(struct observations *observations,
                            const struct group *group,
                            size_t cost)
{
    struct answers answers;
    const bool is_complete = ask(group, ASK_FORWARDS, &answers);

    cost += cost_of(group, &answers);
    keep(observations, group, &answers);
    if (is_complete &&
        (are_right(observations, group) || is_confirmed(group, &answers, &cost))) {
        return cost;
    }
    return observe_each(observations, group, cost);
}

static void observe(struct observations *observations)
{
    struct group group = {0};
    size_t cost = 0;

    for (; group.first < observations->count && cost < COST_MOST;
         group.first += group.count) {
        const size_t end =
            is_of_arrays(&group) ? observations->count : diagnose_probe_count;
        const size_t left = end - group.first;
        group.count = left < AT_ONCE ? left : AT_ONCE;
        cost = observe_group(observations, &group, cost);
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
