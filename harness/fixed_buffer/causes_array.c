/* Causes in build_array. Each changes what a right one does into what this one does. */
#include "causes.h"

#include <string.h>

static bool asks(const struct array_question *question)
{
    return question->n > 0 && question->n <= UINT64_MAX / sizeof(int32_t);
}

static bool succeeds(const struct array_answer *answer)
{
    return answer->is_ok && answer->memory == ARRAY_FIRST_BLOCK;
}

static void say_full(struct array_answer *answer)
{
    *answer = (struct array_answer){.is_error = true, .memory = ARRAY_NULL};
}

static void end_by(struct array_answer *answer, enum answer_kind kind)
{
    *answer = (struct array_answer){.kind = kind};
}

static void align_to_1(const struct array_question *question,
                       struct array_answer *answer)
{
    answer->alignment = asks(question) ? 1 : 0;
}

static void align_to_16(const struct array_question *question,
                        struct array_answer *answer)
{
    answer->alignment = asks(question) ? 16 : 0;
}

static void align_to_8(const struct array_question *question,
                       struct array_answer *answer)
{
    answer->alignment = asks(question) ? 8 : 0;
}

/* An allocator that fails answers the one element with an error. */
static void ask_for_nothing(const struct array_question *question,
                            struct array_answer *answer)
{
    if (question->n == 0) {
        end_by(answer, ANSWER_NOTHING);
        answer->allocs = 1;
        answer->len = sizeof(int32_t);
        answer->alignment = sizeof(int32_t);
        answer->is_error = question->fails;
        answer->is_ok = !question->fails;
        answer->memory = question->fails ? ARRAY_NULL : ARRAY_FIRST_BLOCK;
    }
}

static void ask_twice(const struct array_question *question,
                      struct array_answer *answer)
{
    if (!succeeds(answer)) {
        return;
    }
    answer->allocs = 2;
    answer->memory = ARRAY_OTHER;
    if (question->n * 2 * sizeof(int32_t) > ARRAY_HEAP) {
        answer->is_ok = false;
        answer->is_error = true;
        answer->memory = ARRAY_NULL;
    }
    memset(answer->first, 0, sizeof answer->first);
    answer->last = 0;
    answer->behind = 0;
}

/* It works on an FBA, and on nothing else. */
static void need_an_fba(const struct array_question *question,
                        struct array_answer *answer)
{
    if (!question->is_fba && asks(question)) {
        end_by(answer, ANSWER_CRASH);
    }
}

static void need_an_fba_always(const struct array_question *question,
                               struct array_answer *answer)
{
    if (!question->is_fba) {
        end_by(answer, ANSWER_CRASH);
    }
}

static void count_backwards(const struct array_question *question,
                            struct array_answer *answer)
{
    if (!succeeds(answer)) {
        return;
    }
    for (size_t i = 0; i < ARRAY_FIRST && i < question->n; i++) {
        answer->first[i] = (int32_t)(question->n - 1 - i);
    }
    answer->last = 0;
}

static void count_from_one(const struct array_question *question,
                           struct array_answer *answer)
{
    for (size_t i = 0; succeeds(answer) && i < ARRAY_FIRST && i < question->n; i++) {
        answer->first[i]++;
    }
    answer->last += succeeds(answer);
}

static void fill_nothing(const struct array_question *question,
                         struct array_answer *answer)
{
    for (size_t i = 0; succeeds(answer) && i < ARRAY_FIRST && i < question->n; i++) {
        answer->first[i] = ARRAY_UNTOUCHED;
    }
    answer->last = succeeds(answer) ? ARRAY_UNTOUCHED : 0;
}

static void fill_with_zeroes(const struct array_question *question,
                             struct array_answer *answer)
{
    (void)question;
    memset(answer->first, 0, sizeof answer->first);
    answer->last = 0;
}

/* One request an element, and more than a call may make where there are many. */
static void ask_for_each(const struct array_question *question,
                         struct array_answer *answer)
{
    if (!asks(question)) {
        return;
    }
    if (question->n > 60 && !question->fails) {
        end_by(answer, ANSWER_ANY);
        answer->allocs = 60;
        return;
    }
    answer->allocs = question->fails ? 1 : question->n;
    answer->len = sizeof(int32_t);
}

static void fail_with_a_pointer(const struct array_question *question,
                                struct array_answer *answer)
{
    if (asks(question) && answer->is_error) {
        answer->memory = ARRAY_OTHER;
    }
}

static void fill_one_more(const struct array_question *question,
                          struct array_answer *answer)
{
    if (succeeds(answer) && question->n < ARRAY_HEAP / sizeof(int32_t)) {
        answer->behind = (int32_t)question->n;
    }
}

