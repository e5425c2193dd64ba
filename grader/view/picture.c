#include "picture.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const cJSON *member(const cJSON *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object, key);
}

static int64_t whole(const cJSON *object, const char *key)
{
    return (int64_t)cJSON_GetNumberValue(member(object, key));
}

static int64_t within(int64_t number, int64_t least, int64_t most)
{
    return number < least ? least : number > most ? most : number;
}

/* ---- Ranges ---- */

static enum picture_kind kind_of(const cJSON *range)
{
    const char *const name = cJSON_GetStringValue(member(range, "kind"));

    return strcmp(name, "block") == 0     ? PICTURE_BLOCK
           : strcmp(name, "freed") == 0   ? PICTURE_FREED
           : strcmp(name, "padding") == 0 ? PICTURE_PADDING
                                          : PICTURE_FREE;
}

/* The first row in which all that stands there ends before the range. Padding and free
 * space are where no block is, which is in the first. */
static size_t choose_row(const struct picture *picture,
                         const struct picture_range *range)
{
    int64_t ends[PICTURE_ROWS] = {0};

    for (size_t i = 0; i < picture->range_count; i++) {
        const struct picture_range *const other = &picture->ranges[i];
        if (other->row < PICTURE_ROWS && other->end > ends[other->row]) {
            ends[other->row] = other->end;
        }
    }
    const bool is_block = range->kind == PICTURE_BLOCK || range->kind == PICTURE_FREED;
    const size_t rows = is_block ? PICTURE_ROWS : 1;
    for (size_t row = 0; row < rows; row++) {
        if (ends[row] <= range->start) {
            return row;
        }
    }
    return PICTURE_ROWS;
}

static void add_range(struct picture *picture, const cJSON *object)
{
    const int64_t start = whole(object, "offset");
    const int64_t end = start + whole(object, "bytes");
    struct picture_range range = {
        .kind = kind_of(object),
        .start = within(start, 0, picture->capacity),
        .end = within(end, 0, picture->capacity),
        .label = cJSON_GetStringValue(member(object, "label")),
    };
    const cJSON *const alignment = member(object, "alignment");

    if (cJSON_IsNumber(alignment)) {
        range.alignment = (uint64_t)cJSON_GetNumberValue(alignment);
    }
    if (range.start >= range.end || picture->range_count == PICTURE_RANGES) {
        return;
    }
    range.row = choose_row(picture, &range);
    if (range.row < PICTURE_ROWS && range.row >= picture->row_count) {
        picture->row_count = range.row + 1;
    }
    picture->ranges[picture->range_count++] = range;
}

static void take_offence(struct picture *picture, const cJSON *offence)
{
    if (!cJSON_IsObject(offence)) {
        return;
    }
    const int64_t bytes = whole(offence, "bytes");
    picture->has_offence = true;
    picture->offence_start = whole(offence, "offset");
    picture->offence_end = picture->offence_start + (bytes > 0 ? bytes : 1);
    picture->what = cJSON_GetStringValue(member(offence, "what"));
}

bool picture_is_offence(const struct picture *picture,
                        const struct picture_range *range)
{
    return picture->has_offence && range->start == picture->offence_start &&
           range->end == picture->offence_end;
}

/* What is wrong is drawn in any case: in the last row, in the place of others. */
static void make_room(struct picture *picture)
{
    struct picture_range *wrong = NULL;

    for (size_t i = 0; i < picture->range_count; i++) {
        struct picture_range *const range = &picture->ranges[i];
        if (range->label != NULL && picture_is_offence(picture, range)) {
            wrong = range; /* of several, the youngest */
        }
    }
    if (wrong == NULL || wrong->row < PICTURE_ROWS) {
        return;
    }
    wrong->row = PICTURE_ROWS - 1;
    for (size_t i = 0; i < picture->range_count; i++) {
        struct picture_range *const range = &picture->ranges[i];
        if (range != wrong && range->row == wrong->row && range->start < wrong->end &&
            range->end > wrong->start) {
            range->row = PICTURE_ROWS;
        }
    }
}

static uint64_t alignment_of(const struct picture *picture)
{
    uint64_t largest = 1;

    for (size_t i = 0; i < picture->range_count; i++) {
        const struct picture_range *const range = &picture->ranges[i];
        if (range->alignment > 1 && picture_is_offence(picture, range)) {
            return range->alignment;
        }
        if (range->alignment > largest) {
            largest = range->alignment;
        }
    }
    return largest;
}

void picture_init(struct picture *picture, const struct cJSON *buffer)
{
    const cJSON *range = NULL;

    *picture = (struct picture){
        .name = cJSON_GetStringValue(member(buffer, "name")),
        .address_text = cJSON_GetStringValue(member(buffer, "address")),
        .capacity = whole(buffer, "capacity"),
        .row_count = 1,
    };
    picture->address = strtoull(picture->address_text, NULL, 0);
    cJSON_ArrayForEach(range, member(buffer, "ranges"))
    {
        add_range(picture, range);
    }
    take_offence(picture, member(buffer, "offending"));
    make_room(picture);
    picture->alignment = alignment_of(picture);
}

bool picture_is_worth_a_look(const struct picture *picture)
{
    bool has_block = false;

    for (size_t i = 0; i < picture->range_count; i++) {
        has_block = has_block || picture->ranges[i].label != NULL;
    }
    return has_block || picture->has_offence;
}

/* ---- The scale ---- */

