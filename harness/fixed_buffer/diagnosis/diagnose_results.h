/*
 * diagnose_results: what the results of the tests say by themselves, and what causes
 * that were found otherwise need of them.
 */
#ifndef DIAGNOSE_RESULTS_H
#define DIAGNOSE_RESULTS_H

struct cJSON;

/* A `diagnosis` of RESULTS.md; the arrays belong to whoever holds it. */
struct diagnosis {
    const char *id, *cause, *clause, *lesson, *confidence;
    struct cJSON *evidence, *tests;
};

/* Appends it to an array, which takes its arrays over. */
void results_add_diagnosis(struct cJSON *array, const struct diagnosis *diagnosis);

/* Appends what needs no search: missing functions, and calls that are not there. */
void results_add_obvious(struct cJSON *array, const struct cJSON *tests);

/*
 * The failed tests that a cause explains: all that are not obvious; where another cause
 * has its share (its clause; else NULL), those of this one's suite and of neither's.
 * NULL: none.
 */
struct cJSON *results_of_cause(const struct cJSON *tests,
                               const char *clause,
                               const char *other_clause);

/* `item`; stops the judge if it is NULL: out of memory. */
struct cJSON *results_made(struct cJSON *item);

#endif
