/* Causes in where a block begins. */
#include "causes.h"

static uint64_t place_by_the_offset(const struct scene *scene)
{
    return scene->fba->buffer + scene_round_up(scene->fba->used, scene->alignment);
}

static uint64_t place_anywhere(const struct scene *scene)
{
    return scene_here(scene);
}

static uint64_t place_downwards(const struct scene *scene)
{
    const uint64_t down = scene_here(scene) & ~(scene->alignment - 1);

    return down < scene->fba->buffer ? scene_here(scene) : down;
}

static uint64_t place_outside_downwards(const struct scene *scene)
{
    return scene_here(scene) & ~(scene->alignment - 1);
}

static void hear_at_least(struct scene *scene)
{
    if (scene->alignment < scene->number) {
        scene->alignment = scene->number;
    }
}

static void hear_at_least_if_any(struct scene *scene)
{
    if (scene->alignment > 1) {
        hear_at_least(scene);
    }
}

static void hear_at_most(struct scene *scene)
{
    if (scene->alignment > scene->number) {
        scene->alignment = scene->number;
    }
}

/* The largest power of two that is no longer than the block. */
static void hear_at_most_the_length(struct scene *scene)
{
    while (scene->alignment > scene->len && scene->alignment > 1) {
        scene->alignment /= 2;
    }
}

static void hear_the_length(struct scene *scene)
{
    if (scene->alignment > scene->len) {
        scene->alignment = scene->len;
    }
}

static void hear_a_constant(struct scene *scene)
{
    if (scene->alignment > 1) {
        scene->alignment = scene->number;
    }
}

/* 2^k is taken for the number that has k zeroes. */
static void hear_a_power_of_ten(struct scene *scene)
{
    uint64_t power = 1;

    for (uint64_t left = scene->alignment; left > 1; left /= 2) {
        if (power > UINT64_MAX / 10) {
            break;
        }
        power *= 10;
    }
    scene->alignment = power;
}

/* An alignment of k is taken for one of 2^k. */
static void hear_an_exponent(struct scene *scene)
{
    scene->alignment = scene->alignment > 63 ? 0 : (uint64_t)1 << scene->alignment;
}

static void init_rounding_up(const struct scene *scene)
{
    causes_contract.init(scene);
    const uint64_t skipped = scene_round_up(scene->block, scene->number) - scene->block;
    const uint64_t skip = skipped < scene->len ? skipped : scene->len;
    scene->fba->buffer += skip;
    scene->fba->capacity -= skip;
}

static uint64_t place_only_the_first(const struct scene *scene)
{
    return scene->fba->used == 0 ? causes_contract.place(scene) : scene_here(scene);
}

static uint64_t place_all_but_the_first(const struct scene *scene)
{
    return scene->fba->used == 0 ? scene_here(scene) : causes_contract.place(scene);
}

/* Only the lowest `number` bits of the address are looked at. */
static uint64_t place_by_a_cut_address(const struct scene *scene)
{
    const uint64_t cut = scene_here(scene) & (((uint64_t)1 << scene->number) - 1);

    return scene_here(scene) + (scene_round_up(cut, scene->alignment) - cut);
}

/* The ways to mask with the alignment itself. */
static uint64_t place_by_a_wrong_mask(const struct scene *scene)
{
    const uint64_t here = scene_here(scene);

    switch (scene->number) {
    case 1:
        return here + (scene->alignment == 1 ? 0 : -here & scene->alignment);
    case 2:
        return here + (-here & scene->alignment);
    case 3:
        return (here + scene->alignment) & ~scene->alignment;
    default:
        return here + (scene->alignment - (here & scene->alignment));
    }
}

/* The padding that would align the buffer, before every block. */
static uint64_t place_by_the_buffer(const struct scene *scene)
{
    const uint64_t buffer = scene->fba->buffer;

    return scene_here(scene) + (scene_round_up(buffer, scene->alignment) - buffer);
}

static uint64_t end_of_a_rounded_length(const struct scene *scene)
{
    return causes_contract.end(scene) - scene->len +
           scene_round_up(scene->len, scene->alignment);
}

static bool fits_rounded(const struct scene *scene)
{
    struct scene rounded = *scene;

    rounded.len = scene_round_up(scene->len, scene->alignment);
    return rounded.len >= scene->len && causes_contract.fits(&rounded);
}

static uint64_t place_padding_always(const struct scene *scene)
{
    const uint64_t here = scene_here(scene);

    if (scene->alignment == 1 && scene->number == 1) {
        return here;
    }
    return here + (scene->alignment - here % scene->alignment);
}

/* The remainder is added where its complement belongs. */
static uint64_t place_adding_the_remainder(const struct scene *scene)
{
    return scene_here(scene) + scene_here(scene) % scene->alignment;
}

