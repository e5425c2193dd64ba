#include "picture_svg.h"

#include "markup.h"
#include "picture.h"
#include "picture_legend.h"
#include "text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Pixels. A letter of the font, which is monospaced, is nearly LETTER wide. */
enum {
    MARGIN = 20,
    WIDTH = 760,
    LETTER = 8,
    LINE = 20,
    TITLE_Y = 24,
    OFFSETS_Y = 52,
    BAR_Y = 60,
    ROW_HEIGHT = 36,
    LEAST = 12,
    BYTE = 64,
    OUTSIDE = 72,
    LEGEND_COLUMNS = 3,
    LINE_LETTERS = (WIDTH - 2 * MARGIN) / LETTER,
    NUMBER_BYTES = 32,
    WORDS_BYTES = 256
};

struct drawing {
    FILE *out;
    struct picture picture;
    struct picture_scale scale;
    size_t bar_bottom;
};

/* ---- Parts ---- */

/* One line of text; x is its left end, or its middle where the class centres it. */
static void write_text(const struct drawing *drawing,
                       const char *class,
                       size_t x,
                       size_t y,
                       const char *text)
{
    fprintf(drawing->out, "<text class=\"%s\" x=\"%zu\" y=\"%zu\">", class, x, y);
    markup_text(drawing->out, text);
    fputs("</text>\n", drawing->out);
}

static void write_rectangle(const struct drawing *drawing,
                            const char *class,
                            size_t x,
                            size_t y,
                            size_t width,
                            size_t height)
{
    fprintf(drawing->out,
            "<rect class=\"%s\" x=\"%zu\" y=\"%zu\" width=\"%zu\" height=\"%zu\"/>\n",
            class, x, y, width, height);
}

static size_t place(const struct drawing *drawing, int64_t offset)
{
    return MARGIN + picture_place(&drawing->scale, offset);
}

/* ---- The head ---- */

/* Blue and vermilion are told apart by every kind of eye (Okabe and Ito). */
static const char style[] =
    "<style>\n"
    ".fbp-paper{fill:#ffffff}.fbp-text{fill:#1b1f24}.fbp-faint{fill:#57606a}\n"
    ".fbp-text,.fbp-faint,.fbp-middle,.fbp-wrong{font:13px ui-monospace,Menlo,Consolas,"
    "monospace}\n"
    ".fbp-middle{fill:#0b2f4a;text-anchor:middle;font-weight:bold}\n"
    ".fbp-wrong{fill:#a63c00;font-weight:bold}\n"
    ".fbp-even{fill:#cfe6f5}.fbp-odd{fill:#9fcdea}.fbp-freed{fill:none}\n"
    ".fbp-even,.fbp-odd,.fbp-freed{stroke:#0072b2}.fbp-freed{stroke-dasharray:4 3}\n"
    ".fbp-dot{fill:#8c959f}.fbp-padding{fill:url(#fbp-hatch)}\n"
    ".fbp-wall{fill:none;stroke:#1b1f24;stroke-width:2}.fbp-tick{stroke:#8c959f}\n"
    ".fbp-offence{fill:#d55e00;fill-opacity:.22;stroke:#d55e00;stroke-width:2.5}\n"
    ".fbp-bracket{fill:none;stroke:#d55e00;stroke-width:2.5}\n"
    "@media (prefers-color-scheme:dark){\n"
    ".fbp-paper{fill:#0d1117}.fbp-text{fill:#e6edf3}.fbp-faint{fill:#9da7b1}\n"
    ".fbp-middle{fill:#e8f4fc}.fbp-wrong{fill:#ff9a57}\n"
    ".fbp-even{fill:#0f3b59}.fbp-odd{fill:#1a5a85}\n"
    ".fbp-even,.fbp-odd,.fbp-freed{stroke:#56b4e9}\n"
    ".fbp-wall{stroke:#e6edf3}.fbp-offence,.fbp-bracket{stroke:#ff7f2a}\n"
    "}\n"
    "</style>\n"
    "<defs><pattern id=\"fbp-hatch\" width=\"6\" height=\"6\" "
    "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect class=\"fbp-dot\" width=\"1.5\" height=\"6\"/></pattern></defs>\n";

