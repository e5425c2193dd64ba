/*
 * compile: a C source made into an object by the compiler, with the course's flags.
 *
 * The one thing to get wrong: a compiler that fails may be the student's doing or the
 * installation's. Where its messages do not tell, an empty source is compiled as well:
 * if that fails too, it is an error of ours.
 */
#ifndef COMPILE_H
#define COMPILE_H

#include "build.h"
#include "text.h"
#include "workdir.h"

/*
 * Compiles `source`. Sets status and compiler of `build`, adds the messages, and fills
 * `object`, which is empty before, if the status is BUILD_OK.
 */
int compile_submission(const struct text *source,
                       const struct manifest *manifest,
                       const struct installation *installation,
                       const struct workdir *workdir,
                       struct build *build,
                       struct text *object,
                       struct error *error);

#endif
