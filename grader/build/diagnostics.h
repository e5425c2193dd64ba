/*
 * diagnostics: the list of messages about a submission.
 *
 * The one thing to get wrong: every text that enters the list is cleaned here (text.h),
 * so callers hand over what the tools wrote, as it is.
 */
#ifndef DIAGNOSTICS_H
#define DIAGNOSTICS_H

#include "build.h"

/* Adds a copy of `model`, its text cleaned and cut. ERROR_GRADER: out of memory. */
int diagnostics_add(struct build *build,
                    const struct diagnostic *model,
                    struct error *error);

/* Adds a sentence of ours, of no place in the source. */
int diagnostics_say(struct build *build,
                    const char *phase,
                    enum diagnostic_severity severity,
                    struct error *error,
                    const char *format,
                    ...) __attribute__((format(printf, 5, 6)));

/* The same as an error, and the submission is BUILD_REJECTED. */
int diagnostics_reject(struct build *build,
                       const char *phase,
                       struct error *error,
                       const char *format,
                       ...) __attribute__((format(printf, 4, 5)));

/*
 * Drops what exceeds the limits' count and bytes, and notes that it did. Errors are
 * kept before warnings, the first before the later ones, and a note only with the
 * message that it explains: nobody should miss the error for the warnings before it.
 */
void diagnostics_cap(struct build *build, const struct manifest_limits *limits);

/* Frees the list. */
void diagnostics_release(struct build *build);

#endif
