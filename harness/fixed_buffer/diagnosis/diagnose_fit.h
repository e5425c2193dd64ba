/*
 * diagnose_fit: which mistakes explain what a submission has answered.
 */
#ifndef DIAGNOSE_FIT_H
#define DIAGNOSE_FIT_H

#include "causes.h"

#include <stdbool.h>
#include <stddef.h>

/* What was asked and answered: first the probes, then the questions to build_array. */
struct observations {
    size_t count;
    struct probe_answers *observed; /* of the probes */
    struct probe_answers *right;    /* what the contract says */
    struct array_answer observed_array[ARRAY_QUESTIONS];
    struct array_answer right_array[ARRAY_QUESTIONS];
    bool *deviates; /* one each: it is not what the contract says */
    size_t deviating;
};

/* Room for all answers; what is to be right is filled in, what was observed is as if
 * nothing had been asked. 0, or -1: out of memory. */
int observations_init(struct observations *observations);
void observations_release(struct observations *observations);

/* All answers are there: finds what deviates. */
void observations_compare(struct observations *observations);

enum fit {
    FIT_NO,
    FIT_LOOSE, /* nothing contradicts, but nothing was foretold either */
    FIT_EXACT
};

/* Whether a submission with these mistakes answers number `index` like this one. */
enum fit observations_fit(const struct observations *observations,
                          const struct mistake mistakes[MISTAKES],
                          size_t index);

enum confidence {
    CONFIDENCE_NONE,
    CONFIDENCE_LOW,
    CONFIDENCE_MEDIUM,
    CONFIDENCE_HIGH
};

/* The most that are named. */
enum {
    EXPLANATIONS = 3
};

/*
 * Alone, each of the mistakes explains it all, or together (`is_pair`) two of them do.
 * None: `count` is 0.
 */
struct explanation {
    struct mistake mistakes[EXPLANATIONS];
    size_t count;
    bool is_pair;
    enum confidence confidence;
};

struct explanation observations_explain(const struct observations *observations);

#endif
