/*
 * counterexample: a few calls after which a submission is wrong, for a student to try.
 *
 * The calls of a failed test are carried out again, compared with the whole contract,
 * and shrunk. What is left is written down in words and as a C program.
 */
#ifndef COUNTEREXAMPLE_H
#define COUNTEREXAMPLE_H

#include "sequence.h"
#include "shrink.h"
#include "test_case.h"
#include "verdict.h"

struct cJSON;

/* For `exercise`: one for the test that has just failed, or NULL. */
struct cJSON *counterexample_of_test(const struct test_case *test,
                                     const struct verdict *verdict);

/* `counterexample` of RESULTS.md, from a sequence and how it has failed. */
struct cJSON *counterexample_of_sequence(const struct sequence *sequence,
                                         const struct failure *failure);

/* The same of texts; `calls` is an array of strings, and taken. */
struct cJSON *counterexample_of_texts(struct cJSON *calls,
                                      const char *expected,
                                      const char *actual,
                                      const char *program);

#endif