/* What the drawing shows, for those who do not see it. */
static void write_description(const struct drawing *drawing,
                              const struct picture_legend *legend)
{
    const struct picture *const picture = &drawing->picture;

    fputs("<title>", drawing->out);
    markup_text(drawing->out, picture->name);
    fprintf(drawing->out, ": %" PRId64 " %s at ", picture->capacity,
            picture->capacity == 1 ? "byte" : "bytes");
    markup_text(drawing->out, picture->address_text);
    fputs("</title>\n<desc>", drawing->out);
    if (picture->has_offence) {
        markup_text(drawing->out, picture->what);
        fprintf(drawing->out, " (%" PRId64 " %s at offset %" PRId64 "). ",
                picture->offence_end - picture->offence_start,
                picture->offence_end - picture->offence_start == 1 ? "byte" : "bytes",
                picture->offence_start);
    }
    for (size_t i = 0; i < legend->count; i++) {
        const struct picture_entry *const entry = &legend->entries[i];
        markup_text(drawing->out, entry->sign);
        fputs(entry->sign[0] == '\0' ? "" : ": ", drawing->out);
        markup_text(drawing->out, entry->text);
        fputs(i + 1 < legend->count ? "; " : ".", drawing->out);
    }
    fputs("</desc>\n", drawing->out);
}

static void write_heading(const struct drawing *drawing)
{
    const struct picture *const picture = &drawing->picture;
    const uint64_t past = picture->address % picture->alignment;
    char where[4 * NUMBER_BYTES] = "";
    char number[NUMBER_BYTES];
    char heading[WORDS_BYTES];

    if (past != 0) {
        snprintf(where, sizeof where, ", %" PRIu64 " past a multiple of %s", past,
                 picture_alignment(picture->alignment, number, sizeof number));
    }
    snprintf(heading, sizeof heading, "%.*s: %" PRId64 " %s at %.*s%s", NUMBER_BYTES,
             picture->name, picture->capacity,
             picture->capacity == 1 ? "byte" : "bytes", NUMBER_BYTES,
             picture->address_text, where);
    write_text(drawing, "fbp-text", MARGIN, TITLE_Y, heading);
}

/* ---- The bar ---- */

static const char *class_of(const struct picture *picture, size_t index)
{
    switch (picture->ranges[index].kind) {
    case PICTURE_BLOCK:
        return index % 2 == 0 ? "fbp-even" : "fbp-odd";
    case PICTURE_FREED:
        return "fbp-freed";
    case PICTURE_PADDING:
        return "fbp-padding";
    case PICTURE_FREE:
        return NULL;
    }
    return NULL;
}

static void write_range(const struct drawing *drawing, size_t index)
{
    const struct picture_range *const range = &drawing->picture.ranges[index];
    const char *const class = class_of(&drawing->picture, index);
    const size_t left = place(drawing, range->start);
    const size_t right = place(drawing, range->end);
    const size_t top = BAR_Y + range->row * ROW_HEIGHT;
    char label[NUMBER_BYTES];

    if (class == NULL || range->row == PICTURE_ROWS) {
        return;
    }
    write_rectangle(drawing, class, left, top + 3, right - left, ROW_HEIGHT - 6);
    if (range->label == NULL) {
        return;
    }
    picture_label(range, label, sizeof label);
    if (strlen(label) * LETTER <= right - left) {
        write_text(drawing, "fbp-middle", (left + right) / 2, top + ROW_HEIGHT / 2 + 5,
                   label);
    }
}

