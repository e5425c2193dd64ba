/* Causes in build_array: what it answers, and what the array holds. */
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
    if (!succeeds(answer)) {
        return;
    }
    if (question->n * sizeof(int32_t) == ARRAY_HEAP) {
        end_by(answer, ANSWER_CRASH);
    } else {
        answer->behind = (int32_t)question->n;
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

static void fill_from_one(const struct array_question *question,
                          struct array_answer *answer)
{
    if (succeeds(answer)) {
        answer->first[0] = ARRAY_UNTOUCHED;
        answer->last = question->n == 1 ? ARRAY_UNTOUCHED : answer->last;
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

#define LESSON "One function, any allocator"

/* The counter never gets to n. */
static void count_in_8_bits(const struct array_question *question,
                            struct array_answer *answer)
{
    if (succeeds(answer) && question->n > 255) {
        end_by(answer, ANSWER_HANG);
    }
}

static void count_in_16_bits(const struct array_question *question,
                             struct array_answer *answer)
{
    if (succeeds(answer) && question->n > 65535) {
        end_by(answer, ANSWER_HANG);
    }
}

/* A negative index comes after the largest of a signed counter. */
static void count_in_16_bits_signed(const struct array_question *question,
                                    struct array_answer *answer)
{
    if (succeeds(answer) && question->n > 32767) {
        end_by(answer, ANSWER_CRASH);
    }
}

const struct cause causes_array_answer[] = {
    {.id = "array_always_fails",
     .sentence = "Your build_array says that it is out of memory whatever it is asked "
                 "for. Ask the allocator for n elements, fill them, and return them.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = refuse_everything}},
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
    {.id = "array_misses_an_element",
     .sentence =
         "Your build_array leaves the last element unfilled. Every i below n has "
         "its element, n - 1 too.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_one_less}},
    {.id = "array_misses_the_first_element",
     .sentence = "Your build_array leaves the first element unfilled. Its index is 0, "
                 "and the memory is not zero: nobody has filled it before.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = fill_from_one}},
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
    {.id = "array_counter_too_small",
     .sentence = "Your build_array counts in a type that does not hold n, so that it "
                 "never gets to the end of a long array. Sizes and counts are size_t.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = count_in_8_bits}},
    {.id = "array_counter_too_small",
     .sentence = "Your build_array counts in a type that does not hold n, so that it "
                 "never gets to the end of a long array. Sizes and counts are size_t.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = count_in_16_bits}},
    {.id = "array_counter_too_small",
     .sentence = "Your build_array counts in a type that does not hold n, so that it "
                 "never gets to the end of a long array. Sizes and counts are size_t.",
     .clause = "POL-4",
     .lesson = LESSON,
     .rules = {.array = count_in_16_bits_signed}},
    {.id = NULL},
};
