/*
 * view_example: the shortest calls that show what a test found: its counterexample.
 */
#ifndef VIEW_EXAMPLE_H
#define VIEW_EXAMPLE_H

#include "results.h"
#include "terminal.h"

#include <stdbool.h>

/* Whether there is one, and it is shorter than the test. */
bool view_example_is_shorter(const struct outcome *result);

/* Its calls, what was expected and what came back. */
void view_example(const struct terminal *terminal, const struct outcome *result);

/* There is one: it as a program, to copy from the screen, so no line is broken. */
void view_example_program(const struct terminal *terminal,
                          const struct outcome *result);

#endif
