/*
 * output: a file the user asked for, written whole or not at all.
 *
 * The one thing to get wrong: check before the work, write after it. A path that cannot
 * be written is the user's to know before a grading, not after it.
 */
#ifndef OUTPUT_H
#define OUTPUT_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Whether two paths name one place, so that what is written second would replace or
 * follow what is written first. Two names of a file that does not exist yet count as
 * two places unless they are spelt alike. */
bool output_is_same(const char *path, const char *other);

/*
 * Says whether `path` can be written: ERROR_USAGE names what is wrong with it. `input`
 * is a file that it must not be, or NULL; `option` is named in the message. "-" is
 * standard output and always fine.
 */
int output_check(const char *path,
                 const char *option,
                 const char *input,
                 struct error *error);

/*
 * Writes `length` bytes. A regular file is replaced in one step: whoever looks sees the
 * old one or the new one. What is no regular file (a pipe, a device) and "-" are
 * written to directly. ERROR_GRADER: it failed.
 */
int output_write(const char *path,
                 const char *bytes,
                 size_t length,
                 struct error *error);

#endif
