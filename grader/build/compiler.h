/*
 * compiler: gcc, run with the course's flags on a file in the private directory.
 *
 * The one thing to get wrong: its version is asked for beside the first compilation,
 * not before or after it, because starting a program costs as much as the answer.
 */
#ifndef COMPILER_H
#define COMPILER_H

#include "build.h"
#include "child.h"
#include "tool.h"

#include <stdbool.h>

/* What a compilation that succeeds leaves in the private directory. */
#define COMPILER_OBJECT "submission.o"

/* One compilation. Everything is borrowed. */
struct compilation {
    const char *gcc;
    const char *file;
    const struct manifest *manifest;
    const struct tool_environment *environment;
    const struct workdir *workdir;
    bool is_piped; /* the assembler runs beside the compiler */
};

/* Runs the compiler to its end; sets build->compiler if it is not known yet. The caller
 * releases `compiler`. ERROR_GRADER: it could not run, or does not tell its version. */
int compiler_run(const struct compilation *compilation,
                 struct build *build,
                 struct child *compiler,
                 struct error *error);

/* The same, with the assembler beside the compiler where that does not mix up what the
 * two have to say. */
int compiler_run_unmixed(struct compilation *compilation,
                         struct build *build,
                         struct child *compiler,
                         struct error *error);

bool compiler_has_succeeded(const struct child *compiler);

/* Did it, or one of the programs that it starts, write these words? */
bool compiler_says(const struct child *compiler, const char *words);

#endif
