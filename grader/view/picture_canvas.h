/*
 * picture_canvas: the cells of a buffer's picture, before they are shown.
 *
 * A wall between inside and outside has a column of its own: offset 0 is behind the
 * left one, and the capacity is at the right one.
 */
#ifndef PICTURE_CANVAS_H
#define PICTURE_CANVAS_H

#include "picture.h"
#include "terminal.h"

enum {
    CANVAS_INDENT = 4,  /* columns before the drawing */
    CANVAS_OFFSETS = 0, /* the rows, from above */
    CANVAS_TOP = 1,
    CANVAS_BLOCKS = 2,
    CANVAS_ROWS = CANVAS_BLOCKS + PICTURE_ROWS + 2,
    CANVAS_SIGN_BYTES = 5 /* one character */
};

struct canvas_cell {
    char sign[CANVAS_SIGN_BYTES]; /* "": blank */
    enum terminal_style style;
};

struct canvas {
    struct canvas_cell cells[CANVAS_ROWS][TERMINAL_COLUMNS];
    const struct picture *picture;
    struct picture_scale scale;
    size_t left_wall; /* the column of each */
    size_t right_wall;
    size_t columns; /* at most TERMINAL_COLUMNS */
    bool has_unicode;
};

/* Draws `picture`, which stays the caller's and must outlive the canvas. */
void canvas_draw(struct canvas *canvas,
                 const struct picture *picture,
                 size_t columns,
                 bool has_unicode);

/* Where the offence begins: a column, and the row of its carets, the last one. */
size_t canvas_offence_column(const struct canvas *canvas);
size_t canvas_offence_row(const struct canvas *canvas);

/* The one of two signs that can be shown. */
const char *canvas_choose(const struct canvas *canvas,
                          const char *nice,
                          const char *plain);

#endif
