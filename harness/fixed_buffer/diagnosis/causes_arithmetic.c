/* Causes in the check: what is added and compared before a block is granted. */
#include "causes.h"

static bool fits_with_bytes_to_spare(const struct scene *scene)
{
    const uint64_t offset = scene->block - scene->fba->buffer;
    const uint64_t room = scene->fba->capacity + scene->number;

    return offset <= scene->fba->capacity && scene->len <= room - offset;
}

static bool fits_without_padding(const struct scene *scene)
{
    return scene->len <= scene_left(scene);
}

static bool fits_by_offsets(const struct scene *scene)
{
    return scene->fba->used + scene_padding(scene) + scene->len <= scene->fba->capacity;
}

static bool fits_by_end_of_plain_block(const struct scene *scene)
{
    return scene_padding(scene) <= scene_left(scene) && fits_by_offsets(scene);
}

static bool fits_by_addresses(const struct scene *scene)
{
    const uint64_t limit = scene->fba->buffer + scene->fba->capacity;

    return scene->block <= limit && scene->block + scene->len <= limit;
}

static bool fits_by_the_last_address(const struct scene *scene)
{
    return scene->block + scene->len <= scene->fba->buffer + scene->fba->capacity;
}

/* A pointer to the end of the block: a huge length steps back, or leaves the language,
 * which the compiler's checks find. */
static bool end_pointer_is_undefined(const struct scene *scene)
{
    const bool is_back = scene->len >= (uint64_t)1 << 63;
    const bool is_less = scene->block + scene->len < scene->block;

    return is_back != is_less;
}

static bool fits_by_pointers(const struct scene *scene)
{
    return !end_pointer_is_undefined(scene) &&
           (scene->number == 1 ? fits_by_the_last_address(scene)
                               : fits_by_addresses(scene));
}

static struct answer refuse_or_crash(const struct scene *scene)
{
    const uint64_t limit = scene->fba->buffer + scene->fba->capacity;
    const bool is_seen = scene->number == 1 || scene->block <= limit;

    return (struct answer){.kind = is_seen && end_pointer_is_undefined(scene)
                                       ? ANSWER_CRASH
                                       : ANSWER_REFUSED};
}

static bool fits_by_padding_plus_length(const struct scene *scene)
{
    return scene_padding(scene) + scene->len <= scene_left(scene);
}

/* 1: the padding is known to fit; 2: it is not; 3: only the length is compared. */
static bool fits_if_the_capacity_is_no_less(const struct scene *scene)
{
    const uint64_t padding = scene->number == 3 ? 0 : scene_padding(scene);

    return (scene->number != 1 || padding <= scene_left(scene)) &&
           scene->fba->used + padding <= scene->fba->capacity - scene->len;
}

static bool fits_after_subtracting_padding(const struct scene *scene)
{
    return scene->len <= scene_left(scene) - scene_padding(scene);
}

/* 1: the sum of the three in int; 2: the length alone. */
static bool fits_in_int(const struct scene *scene)
{
    const uint32_t sum = (uint32_t)scene->fba->used + (uint32_t)scene_padding(scene) +
                         (uint32_t)scene->len;

    if (scene->number == 2) {
        return scene_padding(scene) <= scene_left(scene) &&
               (int32_t)(uint32_t)scene->len <=
                   (int32_t)(scene_left(scene) - scene_padding(scene));
    }
    return (scene->number == 3 || scene_padding(scene) <= scene_left(scene)) &&
           (int32_t)sum <= (int32_t)(uint32_t)scene->fba->capacity;
}

/* The same with 64 bits, which SIZE_MAX turns into -1. */
static bool fits_as_signed(const struct scene *scene)
{
    const int64_t padding = (int64_t)scene_padding(scene);
    const int64_t left = (int64_t)scene_left(scene);

    if (scene->number == 2) {
        return (int64_t)(scene->fba->used + scene_padding(scene) + scene->len) <=
               (int64_t)scene->fba->capacity;
    }
    return padding <= left && (padding < 0 || (int64_t)scene->len <= left - padding);
}

static bool fits_by_the_last_index(const struct scene *scene)
{
    const uint64_t offset = scene->block - scene->fba->buffer;

    return offset <= scene->fba->capacity &&
           scene->len - 1 <= scene->fba->capacity - 1 - offset;
}

static void hear_a_cut_length(struct scene *scene)
{
    scene->len &= ((uint64_t)1 << scene->number) - 1;
}

static void hear_a_cut_alignment(struct scene *scene)
{
    scene->alignment &= ((uint64_t)1 << scene->number) - 1;
}

static void init_with_a_default(const struct scene *scene)
{
    causes_contract.init(scene);
    if (scene->len == 0) {
        scene->fba->capacity = scene->number;
    }
}

