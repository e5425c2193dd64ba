/*
 * report: the native JSON report, described by report.schema.json.
 *
 * The same grading gives the same bytes: there is no clock in it, no path, no process
 * and no machine. Every number is an integer.
 */
#ifndef REPORT_H
#define REPORT_H

#include "error.h"
#include "grading.h"

#include <stddef.h>

/* What `schema` says; it changes when report.schema.json does. */
#define REPORT_SCHEMA "fba-grader/report/1"

/*
 * The report of a grading of all tests. The caller frees `*text`, which has `*length`
 * bytes, the last of which is a newline.
 */
int report_write(const struct grading *grading,
                 char **text,
                 size_t *length,
                 struct error *error);

#endif
