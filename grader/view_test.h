/*
 * view_test: one test, in full, in short, or in a line.
 */
#ifndef VIEW_TEST_H
#define VIEW_TEST_H

#include "grading.h"
#include "terminal.h"

#include <stdbool.h>
#include <stddef.h>

/* Title, clause, calls, what was expected and what came back, hint, where to read on.
 * With `is_traced` every known call and not only the last ones. Passed tests as
 * well. */
void view_test_full(const struct terminal *terminal,
                    const struct grading *grading,
                    size_t test,
                    bool is_traced);

/* Title, clause, what happened and hint: for a failure that reads like another one. */
void view_test_short(const struct terminal *terminal,
                     const struct grading *grading,
                     size_t test);

/* That it is like another one, and nothing else. */
void view_test_as_above(const struct terminal *terminal,
                        const struct grading *grading,
                        size_t test);

/* Points lost, title, and the status if it is worse than failed. */
void view_test_line(const struct terminal *terminal,
                    const struct grading *grading,
                    size_t test);

#endif