/* The number above an offset, unless the one before it is too near. */
static void write_offsets(const struct drawing *drawing)
{
    size_t taken = 0;
    const struct picture_scale *const scale = &drawing->scale;
    const size_t last = place(drawing, drawing->picture.capacity);

    for (size_t i = 0; i < scale->count; i++) {
        const int64_t offset = scale->marks[i];
        char number[NUMBER_BYTES];
        const int length = snprintf(number, sizeof number, "%" PRId64, offset);
        const size_t width = (size_t)length * LETTER;
        const size_t x = MARGIN + scale->places[i];
        const bool is_last = offset >= drawing->picture.capacity;
        const bool is_long = length > 9;
        if (x < taken || is_long || (!is_last && x + width + LETTER > last)) {
            continue;
        }
        write_text(drawing, "fbp-faint", x + width > WIDTH ? WIDTH - width : x,
                   OFFSETS_Y, number);
        fprintf(drawing->out,
                "<line class=\"fbp-tick\" x1=\"%zu\" y1=\"%d\" x2=\"%zu\" "
                "y2=\"%d\"/>\n",
                x, OFFSETS_Y + 2, x, BAR_Y);
        taken = x + width + LETTER;
    }
}

static void write_gaps(const struct drawing *drawing)
{
    const struct picture_scale *const scale = &drawing->scale;
    const struct picture *const picture = &drawing->picture;

    for (size_t i = 0; i + 1 < scale->count; i++) {
        const bool is_gap = scale->marks[i + 1] <= picture->offence_start ||
                            scale->marks[i] >= picture->offence_end;
        if (scale->is_cut[i] && is_gap) {
            write_text(drawing, "fbp-middle",
                       MARGIN + (scale->places[i] + scale->places[i + 1]) / 2,
                       BAR_Y + ROW_HEIGHT / 2 + 5, "\u00b7\u00b7\u00b7");
        }
    }
}

static void write_bar(const struct drawing *drawing)
{
    const size_t left = place(drawing, 0);
    const size_t right = place(drawing, drawing->picture.capacity);

    for (size_t i = 0; i < drawing->picture.range_count; i++) {
        write_range(drawing, i);
    }
    write_offsets(drawing);
    write_gaps(drawing);
    write_rectangle(drawing, "fbp-wall", left, BAR_Y, right - left,
                    drawing->bar_bottom - BAR_Y);
}

/* ---- What is below it ---- */

/* A frame around what is wrong, and a bracket below that points to the words. */
static void write_frame(const struct drawing *drawing)
{
    const struct picture *const picture = &drawing->picture;
    const size_t left = place(drawing, picture->offence_start);
    const size_t right = place(drawing, picture->offence_end);
    size_t top = BAR_Y;
    size_t height = drawing->bar_bottom - BAR_Y;

    for (size_t i = 0; i < picture->range_count; i++) {
        const struct picture_range *const range = &picture->ranges[i];
        if (range->label != NULL && picture_is_offence(picture, range) &&
            range->row < PICTURE_ROWS) {
            top = BAR_Y + range->row * ROW_HEIGHT;
            height = ROW_HEIGHT;
        }
    }
    write_rectangle(drawing, "fbp-offence", left, top, right - left, height);
    fprintf(drawing->out, "<path class=\"fbp-bracket\" d=\"M%zu %zuv7H%zuv-7\"/>\n",
            left, drawing->bar_bottom + 5, right);
}

/* How much of a text stands on one line: it ends at a space if it can. */
static size_t line_length(const char *text)
{
    size_t length = strlen(text);

    if (length <= LINE_LETTERS) {
        return length;
    }
    length = LINE_LETTERS;
    while (length > 0 && text[length] != ' ') {
        length--;
    }
    return length > 0 ? length : text_cut(text, strlen(text), LINE_LETTERS);
}

/* Where the text goes on behind its first line. */
static const char *next_line(const char *text)
{
    const size_t length = line_length(text);

    return text + length + strspn(text + length, " ");
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;

    for (; text[0] != '\0'; text = next_line(text)) {
        lines++;
    }
    return lines;
}

