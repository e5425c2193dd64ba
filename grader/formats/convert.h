/*
 * convert: a report as somebody else reads it: for an audience, in a format.
 *
 * `grader grade` and `grader convert` go the same way: the native report is read back,
 * filtered for its audience, and written. So what one gives, the other gives.
 */
#ifndef CONVERT_H
#define CONVERT_H

#include "audience.h"
#include "error.h"
#include "format.h"
#include "grading.h"

#include <stdbool.h>
#include <stddef.h>

struct convert_spec {
    const struct format *format;
    enum audience audience;
    bool is_audience_given; /* and not the format's own */
    enum phase phase;
};

/* From the values of --format, --audience and --phase, each NULL if it was not given.
 * ERROR_USAGE. */
int convert_choose(const char *format,
                   const char *audience,
                   const char *phase,
                   struct convert_spec *spec,
                   struct error *error);

/* Converts the native report in a file; "-" is standard input. ERROR_USAGE: it is no
 * report, or one for students that instructors are to get. The caller frees `*text`. */
int convert_file(const char *path,
                 const struct convert_spec *spec,
                 char **text,
                 size_t *length,
                 struct error *error);

/* The report of a grading of all tests. The grading is filtered along with it, so that
 * whatever is shown of it afterwards is for the same audience. */
int convert_grading(const struct convert_spec *spec,
                    struct grading *grading,
                    char **text,
                    size_t *length,
                    struct error *error);

#endif
