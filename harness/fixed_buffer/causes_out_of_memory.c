/* Causes that cost out_of_memory: how it is found out, said, and what it leaves. */
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
