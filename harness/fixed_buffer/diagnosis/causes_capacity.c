/* Causes in where blocks lie, what they take, and what is written. */
#include "causes.h"

static bool fits_but_not_exactly(const struct scene *scene)
{
    return causes_contract.fits(scene) &&
           scene->block + scene->len != scene->fba->buffer + scene->fba->capacity;
}

static uint64_t end_short_of_one(const struct scene *scene)
{
    return causes_contract.end(scene) - 1;
}

/* The same, consistently: the end is the index of the last byte in use. */
static bool ends_at_the_last_index(const struct scene *scene)
{
    return scene->block + scene->len == scene_here(scene) + 1;
}

static void rewind_to_the_block(const struct scene *scene)
{
    scene->fba->used = scene->block - scene->fba->buffer;
}

static bool resize_to_the_last_index(const struct scene *scene)
{
    const uint64_t start = scene->block - scene->fba->buffer;

    if (scene->new_len > scene->fba->capacity - start) {
        return false;
    }
    scene->fba->used = start + scene->new_len - 1;
    return true;
}

/* `number` bytes lie before every block but the first. */
static uint64_t place_after_gap(const struct scene *scene)
{
    const bool has_gap =
        scene->fba->used > 0 && scene->fba->used < scene->fba->capacity;

    return scene_round_up(scene_here(scene) + (has_gap ? scene->number : 0),
                          scene->alignment);
}

static uint64_t end_after_gap(const struct scene *scene)
{
    const uint64_t end = causes_contract.end(scene) + scene->number;

    return end < scene->fba->capacity ? end : scene->fba->capacity;
}

/* A header of `number` bytes in front of every block. */
static uint64_t place_after_header(const struct scene *scene)
{
    return scene_round_up(scene_here(scene) + scene->number, scene->alignment);
}

static void write_header(const struct scene *scene)
{
    scene_write(scene, scene->block - scene->fba->buffer - scene->number,
                scene->number);
}

static bool grow_writing(const struct scene *scene)
{
    if (!causes_contract.grow(scene)) {
        return false;
    }
    write_header(scene);
    return true;
}

static bool shrink_writing(const struct scene *scene)
{
    write_header(scene);
    return causes_contract.shrink(scene);
}

static void hear_rounded_length(struct scene *scene)
{
    const uint64_t rounded = scene_round_up(scene->len, scene->number);

    scene->len = rounded < scene->len ? UINT64_MAX : rounded;
}

/* The block is what was asked for, the end is further on; in a full buffer less so. */
static uint64_t end_of_rounded_length(const struct scene *scene)
{
    const uint64_t end =
        scene->block - scene->fba->buffer + scene_round_up(scene->len, scene->number);

    return end < scene->fba->capacity ? end : scene->fba->capacity;
}

static void hear_at_least(struct scene *scene)
{
    scene->len = scene->len < scene->number ? scene->number : scene->len;
}

static uint64_t end_of_at_least(const struct scene *scene)
{
    const uint64_t start = scene->block - scene->fba->buffer;
    const bool has_room = scene->fba->capacity - start >= scene->number;

    return start +
           (scene->len < scene->number && has_room ? scene->number : scene->len);
}

/* The end is cut to `number` bits. */
static uint64_t end_cut_short(const struct scene *scene)
{
    return causes_contract.end(scene) & (((uint64_t)1 << scene->number) - 1);
}

static uint64_t end_by_a_cut_length(const struct scene *scene)
{
    const uint64_t taken = causes_contract.end(scene) - scene->fba->used;

    return scene->fba->used + (taken & (((uint64_t)1 << scene->number) - 1));
}

static void write_block(const struct scene *scene)
{
    scene_write(scene, scene->block - scene->fba->buffer, scene->len);
}

static void write_behind(const struct scene *scene)
{
    scene_write(scene, scene->block - scene->fba->buffer + scene->len, scene->number);
}

static void write_padding(const struct scene *scene)
{
    scene_write(scene, scene->fba->used, scene_padding(scene));
}

static uint64_t place_downwards(const struct scene *scene)
{
    const uint64_t top =
        scene->fba->buffer + scene->fba->capacity - scene->fba->used - scene->len;

    return top & ~(scene->alignment - 1);
}

static uint64_t end_downwards(const struct scene *scene)
{
    return scene->fba->buffer + scene->fba->capacity - scene->block;
}

static bool fits_downwards(const struct scene *scene)
{
    return scene->len <= scene_left(scene) && scene->block >= scene->fba->buffer;
}

static bool is_lowest(const struct scene *scene)
{
    return scene->block == scene->fba->buffer + scene->fba->capacity - scene->fba->used;
}

static bool never_last(const struct scene *scene)
{
    (void)scene;
    return false;
}