/* Length and alignment come in the wrong order. */
static void hear_them_swapped(struct scene *scene)
{
    const uint64_t len = scene->alignment;

    scene->alignment = scene->len;
    scene->len = len;
}

const struct cause causes_arithmetic[] = {
    {.id = "one_byte_too_many",
     .sentence = "Your alloc lets a block end behind the buffer, by a few bytes. The "
                 "end of a block is at most the capacity.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_with_bytes_to_spare},
     .numbers = {1, 2, 4, 8, 16}},
    {.id = "forgets_padding_in_the_check",
     .sentence = "Your alloc compares the length alone with what is left. The padding "
                 "takes room too: both together have to fit.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_without_padding}},
    {.id = "end_offset_wraps",
     .sentence =
         "The sum of your end, the padding and the length can be larger than any "
         "size_t, and wraps around to a small number. Compare the length with "
         "what is left: a difference that you know to be no less than 0.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_offsets}},
    {.id = "end_offset_wraps",
     .sentence =
         "The sum of your end and the length can be larger than any size_t, and "
         "wraps around to a small number. Compare the length with what is left: "
         "a difference that you know to be no less than 0.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_end_of_plain_block}},
    {.id = "end_address_wraps",
     .sentence =
         "The address where your block would end can be larger than any address, "
         "and wraps around to a small one. Compare the length with what is left "
         "behind the block's start.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_addresses}},
    {.id = "end_address_wraps",
     .sentence =
         "The address where your block would end can be larger than any address, "
         "and wraps around to a small one. Compare the length with what is left "
         "behind the block's start.",
     .clause = "OOM-4",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_the_last_address}},
    {.id = "end_pointer_wraps",
     .sentence =
         "Your alloc computes a pointer to where the block would end. For a huge "
         "length there is none: the sum wraps around to a place that looks fine. "
         "Compare the length with what is left behind the block's start.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_pointers, .refuse = refuse_or_crash},
     .numbers = {1, 2}},
    {.id = "padding_plus_length_wraps",
     .sentence =
         "Your padding plus the length can be larger than any size_t, and wraps "
         "around to a small number. Compare them one after the other: first the "
         "padding with what is left, then the length with the rest.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_padding_plus_length}},
    {.id = "capacity_minus_length_wraps",
     .sentence =
         "Your alloc subtracts the length from the capacity, although it can be "
         "larger: the difference wraps around to a huge number. Ask first "
         "whether the length is more than what is left.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_if_the_capacity_is_no_less},
     .numbers = {1, 2, 3}},
    {.id = "padding_exceeds_what_is_left",
     .sentence =
         "Your alloc subtracts the padding from what is left, although it can be "
         "more: the difference wraps around to a huge number. Ask first whether "
         "the padding fits.",
     .clause = "OOM-4",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_after_subtracting_padding}},
    {.id = "int_arithmetic",
     .sentence = "Your alloc computes sizes in int, where large ones become small or "
                 "negative. Sizes are size_t throughout.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_in_int},
     .numbers = {1, 2, 3}},
    {.id = "signed_lengths",
     .sentence = "Your alloc compares lengths as signed numbers, and a huge one counts "
                 "as negative. Sizes are size_t, and compared without a sign.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_as_signed},
     .numbers = {1, 2}},
    {.id = "last_index_wraps",
     .sentence = "Your alloc computes the index of the last byte. With no byte left "
                 "there is none, and capacity - 1 wraps around: compare lengths with "
                 "what is left.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_by_the_last_index}},
    {.id = "length_is_cut_short",
     .sentence = "Your alloc keeps the length in a type that is too small, so a huge "
                 "request becomes a short one. Sizes are size_t throughout.",
     .clause = "OOM-3",
     .lesson = "When the buffer is full",
     .rules = {.hear = hear_a_cut_length},
     .numbers = {32, 16, 31, 8}},
    {.id = "alignment_is_cut_short",
     .sentence =
         "Your alloc keeps the alignment in a type that is too small, and a large "
         "one becomes 0. An alignment is a size_t.",
     .clause = "OOM-4",
     .lesson = "When the buffer is full",
     .rules = {.hear = hear_a_cut_alignment},
     .numbers = {32, 16, 8, 31}},
    {.id = "default_capacity",
     .sentence =
         "Your fba_init takes a capacity of 0 for a larger one. An empty buffer "
         "is a full buffer: every request is out of memory.",
     .clause = "CAP-6",
     .lesson = "Creating one",
     .rules = {.init = init_with_a_default},
     .numbers = {4096, 1024, 65536, 1048576, 64}},
    {.id = "alloc_arguments_swapped",
     .sentence =
         "Your alloc takes its length for the alignment and the alignment for "
         "the length. The order is in allocator.h: the context, the length, the "
         "alignment.",
     .clause = "CAP-4",
     .lesson = "Carving a buffer",
     .rules = {.hear = hear_them_swapped}},
    {.id = NULL},
};
