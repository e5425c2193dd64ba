#include "causes.h"

uint64_t scene_here(const struct scene *scene)
{
    return scene->fba->buffer + scene->fba->used;
}

uint64_t scene_left(const struct scene *scene)
{
    return scene->fba->capacity - scene->fba->used;
}

uint64_t scene_padding(const struct scene *scene)
{
    return scene->block - scene_here(scene);
}

uint64_t scene_round_up(uint64_t address, uint64_t unit)
{
    const uint64_t past = address % unit;

    return past == 0 ? address : address + (unit - past);
}

void scene_write(const struct scene *scene, uint64_t from, uint64_t count)
{
    if (count > 0) {
        scene->fba->written_from = (int64_t)from;
        scene->fba->written_to = (int64_t)(from + count);
    }
}

static void init(const struct scene *scene)
{
    scene->fba->buffer = scene->block;
    scene->fba->capacity = scene->len;
    scene->fba->used = 0;
    scene->fba->note = 0;
}

static void reset(const struct scene *scene)
{
    scene->fba->used = 0;
}

static struct answer nothing(const struct scene *scene)
{
    (void)scene;
    return (struct answer){.kind = ANSWER_NOTHING};
}

static void hear(struct scene *scene)
{
    (void)scene;
}

static bool gives_up(const struct scene *scene)
{
    (void)scene;
    return false;
}

static uint64_t place(const struct scene *scene)
{
    return scene_round_up(scene_here(scene), scene->alignment);
}

static bool fits(const struct scene *scene)
{
    const uint64_t offset = scene->block - scene->fba->buffer;

    return offset <= scene->fba->capacity &&
           scene->len <= scene->fba->capacity - offset;
}

static uint64_t end(const struct scene *scene)
{
    return scene->block + scene->len - scene->fba->buffer;
}

static void write_nothing(const struct scene *scene)
{
    (void)scene;
}

static struct answer refuse(const struct scene *scene)
{
    (void)scene;
    return (struct answer){.kind = ANSWER_REFUSED};
}

static bool is_last(const struct scene *scene)
{
    return scene->block + scene->len == scene_here(scene);
}

static void take_back(const struct scene *scene)
{
    scene->fba->used -= scene->len;
}

static bool shrink(const struct scene *scene)
{
    scene->fba->used -= scene->len - scene->new_len;
    return true;
}

static bool grow(const struct scene *scene)
{
    const uint64_t more = scene->new_len - scene->len;

    if (scene->fba->used > scene->fba->capacity || more > scene_left(scene)) {
        return false;
    }
    scene->fba->used += more;
    return true;
}

static bool resize_other(const struct scene *scene)
{
    return scene->new_len <= scene->len;
}

static void array(const struct array_question *question, struct array_answer *answer)
{
    (void)question;
    (void)answer;
}

bool scene_cut(const struct scene *scene, struct answer *answer)
{
    struct scene again = *scene;

    again.block = place(&again);
    if (!fits(&again)) {
        return false;
    }
    answer->kind = ANSWER_BLOCK;
    answer->number = (int64_t)(again.block - again.fba->buffer);
    again.fba->used = end(&again);
    return true;
}

const struct rules causes_contract = {
    .init = init,
    .reset = reset,
    .init_answer = nothing,
    .reset_answer = nothing,
    .hear = hear,
    .gives_up = gives_up,
    .place = place,
    .fits = fits,
    .end = end,
    .write = write_nothing,
    .refuse = refuse,
    .is_freeable = is_last,
    .take_back = take_back,
    .free_write = write_nothing,
    .is_last = is_last,
    .shrink = shrink,
    .grow = grow,
    .resize_other = resize_other,
    .array = array,
};
