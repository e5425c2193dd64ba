/*
 * manifest_entries: the suites, clauses and tests of an exercise.json.
 *
 * They are read in this order, because a test names its suite and its clause.
 */
#ifndef MANIFEST_ENTRIES_H
#define MANIFEST_ENTRIES_H

#include "error.h"
#include "json_read.h"
#include "manifest.h"

/*
 * Reads the three lists and checks them against each other: ids are unique, references
 * lead somewhere, points add up, every clause has a test. Errors are json_read's; what
 * was read until then is in `manifest`, for manifest_release.
 */
int manifest_entries_read(const struct json_value *root,
                          struct manifest *manifest,
                          struct error *error);

#endif
