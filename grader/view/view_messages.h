/*
 * view_messages: what the compiler and the grader's own checks say about a submission,
 * shown as a compiler shows it.
 */
#ifndef VIEW_MESSAGES_H
#define VIEW_MESSAGES_H

#include "grading.h"
#include "terminal.h"

#include <stddef.h>

/* The messages, at most `most` of the compiler's, each with its source line if it has
 * one; a line says how many there are beyond. */
void view_messages(const struct terminal *terminal,
                   const struct grading *grading,
                   size_t most);

/* How many errors there are among them. */
size_t view_count_errors(const struct grading *grading);

#endif
