/*
 * symbols: the names that our own object and the compiler's library offer to a link.
 *
 * The one thing to get wrong: these files are trusted; a student's object is never read
 * here (audit.h).
 */
#ifndef SYMBOLS_H
#define SYMBOLS_H

#include "error.h"

#include <stdbool.h>
#include <stddef.h>

/* Names that are defined for others; they belong to the struct. */
struct symbols {
    char **names;
    size_t count;
};

/* Reads the defined names of the object at `path`, or those in a library's index.
 * ERROR_GRADER: it cannot be read. `symbols` is empty before. */
int symbols_read(const char *path, struct symbols *symbols, struct error *error);

bool symbols_has(const struct symbols *symbols, const char *name);

void symbols_release(struct symbols *symbols);

#endif
