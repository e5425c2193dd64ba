/*
 * view_cause: why the tests failed, where that is known: the diagnosis of a grading.
 *
 * One cause often fails tests of several suites, so it stands before them. How sure it
 * is can be read in its heading.
 */
#ifndef VIEW_CAUSE_H
#define VIEW_CAUSE_H

#include "grading.h"
#include "terminal.h"

#include <stdbool.h>
#include <stddef.h>

/* The likeliest cause, and those that explain what it does not. Nothing if there is
 * none. */
void view_causes(const struct terminal *terminal, const struct grading *grading);

/* Whether a cause that is sure explains this test: its hint would say it again. */
bool view_cause_explains(const struct grading *grading, size_t test);

#endif
