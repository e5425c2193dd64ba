/*
 * catalogue: what an exercise demands: `grader tests`, `explain` and `formats`.
 */
#ifndef CATALOGUE_H
#define CATALOGUE_H

#include "error.h"
#include "manifest.h"
#include "terminal.h"

/* The suites and their tests, with points, clauses and visibility. */
void catalogue_tests(const struct terminal *terminal, const struct manifest *manifest);

/* A clause, why it matters, and the tests that check it; the id in any case of letters.
 * ERROR_USAGE: there is no such clause; the message says which ones there are. */
int catalogue_explain(const struct terminal *terminal,
                      const struct manifest *manifest,
                      const char *clause,
                      struct error *error);

/* What a grading can be written as. */
void catalogue_formats(const struct terminal *terminal);

#endif
