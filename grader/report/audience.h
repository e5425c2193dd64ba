/*
 * audience: what of a report a student may see, and when.
 *
 * A test is shown from the date on that its visibility names; a hidden one never is. Of
 * one that is not shown, a student gets its title, clause and points, and beyond that
 * what the exercise's hidden_feedback allows:
 *
 *     full         everything
 *     actual-only  status, place, hint, and what the submission did
 *     category     status, place and hint; the name of a function that is not there
 *     none         passed or not
 *
 * Its calls, its message, what it expected, the picture of its buffer and its
 * counterexample are gone in all but the first. A diagnosis that rests on it keeps only
 * the evidence that repeats none of that; with `none` it goes. Findings are for
 * instructors in any case.
 */
#ifndef AUDIENCE_H
#define AUDIENCE_H

#include "error.h"
#include "grading.h"
#include "manifest.h"
#include "report_read.h"

#include <stdbool.h>

enum audience {
    AUDIENCE_INSTRUCTOR,
    AUDIENCE_STUDENT
};

enum phase {
    PHASE_BEFORE_DUE,
    PHASE_AFTER_DUE,
    PHASE_PUBLISHED
};

/* What --audience and --phase name. ERROR_USAGE lists the names. */
int audience_parse(const char *name, enum audience *audience, struct error *error);
int phase_parse(const char *name, enum phase *phase, struct error *error);

/* Whether students are shown such a test then. */
bool audience_shows(enum visibility visibility, enum phase phase);

/* Makes a report one for students. One that is already stays as it is. */
int audience_filter(struct report *report, enum phase phase, struct error *error);

/* The same for the grading that the report was made of, so that a terminal shows what
 * the report says: `report` is filtered. Fails when memory is out only. */
int audience_filter_grading(const struct report *report,
                            struct grading *grading,
                            struct error *error);

#endif
