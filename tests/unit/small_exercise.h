/*
 * small_exercise: an exercise of two suites and three tests, for tests of the grader.
 */
#ifndef SMALL_EXERCISE_H
#define SMALL_EXERCISE_H

#include "error.h"
#include "grading.h"
#include "manifest.h"

/* Its exercise.json, which is valid. suite_a has the tests suite_a.first (2 points,
 * CAP-1) and suite_a.second (1 point, CAP-2), suite_b has suite_b.third (4, ALI-1). */
extern const char small_exercise_json[];

/* A copy of `text` in which `to` stands for `from`, which must occur. To be freed. */
char *replaced(const char *text, const char *from, const char *to);

/* manifest_read of a folder that has `json` as its exercise.json. */
int read_exercise(const char *json, struct manifest *manifest, struct error *error);

/* The small exercise, read. */
void small_manifest(struct manifest *manifest);

/* A grading of it: suite_a.first passed, suite_a.second failed, suite_b.third crashed;
 * 2 of 7 points. Released by grading_release. */
void small_grading(struct grading *grading);

#endif
