/*
 * picture_legend: what the signs of a buffer's picture mean, in words.
 *
 * Of many blocks the ones near the offence are listed. Numbers are in bytes.
 */
#ifndef PICTURE_LEGEND_H
#define PICTURE_LEGEND_H

#include "picture.h"

enum {
    PICTURE_LEGEND_BLOCKS = 8,
    PICTURE_LEGEND_ENTRIES = PICTURE_LEGEND_BLOCKS + 3,
    PICTURE_LEGEND_BYTES = 96,
    PICTURE_SIGN_BYTES = 16
};

struct picture_entry {
    char sign[PICTURE_SIGN_BYTES];   /* "A"; "": it is only drawn */
    char text[PICTURE_LEGEND_BYTES]; /* "16 bytes at 0, align 8" */
    enum picture_kind kind;
    const struct picture_range *range; /* of a block; else NULL */
};

struct picture_legend {
    struct picture_entry entries[PICTURE_LEGEND_ENTRIES];
    size_t count;
};

void picture_legend_init(struct picture_legend *legend, const struct picture *picture);

/* What a range is called where it is drawn: a freed block has a small letter. */
void picture_label(const struct picture_range *range, char *text, size_t text_bytes);

/* An alignment in decimal, or as 2^n where that is easier to see. Returns `text`. */
const char *picture_alignment(uint64_t alignment, char *text, size_t text_bytes);

#endif
