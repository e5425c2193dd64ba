/*
 * view_messages: what the compiler and the grader's own checks say about a submission,
 * shown as a compiler shows it.
 */
#ifndef VIEW_MESSAGES_H
#define VIEW_MESSAGES_H

#include "grading.h"
#include "terminal.h"

#include <stddef.h>

/* All messages; each begins at the left margin, with its source line if it has one. */
void view_messages(const struct terminal *terminal, const struct grading *grading);

/* How many errors there are among them. */
size_t view_count_errors(const struct grading *grading);

#endif
