/*
 * exercise: what an exercise's half of the harness gives to the judge.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include "test_case.h"
#include "verdict.h"
#include "wire.h"

#include <stddef.h>
#include <stdint.h>

struct cJSON;

struct exercise {
    const char *submission;       /* "fba.c": what it is called in messages */
    const char *forbidden_reason; /* ends the sentence "fba.c calls malloc; ..." */
    const char *const *files;     /* names that may stand in a location */
    size_t file_count;
    const char *const *suites; /* ids, in the order they are run */
    size_t suite_count;

    /* Forgets everything about the last test. */
    void (*begin_test)(void);

    /*
     * Serves a callback: the submission calls an allocator of the judge. `values` are
     * claims. Ends the test (verdict_end) if the call is one that no correct
     * submission makes.
     */
    void (*serve_callback)(uint16_t operation,
                           const uint64_t values[WIRE_VALUES],
                           uint64_t answer[WIRE_VALUES]);

    /* A call in words: "alloc(16, align 8) -> buffer+0". */
    void (*describe_call)(const struct verdict_call *call,
                          char *text,
                          size_t text_bytes);

    /*
     * What goes beyond a verdict. Each gives a value of RESULTS.md that belongs to the
     * caller, or NULL for nothing; a function that an exercise does not have is NULL.
     */

    /* `buffer`: the memory of the test that has just failed, still in place. */
    struct cJSON *(*picture)(const struct verdict *verdict);

    /* `counterexample`: less than the failed test, found by trials (trial.h), which
     * overwrite `verdict` and its memory. */
    struct cJSON *(*counterexample)(const struct test_case *test,
                                    const struct verdict *verdict);

    /* An array of `finding`s: what calls that `seed` chooses have shown. */
    struct cJSON *(*explore)(uint64_t seed);

    /* An array of `diagnosis` objects, the likeliest first. `tests` are all results,
     * as an array; at least one is not a pass. */
    struct cJSON *(*diagnose)(const struct cJSON *tests);
};

/* Defined by the exercise. */
extern const struct exercise exercise;

#endif
