/* Causes in the refusal: what it says, and what it leaves behind. */
#include "causes.h"

static struct answer plain(enum answer_kind kind)
{
    return (struct answer){.kind = kind};
}

/* ---- What the refusal says and does ---- */

static struct answer refuse_by_crashing(const struct scene *scene)
{
    (void)scene;
    return plain(ANSWER_CRASH);
}

static struct answer refuse_by_waiting(const struct scene *scene)
{
    (void)scene;
    return plain(ANSWER_HANG);
}

static struct answer refuse_with_null(const struct scene *scene)
{
    (void)scene;
    return plain(ANSWER_NULL);
}

static struct answer refuse_with_a_pointer(const struct scene *scene)
{
    (void)scene;
    return plain(ANSWER_REFUSED_WITH_POINTER);
}

static struct answer refuse_unheard_of(const struct scene *scene)
{
    (void)scene;
    return plain(ANSWER_UNKNOWN_ERROR);
}

static struct answer refuse_moving_the_end(const struct scene *scene)
{
    scene->fba->used = causes_contract.end(scene);
    return plain(ANSWER_REFUSED);
}

/* The end is beyond the buffer by now: what is left of it wraps around, or not. */
static bool fits_beyond_the_end(const struct scene *scene)
{
    const uint64_t left = scene_left(scene);

    return scene_padding(scene) <= left && scene->len <= left - scene_padding(scene);
}

static struct answer refuse_spending_padding(const struct scene *scene)
{
    if (scene_padding(scene) <= scene_left(scene)) {
        scene->fba->used += scene_padding(scene);
    }
    return plain(ANSWER_REFUSED);
}

static struct answer refuse_taking_the_rest(const struct scene *scene)
{
    scene->fba->used = scene->fba->capacity;
    return plain(ANSWER_REFUSED);
}

static struct answer refuse_for_ever(const struct scene *scene)
{
    scene->fba->note = 1;
    return plain(ANSWER_REFUSED);
}

static bool fits_if_none_failed(const struct scene *scene)
{
    return scene->fba->note == 0 && causes_contract.fits(scene);
}

static struct answer refuse_from_the_front(const struct scene *scene)
{
    struct answer answer = plain(ANSWER_REFUSED);

    scene->fba->used = 0;
    scene_cut(scene, &answer);
    return answer;
}

/* The same, unless the request is longer than the buffer. */
static struct answer refuse_from_the_front_or_not(const struct scene *scene)
{
    return scene->len > scene->fba->capacity ? plain(ANSWER_REFUSED)
                                             : refuse_from_the_front(scene);
}

static struct answer refuse_giving_the_rest(const struct scene *scene)
{
    const uint64_t offset = scene->block - scene->fba->buffer;

    if (offset >= scene->fba->capacity) {
        return plain(ANSWER_REFUSED);
    }
    scene->fba->used = scene->fba->capacity;
    return (struct answer){.kind = ANSWER_BLOCK, .number = (int64_t)offset};
}

static struct answer refuse_resetting(const struct scene *scene)
{
    scene->fba->used = 0;
    return plain(ANSWER_REFUSED);
}

/* ---- What is compared ---- */

static bool fits_always(const struct scene *scene)
{
    (void)scene;
    return true;
}

static bool fits_never(const struct scene *scene)
{
    (void)scene;
    return false;
}

static void array_refuses(const struct array_question *question,
                          struct array_answer *answer)
{
    (void)question;
    *answer = (struct array_answer){.is_error = true};
}