const struct cause causes_capacity[] = {
    {.id = "exact_fit_refused",
     .sentence =
         "Your alloc refuses a request that needs exactly what is left. A block "
         "may end where the buffer ends: compare with <= where you compare "
         "with <.",
     .clause = "CAP-1",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_but_not_exactly}},
    {.id = "blocks_share_a_byte",
     .sentence =
         "Your end moves one byte too little, so a block's last byte is the next "
         "one's first. Let the end be the number of bytes taken, not the index "
         "of the last one.",
     .clause = "CAP-3",
     .lesson = "Carving a buffer",
     .rules = {.end = end_short_of_one}},
    {.id = "blocks_share_a_byte",
     .sentence =
         "Your end is the index of the last byte that is taken, so the next block "
         "begins with that very byte. Let the end be the number of bytes taken.",
     .clause = "CAP-3",
     .lesson = "Carving a buffer",
     .rules = {.end = end_short_of_one,
               .is_freeable = ends_at_the_last_index,
               .take_back = rewind_to_the_block,
               .is_last = ends_at_the_last_index,
               .shrink = resize_to_the_last_index,
               .grow = resize_to_the_last_index}},
    {.id = "gap_between_blocks",
     .sentence = "Your alloc leaves unused bytes between two blocks that need no "
                 "padding. With alignment 1 a block begins right where the one before "
                 "it ends.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.place = place_after_gap},
     .numbers = {1, 2, 4, 8, 16}},
    {.id = "gap_behind_blocks",
     .sentence =
         "Your end moves further than the block is long. It moves by the padding "
         "and the length, and not by a byte more.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.end = end_after_gap},
     .numbers = {1, 2, 4, 8, 16}},
    {.id = "writes_a_header",
     .sentence =
         "Your alloc writes a header into the buffer, in front of every block. "
         "The caller of free and resize tells you the length; nothing has to be "
         "remembered in the buffer.",
     .clause = "CAP-4",
     .lesson = "Giving back one block",
     .rules = {.place = place_after_header,
               .write = write_header,
               .grow = grow_writing,
               .shrink = shrink_writing},
     .numbers = {8, 4, 16, 24, 32}},
    {.id = "room_for_a_header",
     .sentence =
         "Your alloc leaves room in front of every block, as if for a header. "
         "Nothing has to be remembered in the buffer: the first block begins at "
         "its beginning.",
     .clause = "CAP-4",
     .lesson = "Giving back one block",
     .rules = {.place = place_after_header},
     .numbers = {8, 4, 16, 24, 32}},
    {.id = "rounds_lengths_up",
     .sentence =
         "Your alloc rounds the length up before it looks for room. A block has "
         "exactly the bytes that were asked for.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.hear = hear_rounded_length},
     .numbers = {8, 16, 4, 2, 32, 64}},
    {.id = "rounds_the_end_of_blocks",
     .sentence =
         "Your end is rounded up after every block. It belongs exactly where the "
         "block ends; the next block finds its own padding.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.end = end_of_rounded_length},
     .numbers = {8, 16, 4, 2, 32, 64}},
    {.id = "smallest_block",
     .sentence =
         "A short block takes more of your buffer than was asked for. There is no "
         "smallest block: one byte takes one byte.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.hear = hear_at_least},
     .numbers = {16, 8, 4, 32, 64}},
    {.id = "smallest_block",
     .sentence =
         "A short block takes more of your buffer than was asked for. There is no "
         "smallest block: one byte takes one byte.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.end = end_of_at_least},
     .numbers = {16, 8, 4, 32, 64}},
    {.id = "end_is_cut_short",
     .sentence =
         "Your end is kept in a type that is too small, so in a large buffer it "
         "starts again from the front. Sizes and offsets are size_t.",
     .clause = "CAP-3",
     .lesson = "Carving a buffer",
     .rules = {.end = end_cut_short},
     .numbers = {16, 8, 15}},
    {.id = "end_is_cut_short",
     .sentence = "Your end is moved by a number of a type that is too small, so large "
                 "blocks overlap. Sizes and offsets are size_t.",
     .clause = "CAP-3",
     .lesson = "Carving a buffer",
     .rules = {.end = end_by_a_cut_length},
     .numbers = {16, 8, 15}},
    {.id = "grows_downwards",
     .sentence =
         "Your blocks are cut from the end of the buffer. The first block begins "
         "at the first aligned address of the buffer, and the next one behind "
         "it.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.place = place_downwards,
               .end = end_downwards,
               .fits = fits_downwards,
               .is_freeable = is_lowest,
               .is_last = never_last}},
    {.id = "fills_new_blocks",
     .sentence = "Your alloc writes into the block that it hands out, as calloc does. "
                 "Filling a block is the caller's business.",
     .clause = "CAP-5",
     .lesson = "Carving a buffer",
     .rules = {.write = write_block}},
    {.id = "writes_behind_blocks",
     .sentence =
         "Your alloc writes behind the block that it hands out, as if to end a "
         "text. The allocator writes nothing, neither into a block nor beside it.",
     .clause = "CAP-5",
     .lesson = "Carving a buffer",
     .rules = {.write = write_behind},
     .numbers = {1, 4, 8}},
    {.id = "fills_padding",
     .sentence =
         "Your alloc writes into the padding before a block. The allocator "
         "writes nothing into the buffer, not even into bytes that nobody uses.",
     .clause = "CAP-5",
     .lesson = "Alignment",
     .rules = {.write = write_padding}},
    {.id = "fills_freed_blocks",
     .sentence = "Your free writes into the block that is given back. The allocator "
                 "writes nothing into the buffer: its state is in the struct alone.",
     .clause = "CAP-5",
     .lesson = "Giving back one block",
     .rules = {.free_write = write_block}},
    {.id = NULL},
};