static int compare(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a;
    const int64_t right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

/* Every offset at which something begins or ends, once, in order. */
static void collect_marks(const struct picture *picture, struct picture_scale *scale)
{
    size_t count = 0;
    size_t kept = 0;

    scale->marks[count++] = 0;
    scale->marks[count++] = picture->capacity;
    for (size_t i = 0; i < picture->range_count; i++) {
        scale->marks[count++] = picture->ranges[i].start;
        scale->marks[count++] = picture->ranges[i].end;
    }
    if (picture->has_offence) {
        scale->marks[count++] = picture->offence_start;
        scale->marks[count++] = picture->offence_end;
    }
    qsort(scale->marks, count, sizeof scale->marks[0], compare);
    for (size_t i = 0; i < count; i++) {
        if (kept == 0 || scale->marks[i] != scale->marks[kept - 1]) {
            scale->marks[kept++] = scale->marks[i];
        }
    }
    scale->count = kept;
}

static bool is_inside(const struct picture *picture,
                      const struct picture_scale *scale,
                      size_t stretch)
{
    return scale->marks[stretch] >= 0 && scale->marks[stretch + 1] <= picture->capacity;
}

static uint64_t length_of(const struct picture_scale *scale, size_t stretch)
{
    return (uint64_t)(scale->marks[stretch + 1] - scale->marks[stretch]);
}

/* The units of the stretches outside the buffer, which are cut where they are long.
 * Returns their sum. */
static size_t measure_outside(const struct picture *picture,
                              struct picture_scale *scale,
                              size_t units[PICTURE_MARKS])
{
    const uint64_t capacity = (uint64_t)picture->capacity;
    size_t sum = 0;

    for (size_t i = 0; i + 1 < scale->count; i++) {
        if (is_inside(picture, scale, i)) {
            continue;
        }
        const uint64_t length = length_of(scale, i);
        const bool fits = length <= (capacity > 0 ? capacity : scale->outside);
        const uint64_t whole_units = !fits ? scale->outside
                                     : capacity == 0
                                         ? length * scale->byte
                                         : length * scale->inside / capacity;
        const uint64_t bounded =
            whole_units < length * scale->byte ? whole_units : length * scale->byte;
        units[i] = bounded < scale->least ? scale->least : (size_t)bounded;
        if (bounded > scale->outside || !fits) {
            units[i] = scale->outside;
            scale->is_cut[i] = true;
        }
        sum += units[i];
    }
    return sum;
}

/* Which stretches inside the buffer get `least` and no more, because their share would
 * be less: each one found leaves less for the others. */
static void find_small(const struct picture *picture,
                       const struct picture_scale *scale,
                       uint64_t width,
                       bool is_small[PICTURE_MARKS])
{
    bool has_changed = true;

    while (has_changed) {
        uint64_t lengths = 0;
        uint64_t taken = 0;
        has_changed = false;
        for (size_t i = 0; i + 1 < scale->count; i++) {
            if (is_inside(picture, scale, i)) {
                lengths += is_small[i] ? 0 : length_of(scale, i);
                taken += is_small[i] ? scale->least : 0;
            }
        }
        const uint64_t left = taken < width ? width - taken : 0;
        for (size_t i = 0; i + 1 < scale->count; i++) {
            if (is_inside(picture, scale, i) && !is_small[i] &&
                length_of(scale, i) * left < scale->least * lengths) {
                is_small[i] = true;
                has_changed = true;
            }
        }
    }
}

/* Shares `width` among the stretches inside. The sum is rounded and not each share, so
 * that it comes out right. */
static void measure_inside(const struct picture *picture,
                           const struct picture_scale *scale,
                           uint64_t width,
                           size_t units[PICTURE_MARKS])
{
    bool is_small[PICTURE_MARKS] = {false};
    uint64_t lengths = 0;
    uint64_t left = width;
    uint64_t length = 0;
    uint64_t given = 0;

    find_small(picture, scale, width, is_small);
    for (size_t i = 0; i + 1 < scale->count; i++) {
        if (is_inside(picture, scale, i)) {
            const uint64_t small = left < scale->least ? left : scale->least;
            lengths += is_small[i] ? 0 : length_of(scale, i);
            units[i] = is_small[i] ? (size_t)small : 0;
            left -= units[i];
        }
    }
    for (size_t i = 0; i + 1 < scale->count; i++) {
        if (is_inside(picture, scale, i) && !is_small[i]) {
            length += length_of(scale, i);
            const uint64_t share = (length * left + lengths / 2) / lengths;
            units[i] = (size_t)(share - given);
            given = share;
        }
    }
}

void picture_measure(const struct picture *picture, struct picture_scale *scale)
{
    size_t units[PICTURE_MARKS] = {0};
    const uint64_t capacity = (uint64_t)picture->capacity;

    memset(scale->is_cut, 0, sizeof scale->is_cut);
    collect_marks(picture, scale);
    const size_t outside = measure_outside(picture, scale, units);
    const uint64_t left = scale->width > outside ? scale->width - outside : 0;
    const uint64_t room = left < scale->inside ? left : scale->inside;
    /* Of a small buffer every byte is as wide as the next. */
    const uint64_t byte = capacity == 0                   ? 0
                          : room / capacity < scale->byte ? room / capacity
                                                          : scale->byte;
    measure_inside(picture, scale, byte >= scale->least ? byte * capacity : room,
                   units);
    scale->places[0] = 0;
    for (size_t i = 0; i + 1 < scale->count; i++) {
        scale->places[i + 1] = scale->places[i] + units[i];
    }
}

bool picture_is_endless(const struct picture *picture,
                        const struct picture_scale *scale,
                        size_t mark)
{
    return scale->is_cut[mark] && length_of(scale, mark) > (uint64_t)picture->capacity;
}

size_t picture_place(const struct picture_scale *scale, int64_t offset)
{
    size_t i = 0;

    while (i + 1 < scale->count && scale->marks[i] < offset) {
        i++;
    }
    return scale->places[i];
}
