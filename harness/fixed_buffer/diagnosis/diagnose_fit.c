#include "diagnose_fit.h"

#include <stdlib.h>
#include <string.h>

int observations_init(struct observations *observations)
{
    const struct mistake nothing[MISTAKES] = {{0}};
    const size_t probes = diagnose_probe_count;

    *observations = (struct observations){
        .count = probes + ARRAY_QUESTIONS,
        .observed = calloc(probes, sizeof *observations->observed),
        .right = calloc(probes, sizeof *observations->right),
        .deviates = calloc(probes + ARRAY_QUESTIONS, sizeof *observations->deviates),
    };
    if (observations->observed == NULL || observations->right == NULL ||
        observations->deviates == NULL) {
        observations_release(observations);
        return -1;
    }
    for (size_t i = 0; i < probes; i++) {
        causes_imagine(nothing, &diagnose_probes[i], &observations->right[i]);
        observations->observed[i].begun.kind = ANSWER_SKIPPED;
    }
    for (size_t i = 0; i < ARRAY_QUESTIONS; i++) {
        causes_imagine_array(nothing, &diagnose_questions[i],
                             &observations->right_array[i]);
        observations->observed_array[i].kind = ANSWER_SKIPPED;
    }
    return 0;
}

void observations_release(struct observations *observations)
{
    free(observations->observed);
    free(observations->right);
    free(observations->deviates);
    *observations = (struct observations){0};
}

/* Nothing is known of a call that was not made, or not to the submission's own code. */
static bool is_unknown(enum answer_kind kind)
{
    return kind == ANSWER_FORBIDDEN || kind == ANSWER_MISSING;
}

/* Where an imagined submission has left the contract, the real one may crash instead:
 * the same mistake, found by the language. */
static bool may_crash(const struct answer *said, const struct answer *seen)
{
    return seen->kind == ANSWER_CRASH && !answer_is_end(said->kind);
}

/* One probe, answer by answer. */
static enum fit fits_probe(const struct probe *probe,
                           const struct probe_answers *imagined,
                           const struct probe_answers *observed,
                           const struct probe_answers *right)
{
    bool has_left = false; /* the contract, in an answer that is the one observed */

    if (observed->begun.kind == ANSWER_SKIPPED || is_unknown(observed->begun.kind)) {
        return FIT_EXACT;
    }
    if (!answer_equals(&imagined->begun, &observed->begun)) {
        return FIT_NO;
    }
    for (size_t i = 0; i < PROBE_STEPS && probe->steps[i].call != PROBE_END; i++) {
        const struct answer *const said = &imagined->steps[i];
        const struct answer *const seen = &observed->steps[i];
        const bool leaves = !answer_equals(said, &right->steps[i]);
        if (is_unknown(seen->kind)) {
            return FIT_EXACT;
        }
        if (said->kind == ANSWER_ANY) {
            return has_left || seen->kind == ANSWER_CRASH ? FIT_EXACT : FIT_LOOSE;
        }
        if ((has_left || leaves) && may_crash(said, seen)) {
            return has_left ? FIT_EXACT : FIT_LOOSE;
        }
        if (!answer_equals(said, seen)) {
            return FIT_NO;
        }
        if (answer_is_end(seen->kind)) {
            return FIT_EXACT;
        }
        has_left = has_left || leaves;
    }
    return FIT_EXACT;
}

static enum fit fits_array(const struct array_answer *imagined,
                           const struct array_answer *observed)
{
    if (observed->kind == ANSWER_SKIPPED || is_unknown(observed->kind)) {
        return FIT_EXACT;
    }
    if (!array_equals(imagined, observed)) {
        return FIT_NO;
    }
    const bool is_open = imagined->kind == ANSWER_ANY && imagined->len == 0 &&
                         imagined->resizes + imagined->frees + imagined->allocs == 0;
    return is_open ? FIT_LOOSE : FIT_EXACT;
}

