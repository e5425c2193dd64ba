#include "picture_ranges.h"

#include "fatal.h"

#include <stdlib.h>

/* By place; of blocks that begin together, the older one first. */
static int compare(const void *a, const void *b)
{
    const struct picture_range *const left = a;
    const struct picture_range *const right = b;

    if (left->offset != right->offset) {
        return left->offset < right->offset ? -1 : 1;
    }
    return left->block->number < right->block->number ? -1 : 1;
}

static struct picture_range *new_ranges(size_t count)
{
    struct picture_range *const items = calloc(count + 1, sizeof *items);

    if (items == NULL) {
        fatal("out of memory");
    }
    return items;
}

static struct picture_range *sorted_blocks(const struct ledger_buffer *buffer)
{
    struct picture_range *const items = new_ranges(buffer->block_count);

    for (size_t i = 0; i < buffer->block_count; i++) {
        const struct ledger_block *const block = &buffer->blocks[i];
        items[i] = (struct picture_range){
            .kind = block->is_freed ? PICTURE_FREED : PICTURE_BLOCK,
            .offset = block->start - buffer->start,
            .bytes = block->len,
            .block = block,
        };
    }
    qsort(items, buffer->block_count, sizeof *items, compare);
    return items;
}

static void add(struct picture_ranges *ranges, const struct picture_range *range)
{
    ranges->items[ranges->count++] = *range;
}

/* What nobody has between two offsets: padding as far as `used` goes, then free. */
static void add_gap(struct picture_ranges *ranges,
                    uint64_t from,
                    uint64_t to,
                    uint64_t used)
{
    const uint64_t border = used < from ? from : used < to ? used : to;

    if (from < border) {
        add(ranges,
            &(struct picture_range){PICTURE_PADDING, from, border - from, NULL, 0});
    }
    if (border < to) {
        add(ranges,
            &(struct picture_range){PICTURE_FREE, border, to - border, NULL, 0});
    }
}

void picture_ranges_init(struct picture_ranges *ranges,
                         const struct ledger_buffer *buffer)
{
    struct picture_range *const blocks = sorted_blocks(buffer);
    uint64_t taken = 0;

    /* Before each block, and behind the last one, there are two gaps at most. */
    *ranges = (struct picture_ranges){.items = new_ranges(3 * buffer->block_count + 2)};
    for (size_t i = 0; i < buffer->block_count; i++) {
        const uint64_t end = blocks[i].offset + blocks[i].bytes;
        if (blocks[i].offset > taken) {
            add_gap(ranges, taken, blocks[i].offset, buffer->used);
        }
        add(ranges, &blocks[i]);
        taken = end > taken ? end : taken;
    }
    if (taken < buffer->capacity) {
        add_gap(ranges, taken, buffer->capacity, buffer->used);
    }
    free(blocks);
}

/* One range that stands for those from `first` up to, but not with, `end`. */
static struct picture_range merged(const struct picture_ranges *ranges,
                                   size_t first,
                                   size_t end)
{
    struct picture_range many = {.kind = PICTURE_MANY,
                                 .offset = ranges->items[first].offset};
    uint64_t last = many.offset;

    for (size_t i = first; i < end; i++) {
        const struct picture_range *const range = &ranges->items[i];
        const uint64_t range_end = range->offset + range->bytes;
        last = range_end > last ? range_end : last;
        many.merged += range->block != NULL;
    }
    many.bytes = last - many.offset;
    return many;
}

void picture_ranges_merge(struct picture_ranges *ranges, size_t most, uint64_t offset)
{
    size_t near = 0;

    if (ranges->count <= most) {
        return;
    }
    while (near + 1 < ranges->count && ranges->items[near + 1].offset <= offset) {
        near++;
    }
    /* The two that are merged into count as well. */
    const size_t kept = most - 2;
    const size_t latest = ranges->count - kept;
    const size_t wanted = near < kept / 2 ? 0 : near - kept / 2;
    const size_t first = wanted < latest ? wanted : latest;
    const size_t end = first + kept;
    struct picture_ranges fewer = {.items = new_ranges(most)};

    if (first > 0) {
        const struct picture_range before = merged(ranges, 0, first);
        add(&fewer, &before);
    }
    for (size_t i = first; i < end; i++) {
        add(&fewer, &ranges->items[i]);
    }
    if (end < ranges->count) {
        const struct picture_range behind = merged(ranges, end, ranges->count);
        add(&fewer, &behind);
    }
    picture_ranges_release(ranges);
    *ranges = fewer;
}

void picture_ranges_release(struct picture_ranges *ranges)
{
    free(ranges->items);
    *ranges = (struct picture_ranges){0};
}