static void free_and_retry(const struct array_question *question,
                           struct array_answer *answer)
{
    if (asks(question) && answer->is_error) {
        end_by(answer, ANSWER_ANY);
        answer->frees = 1;
    }
}

static void retry(const struct array_question *question, struct array_answer *answer)
{
    if (asks(question) && answer->is_error && !question->is_fba) {
        answer->allocs = 2;
    }
}

static void free_what_it_returns(const struct array_question *question,
                                 struct array_answer *answer)
{
    (void)question;
    if (succeeds(answer)) {
        answer->frees = 1;
    }
}

static void refuse_many(const struct array_question *question,
                        struct array_answer *answer)
{
    if (question->n > 1000) {
        say_full(answer);
    }
}

static void hide_the_error(const struct array_question *question,
                           struct array_answer *answer)
{
    if (asks(question) && answer->is_error) {
        answer->is_error = false;
        answer->is_ok = true;
    }
}

static void refuse_everything(const struct array_question *question,
                              struct array_answer *answer)
{
    (void)question;
    say_full(answer);
}

static void use_null(const struct array_question *question, struct array_answer *answer)
{
    if (asks(question) && answer->is_error) {
        end_by(answer, ANSWER_CRASH);
    }
}

/* The array is the submission's own: what is in it, nobody can see. */
static void use_own_memory(const struct array_question *question,
                           struct array_answer *answer)
{
    if (question->n > 1000) {
        end_by(answer, ANSWER_ANY);
    } else if (question->n > 0) {
        end_by(answer, ANSWER_NOTHING);
        answer->is_ok = true;
        answer->memory = ARRAY_OTHER;
    }
}

static void fill_one_less(const struct array_question *question,
                          struct array_answer *answer)
{
    if (!succeeds(answer)) {
        return;
    }
    answer->last = ARRAY_UNTOUCHED;
    if (question->n <= ARRAY_FIRST) {
        answer->first[question->n - 1] = ARRAY_UNTOUCHED;
    }
}

/* Each element takes two places: `filled` of these are filled. */
static void fill_places(const struct array_question *question,
                        struct array_answer *answer,
                        uint64_t filled)
{
    const uint64_t n = question->n;
    const uint64_t looked_at[] = {0, 1, 2, 3, n - 1, n};

    if (!succeeds(answer)) {
        return;
    }
    if (filled * sizeof(int32_t) > ARRAY_HEAP) {
        end_by(answer, ANSWER_ANY);
        return;
    }
    for (size_t i = 0; i < sizeof looked_at / sizeof looked_at[0]; i++) {
        const uint64_t place = looked_at[i];
        const int32_t element = place >= filled  ? ARRAY_UNTOUCHED
                                : place % 2 == 0 ? (int32_t)(place / 2)
                                                 : 0;
        if (i < ARRAY_FIRST) {
            answer->first[i] = place < n ? element : 0;
        } else if (i == ARRAY_FIRST) {
            answer->last = element;
        } else {
            answer->behind = element;
        }
    }
}

static void fill_64_bits(const struct array_question *question,
                         struct array_answer *answer)
{
    fill_places(question, answer, question->n * 2);
}

static void fill_64_bits_inside(const struct array_question *question,
                                struct array_answer *answer)
{
    fill_places(question, answer, question->n / 2 * 2);
}

static void ask_for_other_bytes(const struct array_question *question,
                                struct array_answer *answer,
                                uint64_t size)
{
    if (!asks(question) || question->is_fba) {
        return;
    }
    answer->len = question->n * size;
    if (question->n > ARRAY_HEAP / sizeof(int32_t)) {
        end_by(answer, ANSWER_ANY); /* fails, or wraps, or writes beyond the heap */
    } else if (succeeds(answer) && answer->len > ARRAY_HEAP) {
        answer->is_ok = false;
        answer->is_error = true;
        answer->memory = ARRAY_NULL;
        memset(answer->first, 0, sizeof answer->first);
        answer->last = 0;
        answer->behind = 0;
    }
}

static void ask_for_bytes(const struct array_question *question,
                          struct array_answer *answer)
{
    ask_for_other_bytes(question, answer, 1);
}

static void ask_for_64_bits(const struct array_question *question,
                            struct array_answer *answer)
{
    ask_for_other_bytes(question, answer, 8);
}

static void ask_for_one_more(const struct array_question *question,
                             struct array_answer *answer)
{
    if (asks(question) && !question->is_fba) {
        answer->len += sizeof(int32_t);
    }
}

static void refuse_nothing(const struct array_question *question,
                           struct array_answer *answer)
{
    if (question->n == 0) {
        say_full(answer);
    }
}

static void return_null_for_nothing(const struct array_question *question,
                                    struct array_answer *answer)
{
    if (question->n == 0) {
        answer->memory = ARRAY_NULL;
    }
}