enum fit observations_fit(const struct observations *observations,
                          const struct mistake mistakes[MISTAKES],
                          size_t index)
{
    if (index < diagnose_probe_count) {
        struct probe_answers imagined;
        causes_imagine(mistakes, &diagnose_probes[index], &imagined);
        return fits_probe(&diagnose_probes[index], &imagined,
                          &observations->observed[index], &observations->right[index]);
    }
    struct array_answer imagined;
    index -= diagnose_probe_count;
    causes_imagine_array(mistakes, &diagnose_questions[index], &imagined);
    return fits_array(&imagined, &observations->observed_array[index]);
}

void observations_compare(struct observations *observations)
{
    const struct mistake nothing[MISTAKES] = {{0}};

    size_t deviating_probes = 0;

    observations->deviating = 0;
    for (size_t i = 0; i < observations->count; i++) {
        /* On an FBA that is wrong itself, build_array tells nothing of its own. */
        if (i >= diagnose_probe_count && deviating_probes > 0 &&
            diagnose_questions[i - diagnose_probe_count].is_fba) {
            observations->observed_array[i - diagnose_probe_count].kind =
                ANSWER_SKIPPED;
        }
        observations->deviates[i] =
            observations_fit(observations, nothing, i) == FIT_NO;
        observations->deviating += observations->deviates[i];
        deviating_probes += i < diagnose_probe_count && observations->deviates[i];
    }
}

/* A mistake on its own: how much of what deviates it explains, and how much else it
 * would have got wrong. */
struct candidate {
    struct mistake mistake;
    size_t explained, wrong;
    size_t loose; /* of those explained */
    size_t order; /* in the tables */
};

static struct candidate try_alone(const struct observations *observations,
                                  const struct cause *cause,
                                  uint64_t number)
{
    struct candidate candidate = {.mistake = {cause, number}};
    const struct mistake mistakes[MISTAKES] = {candidate.mistake};

    for (size_t i = 0; i < observations->count; i++) {
        if (observations->deviates[i]) {
            const enum fit fit = observations_fit(observations, mistakes, i);
            candidate.explained += fit != FIT_NO;
            candidate.loose += fit == FIT_LOOSE;
        }
    }
    /* One that explains nothing is no candidate, whatever else it foretells. */
    for (size_t i = 0; i < observations->count && candidate.explained > 0; i++) {
        candidate.wrong += !observations->deviates[i] &&
                           observations_fit(observations, mistakes, i) == FIT_NO;
    }
    return candidate;
}

static int by_merit(const void *left, const void *right)
{
    const struct candidate *const a = left;
    const struct candidate *const b = right;
    const size_t a_merit = a->explained + b->wrong;
    const size_t b_merit = b->explained + a->wrong;

    if (a_merit != b_merit) {
        return a_merit > b_merit ? -1 : 1;
    }
    if (a->loose != b->loose) {
        return a->loose < b->loose ? -1 : 1;
    }
    return a->order < b->order ? -1 : 1;
}

/* Every cause with each of its numbers; those that explain something. The best comes
 * first, and among equals the one that stands first in the tables. */
static size_t collect(const struct observations *observations,
                      struct candidate **candidates)
{
    size_t room = 0;
    size_t count = 0;
    size_t order = 0;

    for (size_t i = 0; causes_at(i) != NULL; i++) {
        room += causes_numbers(causes_at(i));
    }
    *candidates = calloc(room + 1, sizeof **candidates);
    for (size_t i = 0; *candidates != NULL && causes_at(i) != NULL; i++) {
        const struct cause *const cause = causes_at(i);
        for (size_t n = 0; n < causes_numbers(cause); n++) {
            (*candidates)[count] = try_alone(observations, cause, cause->numbers[n]);
            (*candidates)[count].order = order++;
            count += (*candidates)[count].explained > 0;
        }
    }
    if (count > 1) {
        qsort(*candidates, count, sizeof **candidates, by_merit);
    }
    return count;
}

