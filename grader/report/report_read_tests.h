/*
 * report_read_tests: the lists of a report: suites, clauses, tests, and what was found
 * beside them. Errors are json_read.h's; on one, `report` has what was read so far.
 */
#ifndef REPORT_READ_TESTS_H
#define REPORT_READ_TESTS_H

#include "json_read.h"
#include "report_read.h"

/* The suites, the clauses and the tests, which refer to both. */
int report_read_tests(const struct json_value *root,
                      struct report *report,
                      struct error *error);

/* Diagnosis, findings and diagnostics; the clauses have been read. */
int report_read_findings(const struct json_value *root,
                         struct report *report,
                         struct error *error);

/* What entries of several lists have: the clause that "clause" names, and the member
 * "counterexample", which leaves both outputs as they are if it is null. */
int report_find_clause(const struct json_value *entry,
                       const struct report *report,
                       const struct report_clause **clause,
                       struct error *error);
int report_read_counterexample(const struct json_value *entry,
                               bool *has,
                               struct report_counterexample *counterexample,
                               struct error *error);

#endif
