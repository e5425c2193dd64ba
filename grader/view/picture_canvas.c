#include "picture_canvas.h"

#include "picture_legend.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    INSIDE_CELLS = 64, /* a power of two, as most capacities are */
    BYTE_CELLS = 8,
    OUTSIDE_CELLS = 8,
    NUMBER_BYTES = 32,
    NUMBER_GAP = 2,
    NUMBER_MAX = 99999999
};

static void put(struct canvas *canvas,
                size_t row,
                size_t column,
                enum terminal_style style,
                const char *sign)
{
    if (column < canvas->columns) {
        struct canvas_cell *const cell = &canvas->cells[row][column];
        snprintf(cell->sign, sizeof cell->sign, "%.4s", sign);
        cell->style = style;
    }
}

/* A text of ASCII, from a column on. */
static void put_text(struct canvas *canvas,
                     size_t row,
                     size_t column,
                     enum terminal_style style,
                     const char *text)
{
    for (size_t i = 0; text[i] != '\0'; i++) {
        put(canvas, row, column + i, style, (const char[]){text[i], '\0'});
    }
}

const char *canvas_choose(const struct canvas *canvas,
                          const char *nice,
                          const char *plain)
{
    return canvas->has_unicode ? nice : plain;
}

/* The column of the byte at an offset. A wall between inside and outside has a column
 * of its own: the byte behind the last one is at the right wall. */
static size_t column_of(const struct canvas *canvas, int64_t offset)
{
    const size_t place = CANVAS_INDENT + picture_place(&canvas->scale, offset);

    return place + (offset >= 0) + (offset > canvas->picture->capacity);
}

/* The column behind the last cell of what ends at an offset. */
static size_t end_of(const struct canvas *canvas, int64_t offset)
{
    const size_t place = CANVAS_INDENT + picture_place(&canvas->scale, offset);

    return place + (offset > 0) + (offset > canvas->picture->capacity);
}

/* ---- The bar ---- */

static void draw_walls(struct canvas *canvas)
{
    const size_t below = CANVAS_BLOCKS + canvas->picture->row_count;
    const char *const line = canvas_choose(canvas, "\u2500", "-");
    const char *const wall = canvas_choose(canvas, "\u2502", "|");

    for (size_t column = canvas->left_wall + 1; column < canvas->right_wall; column++) {
        put(canvas, CANVAS_TOP, column, STYLE_FAINT, line);
        put(canvas, below, column, STYLE_FAINT, line);
    }
    put(canvas, CANVAS_TOP, canvas->left_wall, STYLE_FAINT,
        canvas_choose(canvas, "\u250c", "+"));
    put(canvas, CANVAS_TOP, canvas->right_wall, STYLE_FAINT,
        canvas_choose(canvas, "\u2510", "+"));
    put(canvas, below, canvas->left_wall, STYLE_FAINT,
        canvas_choose(canvas, "\u2514", "+"));
    put(canvas, below, canvas->right_wall, STYLE_FAINT,
        canvas_choose(canvas, "\u2518", "+"));
    for (size_t row = CANVAS_BLOCKS; row < below; row++) {
        put(canvas, row, canvas->left_wall, STYLE_FAINT, wall);
        put(canvas, row, canvas->right_wall, STYLE_FAINT, wall);
    }
}

/* Neighbours differ in colour; what is wrong has the colour of what is wrong. */
static enum terminal_style style_of(const struct canvas *canvas, size_t range)
{
    const struct picture *const picture = canvas->picture;

    if (picture_is_offence(picture, &picture->ranges[range])) {
        return STYLE_BAD;
    }
    switch (picture->ranges[range].kind) {
    case PICTURE_BLOCK:
        return range % 2 == 0 ? STYLE_PLAIN : STYLE_NOTE;
    case PICTURE_FREED:
    case PICTURE_PADDING:
    case PICTURE_FREE:
        return STYLE_FAINT;
    }
    return STYLE_PLAIN;
}

/* A block is full of its letter; a longer label stands in it once. */
static void draw_block(struct canvas *canvas,
                       const struct picture_range *range,
                       enum terminal_style style,
                       size_t first,
                       size_t end)
{
    const size_t length = strlen(range->label);
    const size_t row = CANVAS_BLOCKS + range->row;
    char label[NUMBER_BYTES];

    picture_label(range, label, sizeof label);
    for (size_t column = first; column < end; column++) {
        put(canvas, row, column, style, length == 1 ? label : "=");
    }
    if (length > 1 && length <= end - first) {
        put_text(canvas, row, first + (end - first - length) / 2, style, label);
    }
}

static void draw_range(struct canvas *canvas, size_t index)
{
    const struct picture_range *const range = &canvas->picture->ranges[index];
    const enum terminal_style style = style_of(canvas, index);
    const size_t first = column_of(canvas, range->start);
    const size_t end = end_of(canvas, range->end);

    if (range->row == PICTURE_ROWS) {
        return;
    }
    if (range->label != NULL) {
        draw_block(canvas, range, style, first, end > first ? end : first + 1);
    } else if (range->kind == PICTURE_PADDING) {
        for (size_t column = first; column < end; column++) {
            put(canvas, CANVAS_BLOCKS + range->row, column, style,
                canvas_choose(canvas, "\u00b7", "."));
        }
    }
}

