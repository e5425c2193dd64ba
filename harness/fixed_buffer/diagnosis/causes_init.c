/* Causes in fba_init: what it stores, and what it leaves. */
#include "causes.h"

/* fba_init takes `number` bytes off the capacity. */
static void init_keeping_back(const struct scene *scene)
{
    causes_contract.init(scene);
    scene->fba->capacity -=
        scene->fba->capacity < scene->number ? scene->fba->capacity : scene->number;
}

static void init_rounding_down(const struct scene *scene)
{
    causes_contract.init(scene);
    scene->fba->capacity -= scene->len % scene->number;
}

/* Somewhere else: the blocks are far from the buffer. */
static void init_elsewhere(const struct scene *scene)
{
    causes_contract.init(scene);
    scene->fba->buffer = (uint64_t)1 << 21;
}

/* How far that memory is aligned, nobody can say. */
static void hear_small_alignments(struct scene *scene)
{
    if (scene->alignment > 16) {
        scene->alignment = 0;
    }
}

static void init_keeping_the_end(const struct scene *scene)
{
    scene->fba->buffer = scene->block;
    scene->fba->capacity = scene->len;
}

static void init_with_own_capacity(const struct scene *scene)
{
    causes_contract.init(scene);
    scene->fba->capacity = scene->number;
}

static void init_keeping_the_capacity(const struct scene *scene)
{
    const uint64_t capacity = scene->fba->capacity;

    causes_contract.init(scene);
    scene->fba->capacity = scene->fba->is_initialised ? capacity : scene->len;
}

static struct answer crash_if_empty(const struct scene *scene)
{
    return (struct answer){.kind = scene->len == 0 ? ANSWER_CRASH : ANSWER_NOTHING};
}

/* A buffer of no bytes changes nothing in the struct. */
static void init_skipping_an_empty_buffer(const struct scene *scene)
{
    if (scene->len > 0) {
        causes_contract.init(scene);
    }
}

static void init_filling(const struct scene *scene)
{
    causes_contract.init(scene);
    scene_write(scene, 0, scene->len);
}

const struct cause causes_init[] = {
    {.id = "keeps_bytes_back",
     .sentence =
         "Your code never hands out the end of the buffer, neither to alloc nor "
         "to resize. Every byte is the caller's to use: look at the capacity "
         "that fba_init stores, and at < where <= belongs.",
     .clause = "CAP-1",
     .lesson = "Creating one",
     .rules = {.init = init_keeping_back},
     .numbers = {1, 2, 4, 8, 16, 24, 32}},
    {.id = "rounds_the_capacity_down",
     .sentence = "Your fba_init rounds the capacity down, and the last bytes of the "
                 "buffer are never handed out. Store the capacity you are given: every "
                 "byte can be used.",
     .clause = "CAP-1",
     .lesson = "Creating one",
     .rules = {.init = init_rounding_down},
     .numbers = {16, 8, 4, 2, 32}},
    {.id = "memory_of_its_own",
     .sentence = "Your blocks do not lie in the buffer that fba_init is given, but in "
                 "memory elsewhere. An FBA has that one buffer and no other memory.",
     .clause = "CAP-2",
     .lesson = "Creating one",
     .rules = {.init = init_elsewhere, .hear = hear_small_alignments}},
    {.id = "init_keeps_the_old_end",
     .sentence = "Your fba_init leaves the old end in the struct. It starts from "
                 "nothing, whatever the struct held before: set every field.",
     .clause = "CAP-7",
     .lesson = "Creating one",
     .rules = {.init = init_keeping_the_end}},
    {.id = "init_keeps_the_old_capacity",
     .sentence =
         "Your fba_init keeps the capacity that the struct had before. It starts "
         "from nothing, whatever the struct held before: set every field.",
     .clause = "CAP-7",
     .lesson = "Creating one",
     .rules = {.init = init_keeping_the_capacity}},
    {.id = "init_only_once",
     .sentence =
         "A second call of your fba_init changes nothing. The same struct may be "
         "initialised again, with another buffer: set every field each time.",
     .clause = "CAP-7",
     .lesson = "Creating one",
     .rules = {.only_once = true}},
    {.id = "init_refuses_an_empty_buffer",
     .sentence = "Your fba_init stops the program when the capacity is 0. An empty "
                 "buffer is a full buffer, and no error: store its capacity like any "
                 "other.",
     .clause = "CAP-6",
     .lesson = "Creating one",
     .rules = {.init_answer = crash_if_empty}},
    {.id = "init_skips_an_empty_buffer",
     .sentence = "Your fba_init does nothing when the capacity is 0, so the struct "
                 "keeps what it held before. Set every field, whatever the capacity.",
     .clause = "CAP-6",
     .lesson = "Creating one",
     .rules = {.init = init_skipping_an_empty_buffer}},
    {.id = "init_ignores_the_capacity",
     .sentence = "Your code works with a capacity of its own, not with the one that "
                 "fba_init is given. How large the buffer is, only the caller knows.",
     .clause = "OOM-1",
     .lesson = "Creating one",
     .rules = {.init = init_with_own_capacity},
     .numbers = {1048576, 65536, 4096, 1024, 512, 256}},
    {.id = "fills_in_init",
     .sentence = "Your fba_init writes into the buffer. Its bytes are the caller's: "
                 "whatever they hold stays there.",
     .clause = "CAP-5",
     .lesson = "Creating one",
     .rules = {.init = init_filling}},
    {.id = NULL},
};
