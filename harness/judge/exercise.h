/*
 * exercise: what an exercise's half of the harness gives to the judge.
 */
#ifndef EXERCISE_H
#define EXERCISE_H

#include "verdict.h"
#include "wire.h"

#include <stddef.h>

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
};

/* Defined by the exercise. */
extern const struct exercise exercise;

#endif
