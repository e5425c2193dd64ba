/*
 * grading: everything that is known about one submission once it is graded.
 *
 * Data only: grade.c fills it, report.c and view.c show it. The one thing to get wrong:
 * `results` and `score` are there in any case; in a submission that was not built no
 * test has run, and the score is 0.
 */
#ifndef GRADING_H
#define GRADING_H

#include "build.h"
#include "manifest.h"
#include "results.h"
#include "score.h"

#include <stdbool.h>
#include <stddef.h>

/* Something about the submission as a whole that no tool has said. */
struct remark {
    enum diagnostic_severity severity;
    char *message;
};

/* What belongs to the run and not to the submission. */
struct grading_times {
    double judge_ms;
    double total_ms;
};

/* Everything belongs to the struct. */
struct grading {
    struct manifest manifest;
    struct build build;
    struct results results;
    struct score score;
    struct remark *remarks;
    size_t remark_count;
    char *file;         /* base name of the submission, fit to be shown */
    char seed[17];      /* 16 hexadecimal digits */
    ptrdiff_t selected; /* index of the only test that was run, or -1 */
    struct grading_times times;
    bool trusts_submission; /* graded without a sandbox */
    unsigned namespaces;    /* CLONE_NEW* flags of those entered for it */
};

#endif
