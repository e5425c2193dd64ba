/*
 * sample_report: the report of the small exercise, with something in every field.
 */
#ifndef SAMPLE_REPORT_H
#define SAMPLE_REPORT_H

#include "grading.h"
#include "report_read.h"

/* What the report says of its hidden test, suite_a.second, and of nothing else. */
extern const char *const sample_secrets[];

/* A grading whose hidden test failed with a picture and a counterexample, with a
 * diagnosis that rests on it and a finding. Released by grading_release. */
void sample_grading(struct grading *grading);

/* Its report, to be freed. */
char *sample_text(void);

/* The same, read; released by report_release. */
void sample_report(struct report *report);

#endif
