/*
 * audit_section: which sections an object may have.
 *
 * The one thing to get wrong: this is a list of what is allowed. Linkers and loaders
 * give a meaning to more names than anybody can list, so what is not known is refused.
 */
#ifndef AUDIT_SECTION_H
#define AUDIT_SECTION_H

#include "audit_scan.h"

#include <gelf.h>
#include <stdbool.h>

/* true, or false and the `rule` that the section breaks. */
bool audit_section_is_allowed(const char *name,
                              const GElf_Shdr *header,
                              enum audit_rule *rule);

/* Does it hold static storage that the program may write to? Constant data that only
 * the linker fills in (.data.rel.ro) does not count. */
bool audit_section_is_writable(const char *name, const GElf_Shdr *header);

#endif
