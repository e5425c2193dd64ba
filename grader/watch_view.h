/*
 * watch_view: what a save has changed, in few lines.
 */
#ifndef WATCH_VIEW_H
#define WATCH_VIEW_H

#include "grading.h"
#include "terminal.h"

/* After the first grading: what happens next, and how to end it. */
void watch_view_waiting(const struct terminal *terminal, const struct grading *grading);

/*
 * The points before and after, the tests that are fixed and those that are newly
 * broken, and the one to look at next. `before` is the last grading in which tests were
 * run, of the same manifest, or NULL.
 */
void watch_view_change(const struct terminal *terminal,
                       const struct grading *before,
                       const struct grading *after);

/* Something kept the file from being graded. */
void watch_view_trouble(const struct terminal *terminal, const char *message);

#endif