/* ---- The offence ---- */

size_t canvas_offence_column(const struct canvas *canvas)
{
    const int64_t start = canvas->picture->offence_start;

    return column_of(canvas, start) + (start == canvas->picture->capacity);
}

size_t canvas_offence_row(const struct canvas *canvas)
{
    return CANVAS_BLOCKS + canvas->picture->row_count + 1;
}

static bool leaves_buffer(const struct picture *picture)
{
    return picture->offence_start < 0 || picture->offence_end > picture->capacity;
}

static bool is_blank(const struct canvas *canvas, size_t row, size_t column)
{
    return column >= canvas->columns || canvas->cells[row][column].sign[0] == '\0';
}

static void draw_offence(struct canvas *canvas)
{
    const struct picture_scale *const scale = &canvas->scale;
    const size_t first = canvas_offence_column(canvas);
    const size_t end = end_of(canvas, canvas->picture->offence_end);

    for (size_t column = first; column < end; column++) {
        put(canvas, canvas_offence_row(canvas), column, STYLE_BAD, "^");
        if (leaves_buffer(canvas->picture) && is_blank(canvas, CANVAS_BLOCKS, column)) {
            put(canvas, CANVAS_BLOCKS, column, STYLE_BAD,
                canvas_choose(canvas, "\u2592", "#"));
        }
    }
    for (size_t i = 0; i + 1 < scale->count; i++) {
        const bool is_gap = scale->marks[i + 1] <= canvas->picture->offence_start ||
                            scale->marks[i] >= canvas->picture->offence_end;
        if (scale->is_cut[i] && is_gap) {
            put_text(canvas, CANVAS_BLOCKS, column_of(canvas, scale->marks[i]) + 3,
                     STYLE_FAINT, "...");
        } else if (picture_is_endless(canvas->picture, scale, i)) {
            put_text(canvas, canvas_offence_row(canvas), end - 1, STYLE_BAD, ">");
        }
    }
}

/* ---- The offsets ---- */

/* Whether there is room for a number of so many cells, and for what keeps it apart. */
static bool has_room(const struct canvas *canvas, size_t first, size_t cells)
{
    const size_t from = first < NUMBER_GAP ? 0 : first - NUMBER_GAP;

    for (size_t i = from; i < first + cells + NUMBER_GAP; i++) {
        if (!is_blank(canvas, CANVAS_OFFSETS, i)) {
            return false;
        }
    }
    return true;
}

/* Writes an offset above its column, if there is room and it is not too long. */
static void put_offset(struct canvas *canvas, int64_t offset)
{
    char number[NUMBER_BYTES];
    const size_t column = column_of(canvas, offset);

    if (offset < -NUMBER_MAX || offset > NUMBER_MAX) {
        return;
    }
    const int length = snprintf(number, sizeof number, "%" PRId64, offset);
    const size_t latest = canvas->columns - (size_t)length;
    const size_t first = column < latest ? column : latest;
    if (!has_room(canvas, first, (size_t)length)) {
        return;
    }
    put_text(canvas, CANVAS_OFFSETS, first, STYLE_FAINT, number);
    if (column > canvas->left_wall + 1 && column < canvas->right_wall) {
        put(canvas, CANVAS_TOP, column, STYLE_FAINT,
            canvas_choose(canvas, "\u252c", "+"));
    }
}

/* The ones that matter most come first; where two are too near, the later is left
 * out. */
static void draw_offsets(struct canvas *canvas)
{
    const struct picture *const picture = canvas->picture;

    put_offset(canvas, 0);
    put_offset(canvas, picture->capacity);
    if (picture->has_offence) {
        put_offset(canvas, picture->offence_start);
        put_offset(canvas, picture->offence_end);
    }
    for (size_t i = 0; i < picture->range_count; i++) {
        if (picture->ranges[i].label != NULL) {
            put_offset(canvas, picture->ranges[i].start);
        }
    }
    for (size_t i = 0; i < picture->range_count; i++) {
        put_offset(canvas, picture->ranges[i].start);
    }
}

/* ---- All of it ---- */

void canvas_draw(struct canvas *canvas,
                 const struct picture *picture,
                 size_t columns,
                 bool has_unicode)
{
    *canvas = (struct canvas){
        .picture = picture,
        .scale = {.width = columns - CANVAS_INDENT - 2,
                  .inside = INSIDE_CELLS,
                  .least = 1,
                  .byte = BYTE_CELLS,
                  .outside = OUTSIDE_CELLS},
        .columns = columns,
        .has_unicode = has_unicode,
    };
    picture_measure(picture, &canvas->scale);
    canvas->left_wall = column_of(canvas, 0) - 1;
    canvas->right_wall = column_of(canvas, picture->capacity);
    draw_walls(canvas);
    for (size_t i = 0; i < picture->range_count; i++) {
        draw_range(canvas, i);
    }
    if (picture->has_offence) {
        draw_offence(canvas);
    }
    draw_offsets(canvas);
}
