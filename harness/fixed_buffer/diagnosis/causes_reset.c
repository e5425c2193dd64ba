/* Causes that cost reset. */
#include "causes.h"

static void do_nothing(const struct scene *scene)
{
    (void)scene;
}

static void forget_the_buffer(const struct scene *scene)
{
    scene->fba->buffer = 0;
    scene->fba->capacity = 0;
    scene->fba->used = 0;
}

static struct answer crash_if_empty(const struct scene *scene)
{
    return (struct answer){.kind =
                               scene->fba->used == 0 ? ANSWER_CRASH : ANSWER_NOTHING};
}

static struct answer crash(const struct scene *scene)
{
    (void)scene;
    return (struct answer){.kind = ANSWER_CRASH};
}

static struct answer hang(const struct scene *scene)
{
    (void)scene;
    return (struct answer){.kind = ANSWER_HANG};
}

static void reset_if_full(const struct scene *scene)
{
    if (scene->fba->used == scene->fba->capacity) {
        scene->fba->used = 0;
    }
}

static void reset_unless_full(const struct scene *scene)
{
    if (scene->fba->used != scene->fba->capacity) {
        scene->fba->used = 0;
    }
}

static void reset_to_a_multiple(const struct scene *scene)
{
    const uint64_t buffer = scene->fba->buffer;
    const uint64_t skip = scene_round_up(buffer, scene->number) - buffer;

    scene->fba->used = skip < scene->fba->capacity ? skip : scene->fba->capacity;
}

static void reset_to_a_number_if_used(const struct scene *scene)
{
    if (scene->fba->used > 0) {
        scene->fba->used = scene->number;
    }
}

static void reset_to_a_number(const struct scene *scene)
{
    scene->fba->used =
        scene->number < scene->fba->capacity ? scene->number : scene->fba->capacity;
}

/* 1: half of what was in use is lost; 2: all of it; 3: half of the capacity; 4: a
 * byte. */
static void reset_to_less(const struct scene *scene)
{
    const uint64_t lost = scene->number == 1   ? scene->fba->used / 2
                          : scene->number == 2 ? scene->fba->used
                          : scene->number == 3 ? scene->fba->capacity / 2
                                               : 1;

    scene->fba->capacity -= lost < scene->fba->capacity ? lost : scene->fba->capacity;
    scene->fba->used = 0;
}

/* The struct describes the rest of the buffer, and end_index, which says how far to
 * step back, is kept: from the second time on the step is too long. */
static void reset_stepping_back(const struct scene *scene)
{
    const uint64_t back = scene->fba->used + scene->fba->note;

    scene->fba->buffer -= scene->fba->note;
    scene->fba->capacity += scene->fba->note;
    scene->fba->note = back;
    scene->fba->used = 0;
}

/* Only the first one works. */
static void reset_once(const struct scene *scene)
{
    if (scene->fba->note == 0) {
        scene->fba->used = 0;
    }
    scene->fba->note = 1;
}

static void reset_the_last_block(const struct scene *scene)
{
    scene->fba->used = scene->fba->note;
}

static uint64_t end_noting_the_start(const struct scene *scene)
{
    scene->fba->note = scene->block - scene->fba->buffer;
    return causes_contract.end(scene);
}

static void clear_all(const struct scene *scene)
{
    scene_write(scene, 0, scene->fba->capacity);
    causes_contract.reset(scene);
}

static void clear_used(const struct scene *scene)
{
    scene_write(scene, 0, scene->fba->used);
    causes_contract.reset(scene);
}