const struct cause causes_out_of_memory[] = {
    {.id = "nothing_is_written_yet",
     .sentence =
         "Your alloc and your build_array say that they are out of memory "
         "whatever they are asked for, as the starter does. Begin with fba_init "
         "and alloc: carve a block from the buffer.",
     .clause = "CAP-1",
     .lesson = "Carving a buffer",
     .rules = {.fits = fits_never, .array = array_refuses}},
    {.id = "always_refuses",
     .sentence = "Your alloc says that it is out of memory whatever it is asked for. A "
                 "request that fits is granted with a block of the buffer.",
     .clause = "CAP-1",
     .lesson = "Carving a buffer",
     .rules = {.fits = fits_never}},
    {.id = "never_refuses",
     .sentence = "Your alloc hands out memory without a look at the capacity. A block "
                 "that would end behind the buffer is out of memory.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.fits = fits_always}},
    {.id = "crashes_when_full",
     .sentence =
         "Your alloc stops the program when a request does not fit. Running out "
         "is an ordinary answer: ALLOC_OUT_OF_MEMORY, with memory NULL.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_by_crashing}},
    {.id = "waits_when_full",
     .sentence = "Your alloc does not return when a request does not fit. Nobody will "
                 "free memory meanwhile: answer ALLOC_OUT_OF_MEMORY, with memory NULL.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_by_waiting}},
    {.id = "success_with_null",
     .sentence =
         "Your alloc says ALLOC_OK with memory NULL when a request does not fit. "
         "The error is how a caller learns about it: ALLOC_OUT_OF_MEMORY.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_with_null}},
    {.id = "refuses_with_a_pointer",
     .sentence = "Your alloc puts a pointer beside the error. With ALLOC_OUT_OF_MEMORY "
                 "memory is NULL, so that nobody uses what is not there.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_with_a_pointer}},
    {.id = "unknown_error",
     .sentence = "Your alloc answers with an error that does not exist. There are two: "
                 "ALLOC_OK and ALLOC_OUT_OF_MEMORY.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_unheard_of}},
    {.id = "gives_what_is_left",
     .sentence = "Your alloc answers a request that is too long with the rest of the "
                 "buffer. A block has all the bytes that were asked for, or there is "
                 "none.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_giving_the_rest}},
    {.id = "starts_over_when_full",
     .sentence =
         "Your alloc begins again at the start of the buffer when a request does "
         "not fit, over blocks that are in use. Such a request is out of memory.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_from_the_front}},
    {.id = "starts_over_when_full",
     .sentence =
         "Your alloc begins again at the start of the buffer when a request does "
         "not fit, over blocks that are in use. Such a request is out of memory.",
     .clause = "OOM-1",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_from_the_front_or_not}},
    {.id = "end_moved_before_the_check",
     .sentence =
         "Your alloc moves the end before it knows that the block fits, and does "
         "not put it back. A request that fails changes nothing: check first.",
     .clause = "OOM-2",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_moving_the_end}},
    {.id = "end_moved_before_the_check",
     .sentence =
         "Your alloc moves the end before it knows that the block fits, and does "
         "not put it back. A request that fails changes nothing: check first.",
     .clause = "OOM-2",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_moving_the_end, .fits = fits_beyond_the_end}},
    {.id = "padding_spent_on_failure",
     .sentence = "Your alloc moves the end over the padding before it knows that the "
                 "block fits. A request that fails changes nothing: check both first.",
     .clause = "OOM-2",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_spending_padding}},
    {.id = "full_after_a_failure",
     .sentence = "After a request that failed, your buffer counts as full. A shorter "
                 "request may still fit: a failure changes nothing.",
     .clause = "OOM-5",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_taking_the_rest}},
    {.id = "full_after_a_failure",
     .sentence =
         "After a request that failed, your alloc refuses every other. A shorter "
         "request may still fit: a failure changes nothing.",
     .clause = "OOM-5",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_for_ever, .fits = fits_if_none_failed}},
    {.id = "failure_resets",
     .sentence = "A request that fails gives your whole buffer back, with blocks in it "
                 "that are in use. A failure changes nothing.",
     .clause = "OOM-2",
     .lesson = "When the buffer is full",
     .rules = {.refuse = refuse_resetting}},
    {.id = NULL},
};