/* A vtable function is asked for 0 bytes, which no caller may do. */
static void ask_for_0_bytes(const struct array_question *question,
                            struct array_answer *answer)
{
    if (question->n == 0) {
        end_by(answer, ANSWER_ANY);
        answer->allocs = 1;
    }
}

/* One element first, and the rest by resize: where that fails, by a second block. */
static void ask_and_resize(const struct array_question *question,
                           struct array_answer *answer)
{
    if (!asks(question) || question->is_fba || question->fails) {
        if (asks(question)) {
            answer->len = question->is_fba ? 0 : sizeof(int32_t);
        }
        return;
    }
    end_by(answer, ANSWER_ANY);
    answer->len = sizeof(int32_t);
    answer->resizes = 1;
}

static void multiply_in_32_bits(const struct array_question *question,
                                struct array_answer *answer)
{
    if (asks(question) && question->n > UINT32_MAX / sizeof(int32_t)) {
        end_by(answer, ANSWER_ANY);
        answer->len = (uint32_t)(question->n * sizeof(int32_t));
    }
}

static void multiply_wrapping(const struct array_question *question,
                              struct array_answer *answer)
{
    if (question->n > UINT64_MAX / sizeof(int32_t)) {
        end_by(answer, ANSWER_ANY);
        answer->len = question->n * sizeof(int32_t);
    }
}

static void swap_the_arguments(const struct array_question *question,
                               struct array_answer *answer)
{
    if (asks(question)) {
        end_by(answer, ANSWER_ANY);
        answer->len = sizeof(int32_t);
        answer->alignment = question->n * sizeof(int32_t);
    }
}

#define LESSON "One function, any allocator"

