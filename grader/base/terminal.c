#include "terminal.h"

#include "text.h"
#include "utf8.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *const escapes[] = {
    [STYLE_PLAIN] = "",        [STYLE_STRONG] = "\033[1m", [STYLE_FAINT] = "\033[2m",
    [STYLE_GOOD] = "\033[32m", [STYLE_BAD] = "\033[31m",   [STYLE_WARNING] = "\033[35m",
    [STYLE_NOTE] = "\033[36m"};

static bool is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

bool terminal_is_utf8(const char *lc_all, const char *lc_ctype, const char *lang)
{
    const char *locale = is_set(lc_all) ? lc_all : is_set(lc_ctype) ? lc_ctype : lang;
    return locale != NULL &&
           (strcasestr(locale, "utf-8") != NULL || strcasestr(locale, "utf8") != NULL);
}

static bool is_dumb(const char *term)
{
    return term != NULL && strcmp(term, "dumb") == 0;
}

/* 0 where nobody can tell: a file, a pipe, a terminal that was not told its size. */
static size_t screen_columns(int descriptor)
{
    struct winsize size = {0};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void terminal_init(struct terminal *terminal, FILE *out)
{
    *terminal = (struct terminal){
        .out = out,
        .has_colour = isatty(fileno(out)) != 0 && !is_set(getenv("NO_COLOR")) &&
                      !is_dumb(getenv("TERM")),
        .has_unicode =
            terminal_is_utf8(getenv("LC_ALL"), getenv("LC_CTYPE"), getenv("LANG")),
        .columns = screen_columns(fileno(out))};
}

size_t terminal_columns(const struct terminal *terminal)
{
    if (terminal->columns == 0 || terminal->columns > TERMINAL_COLUMNS) {
        return TERMINAL_COLUMNS;
    }
    return terminal->columns > TERMINAL_COLUMNS_MIN ? terminal->columns
                                                    : TERMINAL_COLUMNS_MIN;
}

static void begin_style(const struct terminal *terminal, enum terminal_style style)
{
    if (terminal->has_colour) {
        fputs(escapes[style], terminal->out);
    }
}

static void end_style(const struct terminal *terminal, enum terminal_style style)
{
    if (terminal->has_colour && style != STYLE_PLAIN) {
        fputs("\033[0m", terminal->out);
    }
}

/* Whether a valid character may be shown: none that does harm, and ASCII only where
 * there is no more. */
static bool may_show(const struct terminal *terminal, const char *text, size_t length)
{
    return text_harmless(text, length) == length &&
           (length == 1 || terminal->has_unicode);
}

/* Shows `bytes` bytes; each character takes one cell. */
static void show(const struct terminal *terminal, const char *text, size_t bytes)
{
    const char *const end = text + bytes;
    while (text < end) {
        const size_t length = utf8_length(text);
        if (length > 0 && may_show(terminal, text, length)) {
            fwrite(text, 1, length, terminal->out);
        } else {
            fputc('?', terminal->out);
        }
        text += length > 0 ? length : 1;
    }
}

void terminal_text(const struct terminal *terminal,
                   enum terminal_style style,
                   const char *text)
{
    begin_style(terminal, style);
    show(terminal, text, strlen(text));
    end_style(terminal, style);
}

void terminal_format(const struct terminal *terminal,
                     enum terminal_style style,
                     const char *format,
                     ...)
{
    char *text = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    /* Without memory for a line of text there is nothing to show it with either. */
    if (length >= 0) {
        terminal_text(terminal, style, text);
        free(text);
    }
}

void terminal_newline(const struct terminal *terminal)
{
    fputc('\n', terminal->out);
}

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\n';
}

/* The word at `text`, and in `*cells` how many characters it has. Returns its bytes. */
static size_t word_length(const char *text, size_t *cells)
{
    size_t bytes = 0;
    *cells = 0;
    while (text[bytes] != '\0' && !is_space(text[bytes])) {
        const size_t length = utf8_length(text + bytes);
        bytes += length > 0 ? length : 1;
        ++*cells;
    }
    return bytes;
}

void terminal_paragraph_from(const struct terminal *terminal,
                             size_t column,
                             enum terminal_style style,
                             const char *first,
                             const char *rest,
                             const char *text)
{
    const size_t columns = terminal_columns(terminal);
    bool is_line_empty = true;
    column += utf8_count(first);
    terminal_text(terminal, STYLE_PLAIN, first);
    begin_style(terminal, style);
    for (;;) {
        size_t cells = 0;
        text += strspn(text, " \n");
        const size_t bytes = word_length(text, &cells);
        if (bytes == 0) {
            break;
        }
        if (!is_line_empty && column + 1 + cells > columns) {
            end_style(terminal, style);
            terminal_newline(terminal);
            terminal_text(terminal, STYLE_PLAIN, rest);
            begin_style(terminal, style);
            column = utf8_count(rest);
            is_line_empty = true;
        }
        if (!is_line_empty) {
            fputc(' ', terminal->out);
            column++;
        }
        show(terminal, text, bytes);
        column += cells;
        text += bytes;
        is_line_empty = false;
    }
    end_style(terminal, style);
    terminal_newline(terminal);
}

void terminal_paragraph(const struct terminal *terminal,
                        enum terminal_style style,
                        const char *first,
                        const char *rest,
                        const char *text)
{
    terminal_paragraph_from(terminal, 0, style, first, rest, text);
}

void terminal_two_ends(const struct terminal *terminal,
                       enum terminal_style style,
                       size_t column,
                       const char *left,
                       const char *right)
{
    const size_t columns = terminal_columns(terminal);
    const size_t right_cells = utf8_count(right);
    column += utf8_count(left);
    terminal_text(terminal, style, left);
    if (column + 2 + right_cells > columns) {
        terminal_newline(terminal);
        column = 0;
    }
    const size_t gap =
        right_cells + column < columns ? columns - right_cells - column : 0;
    fprintf(terminal->out, "%*s", (int)gap, "");
    terminal_text(terminal, style, right);
    terminal_newline(terminal);
}

void terminal_bar(const struct terminal *terminal, int part, int whole, size_t width)
{
    const char *const full = terminal->has_unicode ? "\u2588" : "#";
    const char *const empty = terminal->has_unicode ? "\u2591" : ".";
    size_t filled = whole > 0 ? (size_t)part * width / (size_t)whole : 0;
    if (part > 0 && filled == 0) {
        filled = 1;
    }
    begin_style(terminal, part == whole ? STYLE_GOOD : STYLE_BAD);
    for (size_t i = 0; i < width; i++) {
        fputs(i < filled ? full : empty, terminal->out);
    }
    end_style(terminal, part == whole ? STYLE_GOOD : STYLE_BAD);
}

void terminal_rule(const struct terminal *terminal)
{
    const size_t columns = terminal_columns(terminal);

    for (size_t i = 0; i < columns; i++) {
        terminal_text(terminal, STYLE_FAINT, terminal->has_unicode ? "\u2500" : "-");
    }
    terminal_newline(terminal);
}

void terminal_mark(const struct terminal *terminal, bool is_good)
{
    if (terminal->has_unicode) {
        terminal_text(terminal, is_good ? STYLE_GOOD : STYLE_BAD,
                      is_good ? "\u2713" : "\u2717");
    } else {
        terminal_text(terminal, is_good ? STYLE_GOOD : STYLE_BAD, is_good ? "+" : "x");
    }
}
