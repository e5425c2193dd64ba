/*
 * grade: from a student's file to a verdict.
 *
 *     manifest -> stage, compile, audit, link -> judge -> results -> score
 *
 * The processes, and who trusts whom: this program reads the student's bytes and hashes
 * them; everything that must understand them (compiler, audit, linker) runs as a child
 * with limits, and its answers are claims. The linked submission is handed as a
 * descriptor to the judge, which runs it in yet another process and never contains it.
 * The judge is believed, but only as a whole: it must exit with status 0, after a
 * closing line, with one result for each test of the manifest. Silence of any kind is
 * an error of the grader, and then there is no score.
 */
#ifndef GRADE_H
#define GRADE_H

#include "error.h"
#include "grading.h"
#include "seed.h"

#include <stdbool.h>
#include <stdint.h>

struct grade_spec {
    const char *file;       /* the submission */
    const char *exercise;   /* folder, or NULL for the default one */
    const char *test;       /* id of the only test to run, or NULL for all */
    bool keeps_calls;       /* all calls of a test and not only the last ones */
    bool trusts_submission; /* no sandbox */
    unsigned namespaces;    /* that the grader is in (namespaces.h); only recorded */
    bool has_seed;
    uint64_t seed;
    const struct seed_key *seed_key; /* or NULL */
};

/* Grades a submission. The caller releases `grading`. */
int grade(const struct grade_spec *spec, struct grading *grading, struct error *error);

/* Frees the contents; needs a grading that grade has filled, or grading_init. */
void grading_release(struct grading *grading);
void grading_init(struct grading *grading);

/* The manifest of the exercise in `directory`, or of the default one if NULL. */
int grade_read_manifest(const char *directory,
                        struct manifest *manifest,
                        struct error *error);

#endif
