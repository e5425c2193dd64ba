/*
 * audit: what an object would do to the link, and whether that is allowed.
 *
 * The object is read by a child of its own (audit_scan.h), because the library that
 * parses it is large and the bytes are a stranger's. What the child says is checked
 * here before anybody uses it.
 *
 * The one thing to get wrong: the audit decides only about linking and loading. What
 * the code does when it runs is the judge's business.
 */
#ifndef AUDIT_H
#define AUDIT_H

#include "build.h"
#include "text.h"
#include "workdir.h"

/* Names that the object uses and does not define, in their order in the object, each
 * once; of letters, digits and "_.$" only. The caller frees each and the array. */
struct audit_names {
    char **names;
    size_t count;
};

void audit_names_release(struct audit_names *names);

/*
 * Audits `object`. Sets status, has_function and writable_statics of `build` and fills
 * `undefined`, which is empty before; where a rule is broken, the status is
 * BUILD_REJECTED and each broken rule has its diagnostic.
 */
int audit_object(const struct text *object,
                 const struct manifest *manifest,
                 const struct workdir *workdir,
                 struct build *build,
                 struct audit_names *undefined,
                 struct error *error);

#endif
