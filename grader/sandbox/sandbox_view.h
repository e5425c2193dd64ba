/*
 * sandbox_view: which files a confined child can open.
 *
 * The one thing to get wrong: landlock has no exceptions. A folder that can be read can
 * be read to its depths, so a grader that lies in one of the toolchain's folders would
 * show its hidden tests to a submission; such a place is refused.
 */
#ifndef SANDBOX_VIEW_H
#define SANDBOX_VIEW_H

#include "error.h"
#include "sandbox.h"

/*
 * A landlock ruleset for a child under `policy` that runs `program` (absolute path;
 * NULL: it runs none and opens nothing). Returns a descriptor that the caller closes,
 * or -1. ERROR_GRADER: the kernel has no landlock, or this program lies in a folder
 * that the child may read.
 */
int sandbox_view_open(const struct sandbox_policy *policy,
                      const char *program,
                      struct error *error);

#endif
