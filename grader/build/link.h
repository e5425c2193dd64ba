/*
 * link: an audited object and the subject's runtime made into the program that is
 * judged.
 *
 * The one thing to get wrong: the result is read back after the linker is dead and kept
 * in sealed memory, so that nobody can change it between the check and its start.
 */
#ifndef LINK_H
#define LINK_H

#include "audit.h"
#include "build.h"
#include "text.h"
#include "workdir.h"

/*
 * Links `object`. Names in `undefined` that neither the runtime nor the compiler's
 * library defines become `build->traps`. Sets status, and executable if it is BUILD_OK.
 * ERROR_GRADER: the linker is missing, or cannot even link the runtime alone.
 */
int link_submission(const struct text *object,
                    const struct audit_names *undefined,
                    const struct manifest *manifest,
                    const struct installation *installation,
                    const struct workdir *workdir,
                    struct build *build,
                    struct error *error);

#endif
