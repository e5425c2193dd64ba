/*
 * view: what a student reads after a grading.
 *
 * The first lines say how it stands; then every failed test says which promise of the
 * contract was broken, what was called, what came back and where to read on. Of many
 * failed tests one of each suite is told, the others have a line each, and what reads
 * like an earlier one is said to.
 */
#ifndef VIEW_H
#define VIEW_H

#include "grading.h"
#include "terminal.h"

#include <stdbool.h>

/* `command` is how the same file is graded again, for the reader to copy; NULL if there
 * is no test that may be looked at. */
void view_grading(const struct terminal *terminal,
                  const struct grading *grading,
                  const char *command);

/* The one test that was run; with `is_traced` every call that is known. */
void view_selected(const struct terminal *terminal,
                   const struct grading *grading,
                   bool is_traced);

#endif
