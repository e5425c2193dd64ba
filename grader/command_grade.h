/*
 * command_grade: `grader grade`, from its options to what it writes and shows.
 */
#ifndef COMMAND_GRADE_H
#define COMMAND_GRADE_H

#include "error.h"
#include "options.h"

#include <stdbool.h>

/* Returns the exit status of the program, or -1 with `error` set. `program` is what the
 * user called it; `has_stdout`: standard output was open when it started. */
int command_grade(const struct options *options,
                  const char *program,
                  bool has_stdout,
                  struct error *error);

/* How to grade the same file again, as the caller named program and file; to be freed.
 * NULL: memory is out. */
char *command_again(const char *program, const struct options *options);

#endif
