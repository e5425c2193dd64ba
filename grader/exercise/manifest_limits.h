/*
 * manifest_limits: the `limits` of an exercise.json.
 *
 * Every limit must be there and be at least 1: a limit that is forgotten is no limit.
 */
#ifndef MANIFEST_LIMITS_H
#define MANIFEST_LIMITS_H

#include "error.h"
#include "json_read.h"
#include "manifest.h"

/* Reads the member "limits" of `root`. Errors are json_read's. */
int manifest_limits_read(const struct json_value *root,
                         struct manifest_limits *limits,
                         struct error *error);

#endif
