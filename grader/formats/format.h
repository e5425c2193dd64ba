/*
 * format: what a report can be written as, one file a platform.
 *
 * Every writer is a pure function of a report: no clock, no file, no machine. The one
 * thing to get wrong: the total. It is report->points of report->max everywhere, and a
 * fraction is made of the two in one place (json_write_fraction).
 *
 * Where a platform limits the size of what it takes, a page is written again without
 * pictures, and then with shorter texts, until it fits: page.h's functions see to it.
 */
#ifndef FORMATS_FORMAT_H
#define FORMATS_FORMAT_H

#include "audience.h"
#include "report_read.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What a platform's runner says about a submission; NULL where it does not. */
typedef const char *format_lookup(const char *name);

/* What a writer works on. */
struct page {
    const struct report *report;
    const struct report *shown; /* what of it students may see at any time */
    FILE *out;
    size_t text_bytes;     /* at most so much of any one text; 0: only its mark */
    bool has_pictures;     /* of buffers, as images */
    format_lookup *lookup; /* of the environment */
    struct error *error;   /* set with has_failed */
    bool has_failed;
};

typedef void format_writer(struct page *page);

struct format {
    const char *name;
    const char *platform;
    const char *lacks; /* what it cannot carry */
    /* Whom it is for unless one says otherwise. Where the platform shows everything to
     * students, it is them. */
    enum audience audience;
    size_t most_bytes; /* that the platform takes; 0: there is no limit */
    format_writer *write;
};

/* All formats, and how many there are. */
const struct format *format_list(size_t *count);

/* ERROR_USAGE: there is no such format; the message has the nearest one. */
int format_find(const char *name, const struct format **format, struct error *error);

/* Writes a report. The caller frees `*text`. ERROR_USAGE: the environment lacks what
 * the platform sets. */
int format_write(const struct format *format,
                 const struct report *report,
                 format_lookup *lookup,
                 char **text,
                 size_t *length,
                 struct error *error);

#endif
