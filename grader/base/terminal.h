/*
 * terminal: text for a person: 80 columns, or what a narrower screen has, colours and
 * signs where they can be shown.
 *
 * The one thing to get wrong: much of what is shown was written by a stranger. Text
 * goes out through terminal_text and terminal_paragraph, which let nothing through that
 * does harm (text.h). The marks and bars mean the same without colour and without
 * Unicode.
 */
#ifndef TERMINAL_H
#define TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum {
    TERMINAL_COLUMNS = 80,
    TERMINAL_COLUMNS_MIN = 40
};

enum terminal_style {
    STYLE_PLAIN,
    STYLE_STRONG,
    STYLE_FAINT,
    STYLE_GOOD,
    STYLE_BAD,
    STYLE_WARNING,
    STYLE_NOTE
};

struct terminal {
    FILE *out;
    bool has_colour;
    bool has_unicode;
    size_t columns; /* 0: TERMINAL_COLUMNS */
};

/* Colours if `out` is a terminal that has them (TERM is not "dumb") and NO_COLOR
 * (no-color.org) is unset or empty; Unicode if the locale of the environment is UTF-8;
 * the width of a terminal. `out` stays the caller's. */
void terminal_init(struct terminal *terminal, FILE *out);

/* How many cells a line has: 40 to 80. */
size_t terminal_columns(const struct terminal *terminal);

/* Whether the locale is UTF-8; the first that is set and not empty decides (POSIX). */
bool terminal_is_utf8(const char *lc_all, const char *lc_ctype, const char *lang);

/* Text as it is, but harmless; no newline is added. */
void terminal_text(const struct terminal *terminal,
                   enum terminal_style style,
                   const char *text);

/* The same by a format. */
void terminal_format(const struct terminal *terminal,
                     enum terminal_style style,
                     const char *format,
                     ...) __attribute__((format(printf, 3, 4)));

/* A paragraph with line breaks between words. `first` stands before its first line,
 * `rest` before the others; a word that is too long for a line stands alone. */
void terminal_paragraph(const struct terminal *terminal,
                        enum terminal_style style,
                        const char *first,
                        const char *rest,
                        const char *text);

/* The same behind `column` cells that are taken already. */
void terminal_paragraph_from(const struct terminal *terminal,
                             size_t column,
                             enum terminal_style style,
                             const char *first,
                             const char *rest,
                             const char *text);

/* Ends a line on which `column` cells are taken: `left` follows there, `right` stands
 * at the end. What is too long for one line takes two. */
void terminal_two_ends(const struct terminal *terminal,
                       enum terminal_style style,
                       size_t column,
                       const char *left,
                       const char *right);

/* A bar of `width` cells. It is full, and it is empty, only if the share is exactly
 * so. */
void terminal_bar(const struct terminal *terminal, int part, int whole, size_t width);

/* One cell: a tick or a cross. */
void terminal_mark(const struct terminal *terminal, bool is_good);

/* A line across, and its end. */
void terminal_rule(const struct terminal *terminal);

void terminal_newline(const struct terminal *terminal);

#endif
