/*
 * stage: a submission taken in: read once, named by its hash, and seen for what it is.
 *
 * The one thing to get wrong: a file that cannot be opened is the caller's mistake and
 * an error; a file that is no C source is the student's, and a diagnostic.
 */
#ifndef STAGE_H
#define STAGE_H

#include "build.h"
#include "text.h"

/*
 * Reads `path`, at most limits.submission_bytes of it, following symbolic links. Sets
 * sha256, bytes, is_object and status of `build`, and `content` unless it was rejected.
 *
 * ERROR_USAGE: it is missing, unreadable, or no regular file.
 */
int stage_submission(const char *path,
                     const struct manifest *manifest,
                     struct build *build,
                     struct text *content,
                     struct error *error);

#endif
