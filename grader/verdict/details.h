/*
 * details: the parts of a result that are passed on as they are: the buffer's picture,
 * a counterexample, causes, findings. harness/judge/RESULTS.md says what is in them.
 *
 * They stay trees of JSON. What reads them may rely on their form, which is checked
 * here, key by key, whether they come from the judge or from a report.
 */
#ifndef DETAILS_H
#define DETAILS_H

#include "json_read.h"

/* What stands under `buffer`, `counterexample`, `diagnosis` or `finding`. Each check
 * gives 0, or -1 and the place of what is wrong. */
int details_check_buffer(const struct json_value *buffer, struct error *error);
int details_check_counterexample(const struct json_value *counterexample,
                                 struct error *error);
int details_check_diagnosis(const struct json_value *diagnosis, struct error *error);
int details_check_finding(const struct json_value *finding, struct error *error);

typedef int details_check(const struct json_value *value, struct error *error);

/* The member `key` of `object`: null gives NULL; anything else is checked and copied;
 * the caller frees the copy with json_free. */
int details_read(const struct json_value *object,
                 const char *key,
                 details_check *check,
                 struct cJSON **copy,
                 struct error *error);

#endif
