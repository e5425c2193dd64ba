/* Causes in resize: which block may change, and what that gives back. */
#include "causes.h"

static bool never(const struct scene *scene)
{
    (void)scene;
    return false;
}

/* ---- Resize ---- */

static bool agree(const struct scene *scene)
{
    (void)scene;
    return true;
}

static bool refuse(const struct scene *scene)
{
    (void)scene;
    return false;
}

static bool grow_without_a_check(const struct scene *scene)
{
    scene->fba->used += scene->new_len - scene->len;
    return true;
}

static bool grow_if_it_fits_again(const struct scene *scene)
{
    if (scene->new_len > scene_left(scene)) {
        return false;
    }
    return causes_contract.grow(scene);
}

static bool grow_not_quite(const struct scene *scene)
{
    if (scene->new_len - scene->len == scene_left(scene)) {
        return false;
    }
    return causes_contract.grow(scene);
}

static bool grow_forgetting_the_end(const struct scene *scene)
{
    return scene->new_len - scene->len <= scene_left(scene);
}

static bool grow_by_offsets(const struct scene *scene)
{
    const uint64_t end =
        scene->block - scene->fba->buffer + scene->new_len; /* may wrap */

    if (end > scene->fba->capacity) {
        return false;
    }
    scene->fba->used = end;
    return true;
}

static bool grow_by_addresses(const struct scene *scene)
{
    const uint64_t end = scene->block + scene->new_len; /* may wrap */

    if (end > scene->fba->buffer + scene->fba->capacity) {
        return false;
    }
    scene->fba->used = end - scene->fba->buffer;
    return true;
}

static bool grow_a_byte_too_far(const struct scene *scene)
{
    if (scene->new_len - scene->len > scene_left(scene) + 1) {
        return false;
    }
    scene->fba->used += scene->new_len - scene->len;
    return true;
}

/* Refused, the end is 1: at the end of the buffer; 2: where it would have been. */
static bool grow_and_spoil(const struct scene *scene)
{
    if (causes_contract.grow(scene)) {
        return true;
    }
    scene->fba->used = scene->number == 1
                           ? scene->fba->capacity
                           : scene->fba->used - scene->len + scene->new_len;
    return false;
}

static bool grow_adding_it_all(const struct scene *scene)
{
    if (scene->new_len > scene_left(scene)) {
        return false;
    }
    scene->fba->used += scene->new_len;
    return true;
}

static bool shrink_keeping_the_end(const struct scene *scene)
{
    (void)scene;
    return true;
}

static bool other_grows_too(const struct scene *scene)
{
    const uint64_t start = scene->block - scene->fba->buffer;

    return scene->new_len <= scene->fba->capacity - start;
}

static bool other_moves(const struct scene *scene)
{
    struct scene again = *scene;
    struct answer answer;

    again.len = scene->new_len;
    return scene->new_len <= scene->len || scene_cut(&again, &answer);
}

static bool other_gives_back(const struct scene *scene)
{
    if (scene->new_len > scene->len) {
        return false;
    }
    scene->fba->used -= scene->len - scene->new_len;
    return true;
}

static bool other_moves_the_end(const struct scene *scene)
{
    if (scene->new_len > scene->len) {
        return false;
    }
    scene->fba->used = scene->block - scene->fba->buffer + scene->new_len;
    return true;
}

/* Compared is 1: what the contract says; 2: the same mistake. */
static bool end_becomes_the_new_length(const struct scene *scene)
{
    const uint64_t start = scene->block - scene->fba->buffer;
    const uint64_t room = scene->fba->capacity - (scene->number == 1 ? start : 0);

    if (scene->new_len > room) {
        return false;
    }
    scene->fba->used = scene->new_len;
    return true;
}

static bool other_shrinks(const struct scene *scene)
{
    return scene->new_len < scene->len;
}

/* The new length comes where the old one is expected. */
static bool is_last_by_the_new_length(const struct scene *scene)
{
    return scene->block + scene->new_len == scene_here(scene);
}

static bool resize_to_the_old_length(const struct scene *scene)
{
    const uint64_t start = scene->block - scene->fba->buffer;

    if (scene->len > scene->fba->capacity - start) {
        return false;
    }
    scene->fba->used = start + scene->len;
    return true;
}

static bool other_swapped(const struct scene *scene)
{
    return scene->len <= scene->new_len;
}

