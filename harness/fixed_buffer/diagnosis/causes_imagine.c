#include "causes.h"

#include <string.h>

struct block {
    bool exists;
    uint64_t address, len, alignment;
};

/* All FBAs of a probe, as a submission with these mistakes sees them. */
struct world {
    const struct mistake *mistakes;
    const struct probe *probe;
    struct imagined fbas[PROBE_FBAS];
    uint64_t buffers[PROBE_FBAS]; /* where each FBA's really is */
    struct imagined copies[PROBE_HANDLES];
    uint8_t fba_of[PROBE_HANDLES];
    bool is_stale[PROBE_HANDLES];
    size_t handles;
    uint8_t last_init, last_handle;
    uint64_t common_end;
    struct block blocks[PROBE_BLOCKS];
    size_t blocks_asked;
    bool has_written;
    bool is_spoilt; /* more is in use than there is: what comes now, nobody can say */
};

/*
 * The rule that counts, and the number that it comes with: of the last mistake that
 * replaces it, or the contract's. `scene` gets the number.
 */
#define RULE(world, scene, rule)                                                       \
    ((scene)->number = (world)->mistakes[replaces(world, 1, rule) ? 1 : 0].number,     \
     replaces(world, 1, rule)   ? (world)->mistakes[1].cause->rules.rule               \
     : replaces(world, 0, rule) ? (world)->mistakes[0].cause->rules.rule               \
                                : causes_contract.rule)

#define replaces(world, index, rule)                                                   \
    ((world)->mistakes[index].cause != NULL &&                                         \
     (world)->mistakes[index].cause->rules.rule != 0)

static enum sharing sharing_of(const struct world *world)
{
    return replaces(world, 1, sharing)   ? world->mistakes[1].cause->rules.sharing
           : replaces(world, 0, sharing) ? world->mistakes[0].cause->rules.sharing
                                         : SHARING_NONE;
}

/* The state that a call on FBA `fba` works on; `handle` is PROBE_HANDLES where the call
 * is given the struct. */
static struct imagined *state_of(struct world *world, uint8_t fba, size_t handle)
{
    switch (sharing_of(world)) {
    case SHARING_LAST_INIT:
        return &world->fbas[handle == PROBE_HANDLES ? fba : world->last_init];
    case SHARING_FIRST_HANDLE:
        return &world->fbas[handle == PROBE_HANDLES ? fba : world->fba_of[0]];
    case SHARING_LAST_HANDLE:
        return &world->fbas[handle == PROBE_HANDLES ? fba : world->last_handle];
    case SHARING_COPY:
        return handle == PROBE_HANDLES ? &world->fbas[fba] : &world->copies[handle];
    case SHARING_END:
        world->fbas[fba].used = world->common_end;
        break;
    case SHARING_NONE:
        break;
    }
    return &world->fbas[fba];
}

static struct answer imagine_init(struct world *world, const struct probe_step *step)
{
    struct imagined *const fba = &world->fbas[step->fba];
    const bool only_once =
        replaces(world, 0, only_once) || replaces(world, 1, only_once);
    struct scene scene = {
        .fba = fba,
        .block = probe_address(world->probe, step->buffer),
        .len = world->probe->buffers[step->buffer].capacity,
    };

    world->buffers[step->fba] = scene.block;
    world->last_init = step->fba;
    const struct answer answer = RULE(world, &scene, init_answer)(&scene);
    if (!only_once || !fba->is_initialised) {
        state_of(world, step->fba, PROBE_HANDLES);
        RULE(world, &scene, init)(&scene);
        world->common_end = fba->used;
    }
    fba->is_initialised = true;
    return answer;
}

static void imagine_handle(struct world *world, uint8_t fba)
{
    if (replaces(world, 0, handles_reset) || replaces(world, 1, handles_reset)) {
        world->fbas[fba].used = 0;
        world->common_end = 0;
    }
    if (world->handles < PROBE_HANDLES) {
        world->copies[world->handles] = world->fbas[fba];
        world->fba_of[world->handles] = fba;
        world->is_stale[world->handles] = false;
        world->handles++;
    }
    world->last_handle = fba;
}

