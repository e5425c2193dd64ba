/*
 * handout: what the grader that students have at home keeps to itself.
 *
 * There it shows what students may see and nothing else, of its own exercise alone: who
 * could change the manifest could declare every test visible. The one thing to get
 * wrong: this keeps hidden tests out of texts. It does not stop a debugger.
 */
#ifndef HANDOUT_H
#define HANDOUT_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether this grader is one that was handed out (tools/handout.sh). */
bool handout_is(void);

/* ERROR_USAGE: this grader was handed out, and not with these bytes of a manifest. */
int handout_check_manifest(const char *path,
                           const char *bytes,
                           size_t length,
                           struct error *error);

#endif