/* Writes the words below the bracket. Returns where the next line goes. */
static size_t write_what(const struct drawing *drawing, size_t y)
{
    const char *text = drawing->picture.what;
    const size_t latest = WIDTH - MARGIN - line_length(text) * LETTER;
    const size_t wanted = place(drawing, drawing->picture.offence_start);
    const size_t x = count_lines(text) > 1 ? MARGIN : wanted < latest ? wanted : latest;

    for (; text[0] != '\0'; text = next_line(text)) {
        char line[LINE_LETTERS + 1];
        snprintf(line, sizeof line, "%.*s", (int)line_length(text), text);
        write_text(drawing, "fbp-wrong", x, y, line);
        y += LINE;
    }
    return y;
}

/* A swatch for what has no letter; words for the rest. */
static size_t write_legend(const struct drawing *drawing,
                           const struct picture_legend *legend,
                           size_t y)
{
    const size_t width = (WIDTH - 2 * MARGIN) / LEGEND_COLUMNS;

    for (size_t i = 0; i < legend->count; i++) {
        const struct picture_entry *const entry = &legend->entries[i];
        const size_t x = MARGIN + i % LEGEND_COLUMNS * width;
        if (entry->kind == PICTURE_PADDING) {
            write_rectangle(drawing, "fbp-padding", x, y - 11, LEAST, LEAST);
        }
        write_text(drawing, "fbp-text", x, y, entry->sign);
        write_text(drawing, "fbp-faint", x + 3 * LETTER, y, entry->text);
        if (i % LEGEND_COLUMNS == LEGEND_COLUMNS - 1 || i + 1 == legend->count) {
            y += LINE;
        }
    }
    return y;
}

static void write_drawing(const struct drawing *drawing)
{
    const bool has_offence = drawing->picture.has_offence;
    const size_t lines = has_offence ? count_lines(drawing->picture.what) : 0;
    struct picture_legend legend;
    size_t y = drawing->bar_bottom + 2 * LINE - (has_offence ? 8 : 12);

    picture_legend_init(&legend, &drawing->picture);
    const size_t entries = (legend.count + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    const size_t height = y + (lines + entries) * LINE;
    fprintf(drawing->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" "
            "height=\"%zu\" viewBox=\"0 0 %d %zu\">\n",
            WIDTH, height, WIDTH, height);
    write_description(drawing, &legend);
    fputs(style, drawing->out);
    fprintf(drawing->out,
            "<rect class=\"fbp-paper\" width=\"%d\" height=\"%zu\" rx=\"6\"/>\n", WIDTH,
            height);
    write_heading(drawing);
    write_bar(drawing);
    if (has_offence) {
        write_frame(drawing);
        y = write_what(drawing, y) + (entries > 0 ? 4 : 0);
    }
    write_legend(drawing, &legend, y);
    fputs("</svg>\n", drawing->out);
}

int picture_svg(const struct cJSON *buffer,
                char **svg,
                size_t *length,
                struct error *error)
{
    char *bytes = NULL;
    size_t count = 0;
    struct drawing drawing = {.scale = {.width = WIDTH - 2 * MARGIN,
                                        .inside = WIDTH - 2 * MARGIN,
                                        .least = LEAST,
                                        .byte = BYTE,
                                        .outside = OUTSIDE}};

    drawing.out = open_memstream(&bytes, &count);
    if (drawing.out == NULL) {
        return error_set_errno(error, ERROR_GRADER, errno, "cannot draw a buffer");
    }
    picture_init(&drawing.picture, buffer);
    picture_measure(&drawing.picture, &drawing.scale);
    drawing.bar_bottom = BAR_Y + drawing.picture.row_count * ROW_HEIGHT;
    write_drawing(&drawing);
    const bool has_failed = ferror(drawing.out) != 0;
    if (fclose(drawing.out) != 0 || has_failed) {
        free(bytes);
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    *svg = bytes;
    *length = count;
    return 0;
}
