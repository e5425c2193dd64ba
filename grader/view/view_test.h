/*
 * view_test: one test, in full, in short, or in a line.
 */
#ifndef VIEW_TEST_H
#define VIEW_TEST_H

#include "grading.h"
#include "terminal.h"

#include <stddef.h>

enum view_detail {
    VIEW_WORDS,    /* without the picture of the buffer */
    VIEW_PICTURE,  /* with it */
    VIEW_SELECTED, /* and the counterexample as a program */
    VIEW_TRACED    /* and every known call, not only the last ones */
};

/* Title, clause, calls, what was expected and what came back, hint, where to read on.
 * Passed tests as well. */
void view_test_full(const struct terminal *terminal,
                    const struct grading *grading,
                    size_t test,
                    enum view_detail detail);

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
