/*
 * where: the places of a submission's source at which its tests stopped.
 *
 * The judge gives addresses; the linked program carries the debugging information that
 * turns them into a file, a line and a function. A child reads it (where_scan.h), and
 * what the child says is checked here before anybody uses it.
 *
 * The one thing to get wrong: addresses and debugging information are the submission's
 * own words. At worst a place is told that is not the one, or none.
 */
#ifndef WHERE_H
#define WHERE_H

#include "build.h"
#include "error.h"
#include "manifest.h"
#include "results.h"

#include <stdbool.h>

/*
 * Fills file, line, column and function of each result that has an address. A place in
 * the submission that the judge has named stays, and gets its function; a place that
 * cannot be found is left out. Does nothing, and starts nothing, if no result has an
 * address. ERROR_GRADER: no child could be started.
 */
int where_tell(const struct build *build,
               const struct manifest *manifest,
               bool trusts_submission,
               struct results *results,
               struct error *error);

#endif
