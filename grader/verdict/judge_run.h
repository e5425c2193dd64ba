/*
 * judge_run: runs the judge on a linked submission and brings back what it wrote.
 *
 * The one thing to get wrong: only a judge that exits with status 0 has said anything.
 * Whatever else happens (a signal, another status, too much output, no end in time) is
 * ERROR_GRADER, and nothing of what it wrote is looked at.
 *
 * The judge gets two descriptors, an empty environment, /dev/null to read, and a
 * session of its own, which is killed as a whole when it is over.
 */
#ifndef JUDGE_RUN_H
#define JUDGE_RUN_H

#include "build.h"
#include "error.h"
#include "manifest.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct judge_spec {
    const char *program;             /* the judge */
    int subject;                     /* the linked submission; stays the caller's */
    uid_t user;                      /* runs the submission; 0: this user */
    const struct manifest *manifest; /* for limits, and names in messages */
    char *const *symbols;            /* names bound to trap 0, 1, ... */
    size_t symbol_count;
    const char *test; /* the only test to run, or NULL for all */
    const char *seed; /* of searches: 16 hexadecimal digits */
    bool keeps_calls; /* every call and not only the last ones */
};

/* `*text` has `*length` bytes and a NUL behind them; the caller frees it. */
int judge_run(const struct judge_spec *spec,
              char **text,
              size_t *length,
              struct error *error);

#endif
