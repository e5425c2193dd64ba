/* Causes in free: which block is given back, and what of it. */
#include "causes.h"

static bool always(const struct scene *scene)
{
    (void)scene;
    return true;
}

static bool never(const struct scene *scene)
{
    (void)scene;
    return false;
}

static bool is_last_or_first(const struct scene *scene)
{
    return causes_contract.is_freeable(scene) || scene->block == scene->fba->buffer;
}

static void rewind_to_the_block(const struct scene *scene)
{
    scene->fba->used = scene->block - scene->fba->buffer;
}

/* Two rules at once: `note` is where the end was before the last block, plus 1. */
static uint64_t end_noting_the_old_one(const struct scene *scene)
{
    scene->fba->note = scene->fba->used + 1;
    return causes_contract.end(scene);
}

static void rewind_before_the_padding(const struct scene *scene)
{
    if (scene->fba->note > 0) {
        scene->fba->used = scene->fba->note - 1;
    } else {
        causes_contract.take_back(scene);
    }
    scene->fba->note = 0;
}

/* The length is rounded up to the alignment: that is not what it has cost. */
static void take_back_rounded(const struct scene *scene)
{
    const uint64_t whole = scene_round_up(scene->len, scene->alignment);

    scene->fba->used -= whole < scene->fba->used ? whole : scene->fba->used;
}

static uint64_t end_noting_the_block(const struct scene *scene)
{
    scene->fba->note = scene->block;
    return causes_contract.end(scene);
}

static bool is_noted(const struct scene *scene)
{
    return scene->fba->note != 0 && scene->block == scene->fba->note;
}

static void take_back_and_forget(const struct scene *scene)
{
    causes_contract.take_back(scene);
    scene->fba->note = 0;
}

static bool is_last_by_the_alignment(const struct scene *scene)
{
    return scene->block + scene->alignment == scene_here(scene);
}

static void take_back_the_alignment(const struct scene *scene)
{
    scene->fba->used -= scene->alignment;
}

static void reset_all(const struct scene *scene)
{
    scene->fba->used = 0;
}

const struct cause causes_individual_free[] = {
    {.id = "free_does_nothing",
     .sentence =
         "Your free does not give the last block back. The last block is the one "
         "that ends where `used` ends: compare memory + len, not memory.",
     .clause = "FRE-1",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = never}},
    {.id = "free_gives_padding_back",
     .sentence = "Your free gives the padding before the block back as well. Nothing "
                 "remembers how large it was: the end goes back to the block's start.",
     .clause = "FRE-4",
     .lesson = "Giving back one block",
     .rules = {.take_back = rewind_before_the_padding, .end = end_noting_the_old_one}},
    {.id = "free_gives_padding_back",
     .sentence =
         "Your free gives back more than the block's length: it rounds it up to "
         "the alignment. The end goes back to the block's start.",
     .clause = "FRE-4",
     .lesson = "Giving back one block",
     .rules = {.take_back = take_back_rounded}},
    {.id = "free_of_any_block",
     .sentence =
         "Your free moves the end back by the block's length wherever the block "
         "lies. Only the last block can be given back; for any other free does "
         "nothing.",
     .clause = "FRE-3",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = always}},
    {.id = "free_rewinds_to_any_block",
     .sentence =
         "Your free moves the end back to the block wherever the block lies, and "
         "takes the blocks behind it too. Only the last block can be given back; "
         "for any other free does nothing.",
     .clause = "FRE-3",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = always, .take_back = rewind_to_the_block}},
    {.id = "free_of_the_first_block_resets",
     .sentence =
         "Your free of the first block takes everything back, the blocks behind "
         "it too. Only the last block can be given back.",
     .clause = "FRE-3",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = is_last_or_first, .take_back = rewind_to_the_block}},
    {.id = "free_resets",
     .sentence =
         "Your free takes every block back. It is about one block, and only the "
         "last one can be given back.",
     .clause = "FRE-3",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = always, .take_back = reset_all}},
    {.id = "free_of_the_last_resets",
     .sentence =
         "Your free of the last block takes every block back. It gives back that "
         "block's length, and no more.",
     .clause = "FRE-1",
     .lesson = "Giving back one block",
     .rules = {.take_back = reset_all}},
    {.id = "free_only_once_in_a_row",
     .sentence = "Your FBA remembers which block was last, and after one free it knows "
                 "none. The block before it is the last one then: compare memory + len "
                 "with `used`, nothing has to be remembered.",
     .clause = "FRE-2",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = is_noted,
               .take_back = take_back_and_forget,
               .end = end_noting_the_block}},
    {.id = "free_arguments_swapped",
     .sentence =
         "Your free takes its length for the alignment and the alignment for the "
         "length. The order is in allocator.h: the context, the block, the "
         "length, the alignment.",
     .clause = "FRE-1",
     .lesson = "Giving back one block",
     .rules = {.is_freeable = is_last_by_the_alignment,
               .take_back = take_back_the_alignment}},
    {.id = NULL},
};