const struct cause causes_alignment[] = {
    {.id = "aligns_the_offset",
     .sentence =
         "Your padding is computed from the offset in the buffer. The buffer "
         "itself may begin at any address, an odd one too: align the address of "
         "the block.",
     .clause = "ALI-2",
     .lesson = "Alignment",
     .rules = {.place = place_by_the_offset}},
    {.id = "ignores_the_alignment",
     .sentence =
         "Your alloc does not look at the alignment: a block begins wherever the "
         "one before it ended. Skip the bytes up to the next aligned address.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.place = place_anywhere}},
    {.id = "aligns_downwards",
     .sentence =
         "Your alloc rounds the address down, into bytes that are in use. Round "
         "up: a block begins at or after the end of the one before it.",
     .clause = "ALI-3",
     .lesson = "Alignment",
     .rules = {.place = place_downwards}},
    {.id = "aligns_downwards",
     .sentence =
         "Your alloc rounds the address down, into bytes that are in use or "
         "before the buffer. Round up: a block begins at or after the end of the "
         "one before it.",
     .clause = "ALI-3",
     .lesson = "Alignment",
     .rules = {.place = place_outside_downwards}},
    {.id = "aligns_plain_bytes",
     .sentence =
         "Your alloc gives every block an alignment of its own choice, where the "
         "caller asked for less, or for none. Padding is as small as the "
         "alignment that was asked for allows.",
     .clause = "ALI-3",
     .lesson = "Alignment",
     .rules = {.hear = hear_at_least},
     .numbers = {16, 8, 4, 2, 32, 64, 128}},
    {.id = "aligns_more_than_asked",
     .sentence = "Your alloc rounds small alignments up to a larger one. Padding is as "
                 "small as the alignment that was asked for allows.",
     .clause = "ALI-3",
     .lesson = "Alignment",
     .rules = {.hear = hear_at_least_if_any},
     .numbers = {16, 8, 4, 32, 64, 128}},
    {.id = "rounds_the_buffer_up",
     .sentence =
         "Your fba_init skips the first bytes of a buffer that begins at an "
         "uneven address. Store the address you are given; each block finds its "
         "own padding.",
     .clause = "ALI-3",
     .lesson = "Creating one",
     .rules = {.init = init_rounding_up},
     .numbers = {16, 8, 4, 2, 32, 64}},
    {.id = "aligns_only_the_first_block",
     .sentence = "Your alloc pads the first block only. Every block needs its own "
                 "padding, from wherever the one before it ended.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.place = place_only_the_first}},
    {.id = "takes_the_start_for_aligned",
     .sentence =
         "Your alloc takes the buffer's first byte for aligned. The buffer may "
         "begin at any address: the first block needs padding like every other.",
     .clause = "ALI-2",
     .lesson = "Alignment",
     .rules = {.place = place_all_but_the_first}},
    {.id = "address_is_cut_short",
     .sentence = "Your alloc keeps the address in a type that is too small before it "
                 "looks for the padding. An address is a uintptr_t.",
     .clause = "ALI-5",
     .lesson = "Alignment",
     .rules = {.place = place_by_a_cut_address},
     .numbers = {16, 8, 15, 12}},
    {.id = "aligns_to_powers_of_ten",
     .sentence = "Your alloc takes an alignment for another number than it is. It is a "
                 "number of bytes: the block's address is a multiple of exactly that.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.hear = hear_a_power_of_ten}},
    {.id = "takes_alignment_for_an_exponent",
     .sentence = "Your alloc takes an alignment for the power of a two. It is the "
                 "number of bytes itself: the block's address is a multiple of it.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.hear = hear_an_exponent}},
    {.id = "aligns_to_a_constant",
     .sentence =
         "Your alloc pads to multiples of one fixed number. The caller says what "
         "the address has to be a multiple of.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.hear = hear_a_constant},
     .numbers = {16, 8, 10, 4, 32, 64}},
    {.id = "aligns_to_the_length",
     .sentence =
         "Your alloc aligns a short block to no more than its length. Length and "
         "alignment have nothing to do with each other.",
     .clause = "ALI-5",
     .lesson = "Alignment",
     .rules = {.hear = hear_at_most_the_length}},
    {.id = "aligns_to_the_length",
     .sentence = "Your alloc aligns a short block to its length. Length and alignment "
                 "have nothing to do with each other.",
     .clause = "ALI-5",
     .lesson = "Alignment",
     .rules = {.hear = hear_the_length}},
    {.id = "caps_the_alignment",
     .sentence =
         "Your alloc aligns no block to more than a limit of its own. Every power "
         "of two is an alignment, also one beyond a page.",
     .clause = "ALI-5",
     .lesson = "Alignment",
     .rules = {.hear = hear_at_most},
     .numbers = {16, 8, 32, 64, 4096, 128, 256, 1024, 65536, 4}},
    {.id = "mask_without_minus_one",
     .sentence = "Your alloc masks the address with the alignment itself. The bits to "
                 "look at are the ones below it: those of alignment - 1.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.place = place_by_a_wrong_mask},
     .numbers = {1, 2, 3, 4}},
    {.id = "aligns_the_buffer_only",
     .sentence =
         "Your padding is what aligns the buffer, before every block alike. What "
         "has to be aligned is the address where this block begins.",
     .clause = "ALI-2",
     .lesson = "Alignment",
     .rules = {.place = place_by_the_buffer}},
    {.id = "aligns_the_length",
     .sentence =
         "Your alloc rounds the length up to the alignment, and the block begins "
         "where the one before it ended. The alignment is about the address of "
         "the block; its length stays what was asked for.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.place = place_anywhere,
               .fits = fits_rounded,
               .end = end_of_a_rounded_length}},
    {.id = "adds_the_remainder",
     .sentence =
         "Your padding is how far the address is past the last multiple. What is "
         "needed is how far it is to the next one.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.place = place_adding_the_remainder}},
    {.id = "pads_what_is_aligned",
     .sentence = "Your alloc pads an address that is aligned already, by a whole "
                 "alignment. There the padding is 0.",
     .clause = "ALI-3",
     .lesson = "Alignment",
     .rules = {.place = place_padding_always},
     .numbers = {1, 2}},
    {.id = NULL},
};
