#include "picture_legend.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    LABEL_BYTES = 32,
    /* Beyond this a power of two is easier to see as one. */
    LARGE_ALIGNMENT = 1048576
};

void picture_label(const struct picture_range *range, char *text, size_t text_bytes)
{
    snprintf(text, text_bytes, "%s", range->label);
    for (size_t i = 0; range->kind == PICTURE_FREED && text[i] != '\0'; i++) {
        text[i] = (char)tolower((unsigned char)text[i]);
    }
}

const char *picture_alignment(uint64_t alignment, char *text, size_t text_bytes)
{
    if (alignment > LARGE_ALIGNMENT && (alignment & (alignment - 1)) == 0) {
        snprintf(text, text_bytes, "2^%d", __builtin_ctzll(alignment));
    } else {
        snprintf(text, text_bytes, "%" PRIu64, alignment);
    }
    return text;
}

static void add(struct picture_legend *legend,
                const struct picture_entry *entry,
                const char *format,
                ...) __attribute__((format(printf, 3, 4)));

static void add(struct picture_legend *legend,
                const struct picture_entry *entry,
                const char *format,
                ...)
{
    struct picture_entry *const added = &legend->entries[legend->count++];
    va_list arguments;

    *added = *entry;
    va_start(arguments, format);
    vsnprintf(added->text, sizeof added->text, format, arguments);
    va_end(arguments);
}

static const char *plural(int64_t bytes)
{
    return bytes == 1 ? "byte" : "bytes";
}

static void add_block(struct picture_legend *legend, const struct picture_range *range)
{
    const int64_t bytes = range->end - range->start;
    struct picture_entry entry = {.kind = range->kind, .range = range};
    char label[LABEL_BYTES];
    char alignment[2 * LABEL_BYTES] = "";
    char number[LABEL_BYTES];

    picture_label(range, label, sizeof label);
    snprintf(entry.sign, sizeof entry.sign, "%.3s", strlen(label) > 3 ? "=" : label);
    if (range->alignment > 1) {
        snprintf(alignment, sizeof alignment, ", align %s",
                 picture_alignment(range->alignment, number, sizeof number));
    }
    add(legend, &entry, "%" PRId64 " %s at %" PRId64 "%s%s%s", bytes, plural(bytes),
        range->start, alignment, range->kind == PICTURE_FREED ? ", freed" : "",
        range->row == PICTURE_ROWS ? ", not drawn" : "");
}

/* Where the window of the blocks that are listed begins, among `count` of them. */
static size_t first_listed(const struct picture *picture, size_t count)
{
    const int64_t place =
        picture->has_offence ? picture->offence_start : picture->capacity;
    size_t before = 0;

    if (count <= PICTURE_LEGEND_BLOCKS) {
        return 0;
    }
    for (size_t i = 0; i < picture->range_count; i++) {
        const struct picture_range *const range = &picture->ranges[i];
        before += range->label != NULL && range->end <= place;
    }
    const size_t half = PICTURE_LEGEND_BLOCKS / 2;
    const size_t wanted = before < half ? 0 : before - half;
    const size_t latest = count - PICTURE_LEGEND_BLOCKS;
    return wanted < latest ? wanted : latest;
}

static int64_t sum(const struct picture *picture, enum picture_kind kind)
{
    int64_t bytes = 0;

    for (size_t i = 0; i < picture->range_count; i++) {
        const struct picture_range *const range = &picture->ranges[i];
        bytes += range->kind == kind ? range->end - range->start : 0;
    }
    return bytes;
}

static void add_blocks(struct picture_legend *legend, const struct picture *picture)
{
    size_t count = 0;
    size_t seen = 0;

    for (size_t i = 0; i < picture->range_count; i++) {
        count += picture->ranges[i].label != NULL;
    }
    const size_t first = first_listed(picture, count);
    for (size_t i = 0; i < picture->range_count; i++) {
        if (picture->ranges[i].label == NULL) {
            continue;
        }
        if (seen >= first && seen < first + PICTURE_LEGEND_BLOCKS) {
            add_block(legend, &picture->ranges[i]);
        }
        seen++;
    }
    if (count > PICTURE_LEGEND_BLOCKS) {
        add(legend, &(struct picture_entry){.kind = PICTURE_FREE}, "and %zu more",
            count - PICTURE_LEGEND_BLOCKS);
    }
}

void picture_legend_init(struct picture_legend *legend, const struct picture *picture)
{
    const int64_t padded = sum(picture, PICTURE_PADDING);
    const int64_t is_free = sum(picture, PICTURE_FREE);

    legend->count = 0;
    add_blocks(legend, picture);
    if (padded > 0) {
        add(legend, &(struct picture_entry){.kind = PICTURE_PADDING},
            "%" PRId64 " %s of padding", padded, plural(padded));
    }
    if (is_free > 0) {
        add(legend, &(struct picture_entry){.kind = PICTURE_FREE},
            "%" PRId64 " %s free", is_free, plural(is_free));
    }
}