const struct cause causes_resize[] = {
    {.id = "resize_always_agrees",
     .sentence = "Your resize says true to everything and changes nothing. It is true "
                 "only if the block has the new length afterwards, and the last block "
                 "moves the end.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.shrink = agree, .grow = agree, .resize_other = agree}},
    {.id = "resize_always_refuses",
     .sentence =
         "Your resize says false to everything. Every block can shrink, and the "
         "last one can grow where there is room.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.shrink = refuse, .grow = refuse, .resize_other = refuse}},
    {.id = "resize_arguments_swapped",
     .sentence = "Your resize takes the old length for the new one. The order is in "
                 "allocator.h: the context, the block, its length, its alignment, the "
                 "new length.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.is_last = is_last_by_the_new_length,
               .shrink = resize_to_the_old_length,
               .grow = resize_to_the_old_length,
               .resize_other = other_swapped}},
    {.id = "never_grows",
     .sentence =
         "Your resize never lets a block grow. The last one can, where there is "
         "room behind it.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = refuse}},
    {.id = "no_block_is_last",
     .sentence = "Your resize treats the last block as any other. The block that ends "
                 "where `used` ends can grow, and gives back what it shrinks by.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.is_last = never}},
    {.id = "grow_without_a_check",
     .sentence =
         "Your resize lets the last block grow past the end of the buffer. It is "
         "true only if the new length fits behind the block's start.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_without_a_check}},
    {.id = "grow_counts_the_block_twice",
     .sentence =
         "Your resize asks for room for all of the new length behind the block. "
         "The block's own bytes are there already: only the difference is new.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_if_it_fits_again}},
    {.id = "grow_counts_the_block_twice",
     .sentence = "Your resize charges all of the new length. The block's own bytes are "
                 "charged already: only the difference is new.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_adding_it_all}},
    {.id = "grow_exact_fit_refused",
     .sentence =
         "Your resize does not let the last block grow to the end of the buffer. "
         "A block may end where the buffer ends: compare with <= where you "
         "compare with <.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_not_quite}},
    {.id = "grow_one_byte_too_far",
     .sentence = "Your resize lets the last block grow one byte past the end of the "
                 "buffer. The end of a block is at most the capacity.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_a_byte_too_far}},
    {.id = "grow_forgets_the_end",
     .sentence = "Your resize says that the last block has grown, and leaves the end "
                 "where it was: the next block overlaps. Move the end with the block.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_forgetting_the_end}},
    {.id = "grow_sum_wraps",
     .sentence =
         "The sum of the block's start and the new length can be larger than any "
         "size_t, and wraps around to a small number. Compare the new length "
         "with what lies behind the block's start.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_by_offsets}},
    {.id = "grow_sum_wraps",
     .sentence =
         "The address where the block would end can be larger than any address, "
         "and wraps around. Compare the new length with what lies behind the "
         "block's start.",
     .clause = "FRE-6",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_by_addresses}},
    {.id = "refused_resize_moves_the_end",
     .sentence = "Your resize moves the end although it says false. A resize that is "
                 "refused changes nothing: check first.",
     .clause = "FRE-8",
     .lesson = "Giving back one block",
     .rules = {.grow = grow_and_spoil},
     .numbers = {1, 2}},
    {.id = "shrink_gives_nothing_back",
     .sentence = "Your resize shrinks the last block and gives nothing back. The bytes "
                 "behind its new end can be used again: move the end.",
     .clause = "FRE-5",
     .lesson = "Giving back one block",
     .rules = {.shrink = shrink_keeping_the_end}},
    {.id = "shrink_refused",
     .sentence = "Your resize does not let the last block shrink. Fewer bytes always "
                 "fit.",
     .clause = "FRE-5",
     .lesson = "Giving back one block",
     .rules = {.shrink = refuse}},
    {.id = "end_becomes_the_new_length",
     .sentence =
         "Your resize sets the end to the new length, as if the block began where "
         "the buffer begins. The end is the block's start plus its new length.",
     .clause = "FRE-5",
     .lesson = "Giving back one block",
     .rules = {.shrink = end_becomes_the_new_length,
               .grow = end_becomes_the_new_length},
     .numbers = {1, 2}},
    {.id = "middle_block_grows",
     .sentence =
         "Your resize lets a block grow over the blocks behind it. Only the last "
         "block can grow.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = other_grows_too}},
    {.id = "middle_block_grows",
     .sentence =
         "Your resize lets a block grow over the blocks behind it. Only the last "
         "block can grow.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = agree}},
    {.id = "resize_moves_the_block",
     .sentence =
         "Your resize gives a block that cannot grow a new place, and says true. "
         "The caller keeps the old address: resize never moves a block.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = other_moves}},
    {.id = "middle_shrink_reclaims",
     .sentence =
         "Your resize gives bytes back when a block shrinks that has others "
         "behind it, and the end moves into those. Such a block may shrink, but "
         "gives nothing back.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = other_gives_back}},
    {.id = "middle_shrink_reclaims",
     .sentence = "Your resize moves the end to the block that shrinks, over the blocks "
                 "behind it. Such a block may shrink, but gives nothing back.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = other_moves_the_end}},
    {.id = "middle_shrink_refused",
     .sentence = "Your resize refuses to shrink a block that has others behind it. It "
                 "may: it is true, and gives nothing back.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = refuse}},
    {.id = "same_length_refused",
     .sentence =
         "Your resize refuses a block the length that it has already. It is true "
         "for every length up to the old one: compare with <= where you compare "
         "with <.",
     .clause = "FRE-7",
     .lesson = "Giving back one block",
     .rules = {.resize_other = other_shrinks}},
    {.id = NULL},
};
