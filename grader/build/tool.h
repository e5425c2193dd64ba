/*
 * tool: what the compiler and the linker have in common: how they are found, and the
 * environment they see.
 *
 * The one thing to get wrong: nothing is inherited. CPATH, LD_PRELOAD, GCC_EXEC_PREFIX
 * and the user's locale would each change what a grading says.
 */
#ifndef TOOL_H
#define TOOL_H

#include "error.h"
#include "workdir.h"

/* PATH as ours, LC_ALL=C, TMPDIR in the private directory, and SOURCE_DATE_EPOCH, so
 * that __DATE__ and __TIME__ say the same in every run. */
struct tool_environment {
    char *owned[5];
    const char *variables[6]; /* NULL-terminated */
};

int tool_environment_init(struct tool_environment *environment,
                          const struct workdir *workdir,
                          struct error *error);

/* Adds a shared library that every program loads first; relative to the private
 * directory. */
int tool_environment_preload(struct tool_environment *environment,
                             const char *library,
                             struct error *error);

void tool_environment_release(struct tool_environment *environment);

/* Finds a program in PATH. Returns an absolute path that the caller frees, or NULL with
 * ERROR_GRADER naming `remedy`. */
char *tool_find(const char *name, const char *remedy, struct error *error);

#endif