const struct cause causes_reset[] = {
    {.id = "reset_does_nothing",
     .sentence = "Your fba_reset leaves everything in use. Afterwards nothing is: the "
                 "end is where it was after fba_init.",
     .clause = "RES-1",
     .lesson = "Reset and reuse",
     .rules = {.reset = do_nothing}},
    {.id = "reset_leaves_no_room",
     .sentence =
         "After your fba_reset every request is out of memory. Nothing is in use "
         "then, and the buffer is the same: does fba_reset keep buffer and "
         "capacity, and does your end count what is taken, or what is left?",
     .clause = "RES-1",
     .lesson = "Reset and reuse",
     .rules = {.reset = forget_the_buffer}},
    {.id = "reset_ends_handles",
     .sentence = "After your fba_reset, allocators obtained before it get nothing any "
                 "more. A handle stands for its FBA for as long as the FBA lives.",
     .clause = "RES-4",
     .lesson = "Reset and reuse",
     .rules = {.resets_end_handles = true}},
    {.id = "reset_of_an_empty_buffer_crashes",
     .sentence = "Your fba_reset stops the program when nothing is in use. It may be "
                 "called at any time, twice in a row too.",
     .clause = "RES-5",
     .lesson = "Reset and reuse",
     .rules = {.reset_answer = crash_if_empty}},
    {.id = "reset_crashes",
     .sentence = "Your fba_reset stops the program. All it has to do is to set the end "
                 "back.",
     .clause = "RES-1",
     .lesson = "Reset and reuse",
     .rules = {.reset_answer = crash}},
    {.id = "reset_hangs",
     .sentence = "Your fba_reset does not return. All it has to do is to set the end "
                 "back: it needs no loop.",
     .clause = "RES-1",
     .lesson = "Reset and reuse",
     .rules = {.reset_answer = hang}},
    {.id = "reset_only_when_full",
     .sentence =
         "Your fba_reset does nothing unless the buffer is full. It takes every "
         "block back, however much is in use.",
     .clause = "RES-5",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_if_full}},
    {.id = "reset_unless_full",
     .sentence = "Your fba_reset does nothing when the buffer is full. It takes every "
                 "block back, however much is in use.",
     .clause = "RES-5",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_unless_full}},
    {.id = "reset_rounds_the_start_up",
     .sentence = "Your fba_reset goes back to an aligned address, not to the start of "
                 "the buffer. Afterwards the first block begins where it would after "
                 "fba_init.",
     .clause = "RES-2",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_to_a_multiple},
     .numbers = {16, 8, 4, 32, 64}},
    {.id = "reset_skips_bytes",
     .sentence = "Your fba_reset goes back to a place behind the start of the buffer. "
                 "Afterwards nothing is in use, not a byte.",
     .clause = "RES-2",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_to_a_number},
     .numbers = {1, 2, 4, 8, 16}},
    {.id = "reset_skips_bytes",
     .sentence = "Your fba_reset goes back to a place behind the start of the buffer. "
                 "Afterwards nothing is in use, not a byte.",
     .clause = "RES-2",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_to_a_number_if_used},
     .numbers = {1, 2, 4, 8}},
    {.id = "reset_shrinks_the_buffer",
     .sentence = "Your fba_reset takes something off the capacity. The whole buffer is "
                 "free again, round after round.",
     .clause = "RES-1",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_to_less},
     .numbers = {1, 2, 3, 4}},
    {.id = "reset_only_once",
     .sentence =
         "Your fba_reset works the first time only: a later one steps back too "
         "far. It sets a state; whatever it steps back by has to be 0 afterwards.",
     .clause = "RES-5",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_stepping_back}},
    {.id = "reset_only_once",
     .sentence =
         "Your fba_reset works the first time only. It may be called any number "
         "of times, and takes everything back each time.",
     .clause = "RES-5",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_once}},
    {.id = "reset_takes_back_the_last_block",
     .sentence = "Your fba_reset takes the last block back, and no other. Afterwards "
                 "nothing is in use.",
     .clause = "RES-1",
     .lesson = "Reset and reuse",
     .rules = {.reset = reset_the_last_block, .end = end_noting_the_start}},
    {.id = "reset_clears_the_buffer",
     .sentence =
         "Your fba_reset writes into the buffer. It takes the blocks back in the "
         "struct alone, and leaves every byte as it is.",
     .clause = "RES-3",
     .lesson = "Reset and reuse",
     .rules = {.reset = clear_all}},
    {.id = "reset_clears_the_buffer",
     .sentence = "Your fba_reset writes into the bytes that were in use. It takes the "
                 "blocks back in the struct alone, and leaves every byte as it is.",
     .clause = "RES-3",
     .lesson = "Reset and reuse",
     .rules = {.reset = clear_used}},
    {.id = NULL},
};
