/* Causes in build_array: what it asks of its allocator. Each changes what a right one
 * does into what this one does; those of causes_array_answer.c too. */
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

/* Again and again, for half as much each time. */
static void retry_for_less(const struct array_question *question,
                           struct array_answer *answer)
{
    if (question->n > 1 && answer->is_error && !question->is_fba) {
        end_by(answer, ANSWER_ANY);
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
    answer->resizes = question->n > 1;
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
    {.id = "array_element_by_element",
     .sentence = "Your build_array asks for each element alone. An array is one block: "
                 "one request, for all of it.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = ask_for_each}},
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
    {.id = "array_frees_on_failure",
     .sentence = "Your build_array asks for a shorter array after a failure. An array "
                 "has all n elements, or there is none: return the error.",
     .clause = "POL-5",
     .lesson = LESSON,
     .rules = {.array = retry_for_less}},
    {.id = "array_is_freed",
     .sentence = "Your build_array frees the array that it returns. The caller owns it "
                 "from now on, and frees it when it is time.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = free_what_it_returns}},
    {.id = "array_of_its_own",
     .sentence =
         "Your build_array returns memory of its own. The array lies in a block "
         "of the allocator that it is given.",
     .clause = "POL-3",
     .lesson = LESSON,
     .rules = {.array = use_own_memory}},
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
