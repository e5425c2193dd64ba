#include "picture_text.h"

#include "picture_canvas.h"
#include "picture_legend.h"
#include "utf8.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    NUMBER_BYTES = 32
};

static void show_row(const struct terminal *terminal,
                     const struct canvas *canvas,
                     size_t row)
{
    size_t end = canvas->columns;

    while (end > 0 && canvas->cells[row][end - 1].sign[0] == '\0') {
        end--;
    }
    for (size_t column = 0; column < end; column++) {
        const struct canvas_cell *const cell = &canvas->cells[row][column];
        terminal_text(terminal, cell->style, cell->sign[0] == '\0' ? " " : cell->sign);
    }
    terminal_newline(terminal);
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static void show_heading(const struct terminal *terminal, const struct picture *picture)
{
    const uint64_t past = picture->address % picture->alignment;
    char name[2 * NUMBER_BYTES];
    char where[2 * NUMBER_BYTES] = "";
    char number[NUMBER_BYTES];
    char text[6 * NUMBER_BYTES];

    snprintf(name, sizeof name, "  %c%.*s  ", toupper((unsigned char)picture->name[0]),
             NUMBER_BYTES, picture->name[0] == '\0' ? "" : picture->name + 1);
    if (past != 0) {
        snprintf(where, sizeof where, ", %" PRIu64 " past a multiple of %s", past,
                 picture_alignment(picture->alignment, number, sizeof number));
    }
    snprintf(text, sizeof text, "%" PRId64 " %s at %.*s%s", picture->capacity,
             picture->capacity == 1 ? "byte" : "bytes", NUMBER_BYTES,
             picture->address_text, where);
    terminal_paragraph(terminal, STYLE_FAINT, name, "    ", text);
}

/* What is wrong, below the carets, as far to the left as it has to be. */
static void show_what(const struct terminal *terminal, const struct canvas *canvas)
{
    const size_t length = utf8_count(canvas->picture->what);
    const size_t most = canvas->columns > length ? canvas->columns - length : 0;
    size_t column = canvas_offence_column(canvas);
    char spaces[TERMINAL_COLUMNS + 1];

    column = column < most ? column : most;
    column = column > CANVAS_INDENT ? column : CANVAS_INDENT;
    snprintf(spaces, sizeof spaces, "%*s", (int)column, "");
    terminal_paragraph(terminal, STYLE_BAD, spaces, spaces, canvas->picture->what);
}

/* In columns as wide as the longest entry. */
static void show_legend(const struct terminal *terminal, const struct canvas *canvas)
{
    struct picture_legend legend;
    const size_t columns = canvas->columns - CANVAS_INDENT;
    size_t sign = 1;
    size_t text = 0;

    picture_legend_init(&legend, canvas->picture);
    for (size_t i = 0; i < legend.count; i++) {
        sign = larger(sign, strlen(legend.entries[i].sign));
        text = larger(text, strlen(legend.entries[i].text));
    }
    const size_t width = sign + 2 + text + 3;
    const size_t per_line = width < columns ? columns / width : 1;
    for (size_t i = 0; i < legend.count; i++) {
        const struct picture_entry *const entry = &legend.entries[i];
        const bool is_padding = entry->kind == PICTURE_PADDING;
        const bool is_first = i % per_line == 0;
        const bool is_last = i + 1 == legend.count || i % per_line == per_line - 1;
        terminal_format(terminal, STYLE_PLAIN, "%*s", is_first ? CANVAS_INDENT : 3, "");
        terminal_text(terminal, STYLE_PLAIN,
                      is_padding ? canvas_choose(canvas, "\u00b7", ".") : entry->sign);
        terminal_format(terminal, STYLE_PLAIN, "%*s%-*s",
                        (int)(sign + 2 - (is_padding ? 1 : strlen(entry->sign))), "",
                        is_last ? 0 : (int)text, entry->text);
        terminal_text(terminal, STYLE_PLAIN, is_last ? "\n" : "");
    }
}

bool picture_text_has_any(const struct cJSON *buffer)
{
    struct picture picture;

    if (buffer == NULL) {
        return false;
    }
    picture_init(&picture, buffer);
    return picture_is_worth_a_look(&picture);
}

void picture_text(const struct terminal *terminal, const struct cJSON *buffer)
{
    struct picture picture;
    struct canvas canvas;

    picture_init(&picture, buffer);
    if (!picture_is_worth_a_look(&picture)) {
        return;
    }
    canvas_draw(&canvas, &picture, terminal_columns(terminal), terminal->has_unicode);
    show_heading(terminal, &picture);
    for (size_t row = 0; row < canvas_offence_row(&canvas); row++) {
        show_row(terminal, &canvas, row);
    }
    if (picture.has_offence) {
        show_row(terminal, &canvas, canvas_offence_row(&canvas));
        show_what(terminal, &canvas);
    }
    show_legend(terminal, &canvas);
}
