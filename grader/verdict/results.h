/*
 * results: what the judge says about each test, read and matched with the manifest.
 *
 * The one thing to get wrong: silence is failure. Results are only taken if the judge
 * wrote its closing line and the tests in between are exactly the ones it was to run;
 * anything else is an error of the grader, never a score.
 *
 * The format is described in harness/judge/RESULTS.md.
 */
#ifndef RESULTS_H
#define RESULTS_H

#include "error.h"
#include "manifest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

enum test_status {
    TEST_NOT_RUN, /* what a zeroed result says */
    TEST_PASS,
    TEST_FAIL,
    TEST_CRASH,
    TEST_TIMEOUT,
    TEST_UNDEFINED_BEHAVIOUR,
    TEST_FORBIDDEN_CALL,
    TEST_FORBIDDEN_SYSCALL,
    TEST_EARLY_EXIT,
    TEST_PROTOCOL_VIOLATION,
    TEST_MISSING
};

enum {
    TEST_STATUS_COUNT = TEST_MISSING + 1
};

/* How many addresses say where a test stopped, at most. */
#define RESULTS_PLACES 2u

/* Strings belong to the result. All but `status` is empty for a test that did not
 * run. */
struct outcome {
    enum test_status status;
    char *message;                   /* plain words, or NULL */
    char *expected;                  /* or NULL */
    char *actual;                    /* or NULL */
    char *file;                      /* where in the submission, or NULL */
    int line;                        /* from 1; only with `file` */
    int column;                      /* from 1; 0: not known */
    char *function;                  /* of the submission, or NULL; only with `file` */
    uint64_t places[RESULTS_PLACES]; /* addresses of code; [0] is 0: not known */
    char **calls;
    size_t call_count;
    uint64_t calls_omitted;       /* calls before the first one listed */
    struct cJSON *buffer;         /* details.h; or NULL */
    struct cJSON *counterexample; /* details.h; or NULL */
};

/* One result for each test of the manifest, in the manifest's order, and what no single
 * test says: arrays of what details.h describes, never NULL. */
struct results {
    struct outcome *tests;
    size_t count;
    struct cJSON *diagnosis; /* the likeliest first */
    struct cJSON *findings;
};

/* Results in which no test has run. */
int results_init(const struct manifest *manifest,
                 struct results *results,
                 struct error *error);

/*
 * Reads the judge's `length` bytes at `text`, where text[length] must be NUL.
 * `selected` is the index of the one test that was to run, or -1 for all. ERROR_GRADER.
 */
int results_parse(const char *text,
                  size_t length,
                  const struct manifest *manifest,
                  ptrdiff_t selected,
                  struct results *results,
                  struct error *error);

void results_release(struct results *results);

/* "pass", "undefined_behaviour", ... as in a report. */
const char *test_status_name(enum test_status status);

#endif
