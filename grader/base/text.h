/*
 * text: bytes that grow, and what makes foreign bytes fit to be shown.
 *
 * The one thing to get wrong: text_clean keeps the length and every offset, so that the
 * columns a compiler named still point at the same place afterwards.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* `bytes` ends in a NUL that `length` does not count; NULL while nothing was added. */
struct text {
    char *bytes;
    size_t length;
    size_t capacity;
};

/* Adds `count` bytes. false: out of memory, and nothing has changed. */
bool text_append(struct text *text, const char *bytes, size_t count);

/* Frees the contents; `text` is empty afterwards. */
void text_release(struct text *text);

/*
 * How many bytes the character takes that `bytes` begins with, if a terminal or a page
 * may be shown it; 0 if not, and where no whole character of UTF-8 is. `length` is at
 * least 1. Not to be shown are control characters but newline (C0, DEL, C1), the marks
 * that change the direction of writing (U+061C, U+200E, U+200F, U+202A to U+202E,
 * U+2066 to U+2069), the separators of lines (U+2028, U+2029) and the byte order mark.
 */
size_t text_harmless(const char *bytes, size_t length);

/*
 * Makes `bytes` harmless to print, in place: what text_harmless does not let through
 * becomes question marks, one for each byte; a tab becomes a space.
 */
void text_clean(char *bytes, size_t length);

/* The largest length, at most `limit`, at which `bytes` may be cut without dividing a
 * character. */
size_t text_cut(const char *bytes, size_t length, size_t limit);

#endif
