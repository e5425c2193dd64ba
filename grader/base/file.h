/*
 * file: whole files, read and written through descriptors.
 *
 * The one thing to get wrong: a file may grow while it is read, so its size is never
 * asked for; what is read is what there is.
 */
#ifndef FILE_H
#define FILE_H

#include "text.h"

#include <stddef.h>

/* What file_read answers beside 0 and -1. */
#define FILE_TOO_LARGE 1

/* Appends the rest of a file to `content`. Returns 0; FILE_TOO_LARGE as soon as more
 * than `most` bytes were read; -1 with errno set. */
int file_read(int descriptor, size_t most, struct text *content);

/* Writes all bytes. Returns 0, or -1 with errno set. */
int file_write(int descriptor, const char *bytes, size_t count);

#endif