static bool explains_all(const struct observations *observations,
                         const struct candidate *candidate)
{
    return candidate->explained == observations->deviating && candidate->wrong == 0;
}

static bool is_named(const struct explanation *explanation, const struct cause *cause)
{
    for (size_t i = 0; i < explanation->count; i++) {
        if (strcmp(explanation->mistakes[i].cause->id, cause->id) == 0) {
            return true;
        }
    }
    return false;
}

/* Mistakes that explain it all, each alone, as exactly as the best. One: that is it. */
static void name_single(const struct observations *observations,
                        const struct candidate *candidates,
                        size_t count,
                        struct explanation *explanation)
{
    for (size_t i = 0; i < count && explanation->count < EXPLANATIONS; i++) {
        const struct mistake *const mistake = &candidates[i].mistake;
        if (explains_all(observations, &candidates[i]) &&
            candidates[i].loose == candidates[0].loose &&
            !is_named(explanation, mistake->cause)) {
            explanation->mistakes[explanation->count++] = *mistake;
        }
    }
    explanation->confidence =
        explanation->count == 1 && candidates[0].loose < candidates[0].explained
            ? CONFIDENCE_HIGH
            : CONFIDENCE_MEDIUM;
}

/* What deviates is tried first: almost every pair fails there at once. */
static bool pair_fits(const struct observations *observations,
                      const struct mistake pair[MISTAKES])
{
    for (int is_deviating = 1; is_deviating >= 0; is_deviating--) {
        for (size_t i = 0; i < observations->count; i++) {
            if (observations->deviates[i] == (is_deviating == 1) &&
                observations_fit(observations, pair, i) == FIT_NO) {
                return false;
            }
        }
    }
    return true;
}

/* Of how many candidates the first of a pair is sought among. */
enum {
    LEADING = 24
};

static void name_pair(const struct observations *observations,
                      const struct candidate *candidates,
                      size_t count,
                      struct explanation *explanation)
{
    for (size_t i = 0; i < count && i < LEADING; i++) {
        for (size_t j = i + 1; j < count; j++) {
            const struct mistake a = candidates[i].mistake;
            const struct mistake b = candidates[j].mistake;
            const struct mistake pair[MISTAKES] = {a, b};
            const struct mistake other_way[MISTAKES] = {b, a};
            if (a.cause != b.cause &&
                (pair_fits(observations, pair) || pair_fits(observations, other_way))) {
                *explanation = (struct explanation){.mistakes = {a, b},
                                                    .count = 2,
                                                    .is_pair = true,
                                                    .confidence = CONFIDENCE_MEDIUM};
                return;
            }
        }
    }
}

/* The best that there is, if it explains most and contradicts nothing. */
static void name_partial(const struct observations *observations,
                         const struct candidate *candidates,
                         size_t count,
                         struct explanation *explanation)
{
    for (size_t i = 0; i < count; i++) {
        const struct candidate *const candidate = &candidates[i];
        if (candidate->wrong > 0 ||
            candidate->explained * 2 < observations->deviating) {
            continue;
        }
        explanation->mistakes[0] = candidate->mistake;
        explanation->count = 1;
        explanation->confidence =
            candidate->explained * 4 >= observations->deviating * 3 ? CONFIDENCE_MEDIUM
                                                                    : CONFIDENCE_LOW;
        return;
    }
}

struct explanation observations_explain(const struct observations *observations)
{
    struct explanation explanation = {.confidence = CONFIDENCE_NONE};
    struct candidate *candidates = NULL;

    if (observations->deviating == 0) {
        return explanation;
    }
    const size_t count = collect(observations, &candidates);
    name_single(observations, candidates, count, &explanation);
    if (explanation.count == 0) {
        name_pair(observations, candidates, count, &explanation);
    }
    if (explanation.count == 0) {
        name_partial(observations, candidates, count, &explanation);
    }
    free(candidates);
    return explanation;
}
