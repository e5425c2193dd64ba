/* Causes in what padding costs, and when it is too much. */
#include "causes.h"

/* A loop over bytes: 2^28 of them take longer than a test may. */
static bool gives_up_on_far_addresses(const struct scene *scene)
{
    return causes_contract.place(scene) - scene_here(scene) > (uint64_t)1 << 28;
}

/* 1: nothing beyond the capacity; 2: nothing beyond what is left; 3: nothing beyond the
 * length; else nothing beyond the number. */
static bool fits_small_alignments(const struct scene *scene)
{
    const uint64_t limit = scene->number == 1   ? scene->fba->capacity
                           : scene->number == 2 ? scene_left(scene)
                           : scene->number == 3 ? scene->len
                                                : scene->number;

    return scene->alignment <= limit && causes_contract.fits(scene);
}

/* 1: the alignment, if there is any; 2: always the alignment; 3: one less. */
static uint64_t worst_padding(const struct scene *scene)
{
    if (scene->number == 3) {
        return scene->alignment - 1;
    }
    return scene->alignment == 1 && scene->number == 1 ? 0 : scene->alignment;
}

static bool fits_with_worst_padding(const struct scene *scene)
{
    const uint64_t worst = worst_padding(scene);
    const uint64_t left = scene_left(scene);

    return scene->fba->used <= scene->fba->capacity && worst <= left &&
           scene->len <= left - worst && causes_contract.fits(scene);
}

static uint64_t end_with_worst_padding(const struct scene *scene)
{
    return scene->fba->used + worst_padding(scene) + scene->len;
}

static uint64_t end_with_padding_twice(const struct scene *scene)
{
    const uint64_t end = causes_contract.end(scene) + scene_padding(scene);

    return end <= scene->fba->capacity || scene->number == 2 ? end
                                                             : scene->fba->capacity;
}

static uint64_t end_without_padding(const struct scene *scene)
{
    return scene->fba->used + scene->len;
}

/* The block begins where its padding begins. */
static uint64_t place_in_the_padding(const struct scene *scene)
{
    return scene_here(scene);
}

static bool fits_behind_the_padding(const struct scene *scene)
{
    struct scene right = *scene;

    right.block = causes_contract.place(scene);
    return causes_contract.fits(&right);
}

static uint64_t end_behind_the_padding(const struct scene *scene)
{
    return causes_contract.place(scene) + scene->len - scene->fba->buffer;
}

static uint64_t end_rounded_up(const struct scene *scene)
{
    const uint64_t end = scene_round_up(scene->block + scene->len, scene->alignment) -
                         scene->fba->buffer;

    return end <= scene->fba->capacity ? end : scene->fba->capacity;
}

const struct cause causes_padding[] = {
    {.id = "pads_byte_by_byte",
     .sentence = "Your alloc looks for an aligned address byte by byte, and goes on "
                 "behind the end of the buffer: for a huge alignment it never arrives. "
                 "Compute the padding, or stop where the buffer ends.",
     .clause = "OOM-4",
     .lesson = "Alignment",
     .rules = {.gives_up = gives_up_on_far_addresses}},
    {.id = "refuses_large_alignments",
     .sentence =
         "Your alloc refuses an alignment because it is large. What counts is "
         "whether an aligned address with room for the block lies in the buffer.",
     .clause = "ALI-5",
     .lesson = "Alignment",
     .rules = {.fits = fits_small_alignments},
     .numbers = {1, 2, 3, 8, 16, 32, 64, 4096}},
    {.id = "charges_the_worst_padding",
     .sentence =
         "Each block costs your buffer its length and the largest padding there "
         "could be. Charge the padding that this address needs, and no more.",
     .clause = "ALI-4",
     .lesson = "Forgetting alignment overhead",
     .rules = {.fits = fits_with_worst_padding, .end = end_with_worst_padding},
     .numbers = {1, 2, 3}},
    {.id = "checks_the_worst_padding",
     .sentence = "Your alloc asks for room for the largest padding there could be, "
                 "although it uses less. Compare with the padding that this address "
                 "needs.",
     .clause = "ALI-4",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_with_worst_padding},
     .numbers = {1, 2, 3}},
    {.id = "counts_padding_twice",
     .sentence =
         "Your end moves over the padding twice. It belongs where the block ends: "
         "its start already lies behind the padding.",
     .clause = "ALI-4",
     .lesson = "Alignment",
     .rules = {.end = end_with_padding_twice},
     .numbers = {1, 2}},
    {.id = "forgets_padding_in_the_end",
     .sentence =
         "Your end moves by the length alone, so a padded block reaches beyond "
         "it and the next one overlaps. The end is where the block ends, padding "
         "included.",
     .clause = "ALI-4",
     .lesson = "Alignment",
     .rules = {.end = end_without_padding}},
    {.id = "forgets_padding_in_the_block",
     .sentence =
         "Your alloc counts the padding, and then lets the block begin in front of "
         "it. The padding lies before the block: its start is the end plus the "
         "padding.",
     .clause = "ALI-1",
     .lesson = "Alignment",
     .rules = {.place = place_in_the_padding,
               .fits = fits_behind_the_padding,
               .end = end_behind_the_padding}},
    {.id = "rounds_the_end_up",
     .sentence =
         "Your alloc rounds the end of a block up to the block's alignment. Only "
         "its start is aligned; the end is start plus length.",
     .clause = "ALI-4",
     .lesson = "Alignment",
     .rules = {.end = end_rounded_up}},
    {.id = NULL},
};
