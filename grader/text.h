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
 * Makes `bytes` harmless to print, in place: what is not UTF-8, control characters but
 * newline, and the characters that change the direction of writing become question
 * marks, one for each byte; a tab becomes a space.
 */
void text_clean(char *bytes, size_t length);

/* The largest length, at most `limit`, at which `bytes` may be cut without dividing a
 * character. */
size_t text_cut(const char *bytes, size_t length, size_t limit);

#endif
