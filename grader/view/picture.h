/*
 * picture: a buffer of a report (details.h), arranged for drawing.
 *
 * Here is decided what both the terminal and the SVG show: where each range lies on a
 * scale, in which row it stands if ranges overlap, and how far outside the buffer there
 * is something to see. The one thing to get wrong: nothing is in proportion beyond what
 * picture_place says. A range of one byte is visible in a buffer of a megabyte.
 *
 * Offsets and lengths are in bytes, places in units of the drawing: cells or pixels.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

enum {
    PICTURE_RANGES = 64, /* the judge gives 40 at most; more are not drawn */
    PICTURE_ROWS = 4,    /* blocks that overlap in more rows are not drawn */
    PICTURE_MARKS = 2 * PICTURE_RANGES + 4
};

enum picture_kind {
    PICTURE_BLOCK,
    PICTURE_FREED,
    PICTURE_PADDING,
    PICTURE_FREE
};

/* Texts belong to the tree of JSON. */
struct picture_range {
    enum picture_kind kind;
    int64_t start;
    int64_t end;
    const char *label;  /* "A", or "12 blocks" where many are shown as one; or NULL */
    uint64_t alignment; /* 0: not known */
    size_t row;         /* PICTURE_ROWS: there is no room for it */
};

struct picture {
    const char *name;
    const char *address_text;
    uint64_t address; /* of byte 0 */
    int64_t capacity;
    struct picture_range ranges[PICTURE_RANGES];
    size_t range_count;
    size_t row_count; /* at least 1 */
    bool has_offence;
    int64_t offence_start;
    int64_t offence_end; /* greater than the start */
    const char *what;
    /* Of the offence, if it is at most that of a block; else of all blocks, the
     * largest. 1: there is none. */
    uint64_t alignment;
};

/* Takes a checked `buffer` (details_check_buffer); what cannot be drawn is left out. */
void picture_init(struct picture *picture, const struct cJSON *buffer);

/* Whether a drawing says more than the words beside it do. */
bool picture_is_worth_a_look(const struct picture *picture);

/* Whether a range is just the one that is wrong. */
bool picture_is_offence(const struct picture *picture,
                        const struct picture_range *range);

/* How a buffer is spread over a width. */
struct picture_scale {
    size_t width;   /* units for everything */
    size_t inside;  /* units for the inside of the buffer, at most */
    size_t least;   /* units that a range has at least, while there is room */
    size_t byte;    /* units that a byte has at most */
    size_t outside; /* units that a stretch outside the buffer has at most */

    /* The rest is picture_measure's. */
    int64_t marks[PICTURE_MARKS];
    size_t places[PICTURE_MARKS]; /* from the left end of the drawing */
    bool is_cut[PICTURE_MARKS];   /* the stretch from here on is not to scale */
    size_t count;
};

/* Fills `scale`, of which the five limits are set. */
void picture_measure(const struct picture *picture, struct picture_scale *scale);

/* Whether the stretch from a mark on is longer than the whole buffer. */
bool picture_is_endless(const struct picture *picture,
                        const struct picture_scale *scale,
                        size_t mark);

/* Where an offset lies that is an end of a range, of the buffer, or of the offence. */
size_t picture_place(const struct picture_scale *scale, int64_t offset);

#endif