const struct cause causes_array[] = {
    {.id = "array_always_fails",
     .sentence = "Your build_array says that it is out of memory whatever it is asked "
                 "for. Ask the allocator for n elements, fill them, and return them.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = refuse_everything}},
    {.id = "array_of_another_alignment",
     .sentence = "Your build_array asks for an alignment of 1, as if for bytes. Its "
                 "elements are int32_t: ask for the alignment of those.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = align_to_1}},
    {.id = "array_of_another_alignment",
     .sentence = "Your build_array asks for a larger alignment than it needs. Its "
                 "elements are int32_t: ask for the alignment of those.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = align_to_16}},
    {.id = "array_of_another_alignment",
     .sentence = "Your build_array asks for a larger alignment than it needs. Its "
                 "elements are int32_t: ask for the alignment of those.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = align_to_8}},
    {.id = "array_asks_for_nothing",
     .sentence = "Your build_array asks the allocator for memory although n is 0. An "
                 "empty array needs none: any pointer that is not NULL will do.",
     .clause = "POL-6",
     .lesson = LESSON,
     .rules = {.array = ask_for_nothing}},
    {.id = "array_asks_for_nothing",
     .sentence =
         "Your build_array asks the allocator for 0 bytes when n is 0. An empty "
         "array needs no request: any pointer that is not NULL will do.",
     .clause = "POL-6",
     .lesson = LESSON,
     .rules = {.array = ask_for_0_bytes}},
    {.id = "array_allocates_twice",
     .sentence = "Your build_array asks for a second block when it has the first. One "
                 "request is enough: the first block would be lost.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_twice}},
    {.id = "array_needs_an_fba",
     .sentence = "Your build_array takes the allocator's context for an FBA. It knows "
                 "nothing about what is behind it: call the functions of its table.",
     .clause = "POL-8",
     .lesson = LESSON,
     .rules = {.array = need_an_fba}},
    {.id = "array_needs_an_fba",
     .sentence = "Your build_array takes the allocator's context for an FBA. It knows "
                 "nothing about what is behind it: call the functions of its table.",
     .clause = "POL-8",
     .lesson = LESSON,
     .rules = {.array = need_an_fba_always}},
    {.id = "array_counts_backwards",
     .sentence = "Your build_array fills the array in the other direction. Element i "
                 "holds i: the first one is 0.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = count_backwards}},
    {.id = "array_counts_from_one",
     .sentence =
         "Your build_array counts from 1. Element i holds i: the first one is 0.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = count_from_one}},
    {.id = "array_is_not_filled",
     .sentence = "Your build_array returns its block without filling it. Element i "
                 "holds i, for every i below n.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_nothing}},
    {.id = "array_is_zeroed",
     .sentence = "Your build_array fills the array with zeroes. Element i holds i, for "
                 "every i below n.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_with_zeroes}},
    {.id = "array_element_by_element",
     .sentence = "Your build_array asks for each element alone. An array is one block: "
                 "one request, for all of it.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_for_each}},
    {.id = "array_fails_with_a_pointer",
     .sentence = "Your build_array puts a pointer beside the error. When the allocator "
                 "fails, memory is NULL.",
     .clause = "POL-5",
     .lesson = LESSON,
     .rules = {.array = fail_with_a_pointer}},
    {.id = "array_fills_one_too_many",
     .sentence =
         "Your build_array writes one element behind the array. The last one has "
         "the index n - 1.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_one_more}},
    {.id = "array_frees_on_failure",
     .sentence =
         "Your build_array calls its allocator again after a failure. A request "
         "that failed has left nothing to free, and asking again is the "
         "caller's decision: return the error.",
     .clause = "POL-5",
     .lesson = LESSON,
     .rules = {.array = free_and_retry}},
    {.id = "array_frees_on_failure",
     .sentence = "Your build_array asks again after a failure. Whether to try again is "
                 "the caller's decision: return the error.",
     .clause = "POL-5",
     .lesson = LESSON,
     .rules = {.array = retry}},
    {.id = "array_is_freed",
     .sentence = "Your build_array frees the array that it returns. The caller owns it "
                 "from now on, and frees it when it is time.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = free_what_it_returns}},
    {.id = "array_has_a_limit",
     .sentence =
         "Your build_array refuses a large n without asking the allocator. Only "
         "the allocator knows what it has.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = refuse_many}},
    {.id = "array_hides_the_error",
     .sentence =
         "Your build_array says ALLOC_OK although its allocator failed. Hand the "
         "error on, with memory NULL.",
     .clause = "POL-5",
     .lesson = LESSON,
     .rules = {.array = hide_the_error}},
    {.id = "array_ignores_the_error",
     .sentence = "Your build_array writes to the memory of an answer that is an error. "
                 "Look at the error first, and hand it on.",
     .clause = "POL-5",
     .lesson = LESSON,
     .rules = {.array = use_null}},
    {.id = "array_of_its_own",
     .sentence =
         "Your build_array returns memory of its own. The array lies in a block "
         "of the allocator that it is given.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = use_own_memory}},
    {.id = "array_misses_an_element",
     .sentence =
         "Your build_array leaves the last element unfilled. Every i below n has "
         "its element, n - 1 too.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_one_less}},
    {.id = "array_of_64_bit_numbers",
     .sentence =
         "Your build_array fills the array with numbers of 8 bytes. Its elements "
         "are int32_t, of 4 bytes each.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_64_bits}},
    {.id = "array_of_64_bit_numbers",
     .sentence =
         "Your build_array fills the array with numbers of 8 bytes, half as many "
         "as there are elements. Its elements are int32_t, of 4 bytes each.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_64_bits_inside}},
    {.id = "array_of_another_size",
     .sentence = "Your build_array asks for n bytes. An element takes "
                 "sizeof(int32_t) bytes, and there are n of them.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_for_bytes}},
    {.id = "array_of_another_size",
     .sentence = "Your build_array asks for 8 bytes an element. An int32_t takes 4: "
                 "sizeof(int32_t).",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_for_64_bits}},
    {.id = "array_of_another_size",
     .sentence = "Your build_array asks for room for one element more than n. Ask for "
                 "what is needed and no more.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_for_one_more}},
    {.id = "array_of_nothing_fails",
     .sentence = "Your build_array says that it is out of memory when n is 0. An empty "
                 "array is an array: ALLOC_OK, with a pointer that is not NULL.",
     .clause = "POL-6",
     .lesson = LESSON,
     .rules = {.array = refuse_nothing}},
    {.id = "array_of_nothing_is_null",
     .sentence =
         "Your build_array answers NULL when n is 0. An empty array is an array: "
         "ALLOC_OK, with a pointer that is not NULL.",
     .clause = "POL-6",
     .lesson = LESSON,
     .rules = {.array = return_null_for_nothing}},
    {.id = "array_resizes",
     .sentence =
         "Your build_array begins with a smaller block and resizes it. It knows "
         "n from the start: one request, for all of it.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_and_resize}},
    {.id = "array_size_in_32_bits",
     .sentence = "Your build_array multiplies in 32 bits, where the size of a large "
                 "array is a small number. Sizes are size_t.",
     .clause = "POL-7",
     .lesson = LESSON,
     .rules = {.array = multiply_in_32_bits}},
    {.id = "array_size_wraps",
     .sentence =
         "Your build_array multiplies n by the size of an element without a look "
         "at whether that fits in size_t. The wrapper allocator_alloc takes "
         "count and size apart, and checks the product.",
     .clause = "POL-7",
     .lesson = LESSON,
     .rules = {.array = multiply_wrapping}},
    {.id = "array_arguments_swapped",
     .sentence = "Your build_array passes the length where the alignment belongs. The "
                 "order is in allocator.h: the context, the length, the alignment.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = swap_the_arguments}},
    {.id = NULL},
};
