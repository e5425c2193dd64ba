#include "view_messages.h"

#include "utf8.h"

#include <string.h>

static enum terminal_style style_of(enum diagnostic_severity severity)
{
    switch (severity) {
    case DIAGNOSTIC_ERROR:
        return STYLE_BAD;
    case DIAGNOSTIC_WARNING:
        return STYLE_WARNING;
    case DIAGNOSTIC_NOTE:
        return STYLE_NOTE;
    }
    return STYLE_PLAIN;
}

static const char *word_of(enum diagnostic_severity severity)
{
    switch (severity) {
    case DIAGNOSTIC_ERROR:
        return "error: ";
    case DIAGNOSTIC_WARNING:
        return "warning: ";
    case DIAGNOSTIC_NOTE:
        return "note: ";
    }
    return "";
}

/* The cell that byte column `column`, from 1, falls in, from 0. */
static size_t cell_of(const char *source, int column)
{
    const size_t offset = column > 0 ? (size_t)column - 1 : 0;
    size_t cells = 0;
    for (size_t i = 0; i < offset && source[i] != '\0'; cells++) {
        const size_t length = utf8_length(source + i);
        i += length > 0 ? length : 1;
    }
    return cells;
}

/* The source line, and under it the caret in its underlined range. */
static void show_source(const struct terminal *terminal, const struct diagnostic *entry)
{
    terminal_format(terminal, STYLE_PLAIN, "%5d | ", entry->line);
    terminal_text(terminal, STYLE_PLAIN, entry->source);
    terminal_newline(terminal);
    if (entry->column <= 0) {
        return;
    }
    const size_t caret = cell_of(entry->source, entry->column);
    size_t first = caret;
    size_t last = caret;
    if (entry->caret_start > 0 && entry->caret_start <= entry->column) {
        first = cell_of(entry->source, entry->caret_start);
    }
    if (entry->caret_end > entry->column) {
        last = cell_of(entry->source, entry->caret_end);
    }
    terminal_text(terminal, STYLE_PLAIN, "      | ");
    for (size_t i = 0; i < first; i++) {
        terminal_text(terminal, STYLE_PLAIN, " ");
    }
    for (size_t i = first; i <= last; i++) {
        terminal_text(terminal, style_of(entry->severity), i == caret ? "^" : "~");
    }
    terminal_newline(terminal);
}

/* "fba.c:12:5: error: ... [-Wflag]", on as many lines as the message has. */
static void show_diagnostic(const struct terminal *terminal,
                            const struct diagnostic *entry)
{
    if (entry->file != NULL) {
        terminal_text(terminal, STYLE_STRONG, entry->file);
        if (entry->line > 0) {
            terminal_format(terminal, STYLE_STRONG, ":%d", entry->line);
        }
        if (entry->line > 0 && entry->column > 0) {
            terminal_format(terminal, STYLE_STRONG, ":%d", entry->column);
        }
        terminal_text(terminal, STYLE_STRONG, ": ");
    }
    terminal_text(terminal, style_of(entry->severity), word_of(entry->severity));
    if (entry->line > 0) {
        terminal_text(terminal, STYLE_STRONG, entry->message);
        if (entry->option != NULL) {
            terminal_format(terminal, style_of(entry->severity), " [%s]",
                            entry->option);
        }
        terminal_newline(terminal);
    } else {
        terminal_paragraph(terminal, STYLE_PLAIN, "", "  ", entry->message);
    }
    if (entry->source != NULL && entry->line > 0) {
        show_source(terminal, entry);
    }
}

void view_messages(const struct terminal *terminal,
                   const struct grading *grading,
                   size_t most)
{
    const struct build *build = &grading->build;
    const size_t count = build->diagnostic_count;
    const size_t shown = count < most ? count : most;
    for (size_t i = 0; i < shown; i++) {
        show_diagnostic(terminal, &build->diagnostics[i]);
    }
    if (shown < count) {
        terminal_format(terminal, STYLE_FAINT,
                        "%zu more %s in the report (--report FILE).\n", count - shown,
                        count - shown == 1 ? "message is" : "messages are");
    } else if (build->diagnostics_truncated) {
        terminal_text(terminal, STYLE_FAINT,
                      "There were more messages; these are the first.\n");
    }
    for (size_t i = 0; i < grading->remark_count; i++) {
        const struct diagnostic entry = {.severity = grading->remarks[i].severity,
                                         .message = grading->remarks[i].message};
        show_diagnostic(terminal, &entry);
    }
}

size_t view_count_errors(const struct grading *grading)
{
    size_t errors = 0;
    for (size_t i = 0; i < grading->build.diagnostic_count; i++) {
        errors += grading->build.diagnostics[i].severity == DIAGNOSTIC_ERROR;
    }
    return errors;
}