static struct answer imagine_reset(struct world *world, uint8_t fba)
{
    struct scene scene = {.fba = state_of(world, fba, PROBE_HANDLES)};
    const struct answer answer = RULE(world, &scene, reset_answer)(&scene);

    if (!answer_is_end(answer.kind)) {
        RULE(world, &scene, reset)(&scene);
        world->common_end = scene.fba->used;
    }
    if (replaces(world, 0, resets_end_handles) ||
        replaces(world, 1, resets_end_handles)) {
        memset(world->is_stale, 1, sizeof world->is_stale);
    }
    return answer;
}

/* The scene of a call by a handle: its FBA as the submission sees it. */
static struct scene scene_of(struct world *world, const struct probe_step *step)
{
    return (struct scene){
        .fba = state_of(world, world->fba_of[step->handle], step->handle)};
}

static struct answer grant(struct world *world, struct scene *scene)
{
    struct answer answer = {.kind = ANSWER_BLOCK};
    const uint64_t used = RULE(world, scene, end)(scene);
    RULE(world, scene, write)(scene);
    scene->fba->used = used;
    answer.number = (int64_t)(scene->block - scene->fba->buffer);
    return answer;
}

static struct answer imagine_alloc(struct world *world, const struct probe_step *step)
{
    struct block *const block = &world->blocks[world->blocks_asked++];
    struct scene scene = scene_of(world, step);
    const uint64_t len = probe_length(world->probe, step);

    scene.len = len;
    scene.alignment = step->alignment;
    if (world->is_stale[step->handle]) {
        return (struct answer){.kind = ANSWER_REFUSED};
    }
    RULE(world, &scene, hear)(&scene);
    if (scene.alignment == 0) {
        return (struct answer){.kind = ANSWER_ANY}; /* a division by 0, or worse */
    }
    if (RULE(world, &scene, gives_up)(&scene)) {
        return (struct answer){.kind = ANSWER_HANG};
    }
    scene.block = RULE(world, &scene, place)(&scene);
    struct answer answer = RULE(world, &scene, fits)(&scene)
                               ? grant(world, &scene)
                               : RULE(world, &scene, refuse)(&scene);
    if (answer.kind == ANSWER_BLOCK) {
        world->is_spoilt = scene.fba->used > scene.fba->capacity;
        const uint64_t address = scene.fba->buffer + (uint64_t)answer.number;
        *block = (struct block){true, address, len, step->alignment};
        answer.number =
            answer_offset(address, world->buffers[world->fba_of[step->handle]]);
    }
    world->common_end = scene.fba->used;
    return answer;
}

static struct answer imagine_free(struct world *world, const struct probe_step *step)
{
    struct block *const block = &world->blocks[step->block];
    struct scene scene = scene_of(world, step);

    if (!block->exists) {
        return (struct answer){.kind = ANSWER_SKIPPED};
    }
    scene.block = block->address;
    scene.len = block->len;
    scene.alignment = block->alignment;
    RULE(world, &scene, free_write)(&scene);
    if (RULE(world, &scene, is_freeable)(&scene)) {
        RULE(world, &scene, take_back)(&scene);
    }
    block->exists = false;
    world->common_end = scene.fba->used;
    return (struct answer){.kind = ANSWER_NOTHING};
}

static bool resized(struct world *world, struct scene *scene)
{
    if (!RULE(world, scene, is_last)(scene)) {
        return RULE(world, scene, resize_other)(scene);
    }
    return scene->new_len <= scene->len ? RULE(world, scene, shrink)(scene)
                                        : RULE(world, scene, grow)(scene);
}

static struct answer imagine_resize(struct world *world, const struct probe_step *step)
{
    struct block *const block = &world->blocks[step->block];
    struct scene scene = scene_of(world, step);

    if (!block->exists) {
        return (struct answer){.kind = ANSWER_SKIPPED};
    }
    scene.block = block->address;
    scene.len = block->len;
    scene.alignment = block->alignment;
    scene.new_len = step->len;
    const bool is_resized = resized(world, &scene);
    if (is_resized) {
        block->len = step->len;
        world->is_spoilt = scene.fba->used > scene.fba->capacity;
    }
    world->common_end = scene.fba->used;
    return (struct answer){.kind = is_resized ? ANSWER_TRUE : ANSWER_FALSE};
}

