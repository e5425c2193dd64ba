/*
 * utf8: characters of UTF-8 text, one at a time.
 */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>

/* Bytes of the character at `text`, 1 to 4; 0 if there is no valid one. `text` ends
 * with a NUL, which is a character of 1 byte. */
size_t utf8_length(const char *text);

/* How many characters a text has; an invalid byte counts as one. */
size_t utf8_count(const char *text);

#endif