static struct answer imagine_step(struct world *world, const struct probe_step *step)
{
    if (world->is_spoilt) {
        return (struct answer){.kind = ANSWER_ANY};
    }
    switch (step->call) {
    case PROBE_INIT:
        return imagine_init(world, step);
    case PROBE_HANDLE:
        imagine_handle(world, step->fba);
        break;
    case PROBE_RESET:
        return imagine_reset(world, step->fba);
    case PROBE_ALLOC:
        return imagine_alloc(world, step);
    case PROBE_FREE:
        return imagine_free(world, step);
    case PROBE_RESIZE:
        return imagine_resize(world, step);
    case PROBE_END:
        break;
    }
    return (struct answer){.kind = ANSWER_NOTHING};
}

/* What the step has written is told as part of its answer, if anybody watches. */
static void take_written(struct world *world, struct answer *answer)
{
    for (size_t i = 0; i < PROBE_FBAS + PROBE_HANDLES; i++) {
        struct imagined *const fba =
            i < PROBE_FBAS ? &world->fbas[i] : &world->copies[i - PROBE_FBAS];
        if (fba->written_from != fba->written_to &&
            world->probe->buffers[0].capacity <= PROBE_WATCHED) {
            answer->written_from = fba->written_from;
            answer->written_to = fba->written_to;
            answer->is_rewritten = world->has_written;
            world->has_written = true;
        }
        fba->written_from = 0;
        fba->written_to = 0;
    }
}

void causes_imagine(const struct mistake mistakes[MISTAKES],
                    const struct probe *probe,
                    struct probe_answers *answers)
{
    static const struct probe_step first = {.call = PROBE_INIT};
    struct world world = {.mistakes = mistakes, .probe = probe};
    bool is_over = false;

    *answers = (struct probe_answers){.begun = imagine_init(&world, &first)};
    is_over = answer_is_end(answers->begun.kind);
    imagine_handle(&world, 0);
    take_written(&world, &answers->begun);
    for (size_t i = 0; i < PROBE_STEPS && probe->steps[i].call != PROBE_END; i++) {
        answers->steps[i] = is_over ? (struct answer){.kind = ANSWER_SKIPPED}
                                    : imagine_step(&world, &probe->steps[i]);
        take_written(&world, &answers->steps[i]);
        is_over = is_over || answer_is_end(answers->steps[i].kind);
    }
}

/* What a right build_array does; a mistake changes it. */
static struct array_answer right_array(const struct array_question *question)
{
    const uint64_t n = question->n;
    const bool wraps = n > UINT64_MAX / sizeof(int32_t);
    const bool asks = n > 0 && !wraps;
    const bool is_full = question->fails || wraps || n * sizeof(int32_t) > ARRAY_HEAP;
    struct array_answer answer = {
        .allocs = asks,
        .len = asks ? n * sizeof(int32_t) : 0,
        .alignment = asks ? sizeof(int32_t) : 0,
        .is_error = n > 0 && is_full,
        .is_ok = n == 0 || !is_full,
        .memory = n == 0    ? ARRAY_OTHER
                  : is_full ? ARRAY_NULL
                            : ARRAY_FIRST_BLOCK,
    };

    if (answer.memory == ARRAY_FIRST_BLOCK) {
        for (size_t i = 0; i < ARRAY_FIRST && i < n; i++) {
            answer.first[i] = (int32_t)i;
        }
        answer.last = (int32_t)(n - 1);
        answer.behind = ARRAY_UNTOUCHED;
    }
    return answer;
}

void causes_imagine_array(const struct mistake mistakes[MISTAKES],
                          const struct array_question *question,
                          struct array_answer *answer)
{
    *answer = right_array(question);
    for (size_t i = 0; i < MISTAKES; i++) {
        if (mistakes[i].cause != NULL && mistakes[i].cause->rules.array != NULL) {
            mistakes[i].cause->rules.array(question, answer);
        }
    }
    /* What it asks of an FBA of the submission goes past the judge. */
    if (question->is_fba) {
        answer->allocs = 0;
        answer->resizes = 0;
        answer->frees = 0;
        answer->len = 0;
        answer->alignment = 0;
    }
}
