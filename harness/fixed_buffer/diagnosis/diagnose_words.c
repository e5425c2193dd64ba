#include "diagnose_words.h"

#include "judge_calls.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    NUMBER_BYTES = 48
};

struct text {
    char *bytes;
    size_t length;
};

static void add(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void add(struct text *text, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text->bytes + text->length, EVIDENCE_BYTES - text->length, format,
              arguments);
    va_end(arguments);
    text->length = strlen(text->bytes);
}

static const char *length(uint64_t len, char number[NUMBER_BYTES])
{
    judge_calls_describe_length(len, number, NUMBER_BYTES);
    return number;
}

/* Large powers of two as such. */
static const char *alignment(uint64_t value, char number[NUMBER_BYTES])
{
    if (value > 1048576 && (value & (value - 1)) == 0) {
        snprintf(number, NUMBER_BYTES, "2^%d", __builtin_ctzll(value));
        return number;
    }
    return length(value, number);
}

static void add_buffer(struct text *text, const struct probe *probe)
{
    const struct probe_buffer *const buffer = &probe->buffers[0];

    add(text, "In a buffer of %" PRIu64 " byte%s", buffer->capacity,
        buffer->capacity == 1 ? "" : "s");
    if (buffer->misalignment > 0) {
        add(text, " that begins %" PRIu64 " byte%s past a multiple of 32768",
            buffer->misalignment, buffer->misalignment == 1 ? "" : "s");
    }
}

/* The block that a step is about, by the request it came from. */
static void add_block(struct text *text, const struct probe *probe, uint8_t block)
{
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    size_t requests = 0;

    for (size_t i = 0; i < PROBE_STEPS; i++) {
        requests += probe->steps[i].call == PROBE_ALLOC;
    }
    add(text, "the %s block", requests == 1 ? "only" : ordinals[block % 4]);
}

/* Which of several FBAs or handles a call is made by. */
static void add_handle(struct text *text,
                       const struct probe *probe,
                       const struct probe_step *step)
{
    static const char *const ordinals[] = {"first", "second", "third"};
    bool has_several = false;

    for (size_t i = 0; i < PROBE_STEPS; i++) {
        has_several = has_several || probe->steps[i].call == PROBE_HANDLE;
    }
    if (has_several) {
        add(text, " by the %s allocator", ordinals[step->handle % 3]);
    }
}

static void add_call(struct text *text,
                     const struct probe *probe,
                     const struct probe_step *step)
{
    char len[NUMBER_BYTES];
    char at[NUMBER_BYTES];

    switch (step->call) {
    case PROBE_INIT:
        add(text,
            step->fba == 0 ? "fba_init of the same FBA" : "fba_init of a second FBA");
        break;
    case PROBE_HANDLE:
        add(text, step->fba == 0 ? "fba_allocator" : "fba_allocator of the second FBA");
        break;
    case PROBE_RESET:
        add(text, "fba_reset");
        break;
    case PROBE_ALLOC:
        add(text, "alloc(%s, align %s)", length(probe_length(probe, step), len),
            alignment(step->alignment, at));
        add_handle(text, probe, step);
        break;
    case PROBE_FREE:
        add(text, "free of ");
        add_block(text, probe, step->block);
        break;
    case PROBE_RESIZE:
        add(text, "resize of ");
        add_block(text, probe, step->block);
        add(text, " to %s", length(step->len, len));
        break;
    case PROBE_END:
        break;
    }
}

static void add_answer(struct text *text, const struct answer *answer)
{
    static const char *const words[] = {
        [ANSWER_NOTHING] = "nothing",
        [ANSWER_REFUSED] = "out of memory",
        [ANSWER_REFUSED_WITH_POINTER] = "out of memory with a pointer that is not NULL",
        [ANSWER_NULL] = "ALLOC_OK with memory NULL",
        [ANSWER_UNKNOWN_ERROR] = "an error that does not exist",
        [ANSWER_TRUE] = "true",
        [ANSWER_FALSE] = "false",
        [ANSWER_UNKNOWN_BOOL] = "neither true nor false",
        [ANSWER_CRASH] = "a crash",
        [ANSWER_WRONG] = "a call that no allocator has to serve",
        [ANSWER_HANG] = "no answer in time",
        [ANSWER_FORBIDDEN] = "a call that is not allowed",
        [ANSWER_MISSING] = "a function that is missing",
        [ANSWER_SKIPPED] = "no answer",
        [ANSWER_ANY] = "no answer",
    };

    if (answer->kind != ANSWER_BLOCK) {
        add(text, "%s", words[answer->kind]);
    } else if (answer->number == ANSWER_FAR) {
        add(text, "a block far away from the buffer");
    } else {
        add(text, "a block at offset %" PRId64, answer->number);
    }
}

/* What the call gave, and what it should have. */
static void add_difference(struct text *text,
                           const struct answer *observed,
                           const struct answer *right)
{
    if (observed->kind == right->kind && observed->number == right->number) {
        add(text,
            " wrote to the buffer, from offset %" PRId64 " up to %" PRId64
            "; right is to write nothing.",
            observed->written_from, observed->written_to);
        return;
    }
    add(text, " gave ");
    add_answer(text, observed);
    if (right->kind == ANSWER_NOTHING) {
        add(text, "; right is to return.");
        return;
    }
    add(text, "; right is ");
    add_answer(text, right);
    add(text, ".");
}

static void describe_probe(const struct observations *observations,
                           size_t index,
                           struct text *text)
{
    const struct probe *const probe = &diagnose_probes[index];
    const struct probe_answers *const observed = &observations->observed[index];
    const struct probe_answers *const right = &observations->right[index];
    size_t at = 0;

    add_buffer(text, probe);
    if (!answer_equals(&observed->begun, &right->begun)) {
        add(text, ", fba_init or fba_allocator");
        add_difference(text, &observed->begun, &right->begun);
        return;
    }
    while (at + 1 < PROBE_STEPS &&
           answer_equals(&observed->steps[at], &right->steps[at])) {
        at++;
    }
    for (size_t i = 0; i < at; i++) {
        add(text, i == 0 ? ", after " : i + 1 == at ? " and " : ", ");
        add_call(text, probe, &probe->steps[i]);
    }
    add(text, ", ");
    add_call(text, probe, &probe->steps[at]);
    add_difference(text, &observed->steps[at], &right->steps[at]);
}

/* ---- build_array ---- */

static void add_requests(struct text *text, const struct array_answer *answer)
{
    char len[NUMBER_BYTES];

    if (answer->allocs == 0) {
        add(text, "asked its allocator for nothing");
        return;
    }
    add(text, "asked for %s bytes at alignment %" PRIu64, length(answer->len, len),
        answer->alignment);
    if (answer->allocs > 1) {
        add(text, " and %" PRIu64 " times more", answer->allocs - 1);
    }
    if (answer->resizes + answer->frees > 0) {
        add(text, ", then called resize %" PRIu64 " and free %" PRIu64 " times",
            answer->resizes, answer->frees);
    }
}

static void add_result(struct text *text, const struct array_answer *answer)
{
    static const char *const memory[] = {"memory NULL", "its block",
                                         "a pointer to other memory"};

    if (answer->kind != ANSWER_NOTHING) {
        add_answer(text, &(struct answer){.kind = answer->kind});
        return;
    }
    add(text, "%s with %s",
        answer->is_ok      ? "ALLOC_OK"
        : answer->is_error ? "ALLOC_OUT_OF_MEMORY"
                           : "an unknown error",
        memory[answer->memory]);
}

static bool has_same_requests(const struct array_answer *a,
                              const struct array_answer *b)
{
    return a->allocs == b->allocs && a->len == b->len && a->alignment == b->alignment &&
           a->resizes == b->resizes && a->frees == b->frees;
}

/* The first element that is wrong, or the one behind the array. */
static void add_elements(struct text *text,
                         const struct array_question *question,
                         const struct array_answer *observed,
                         const struct array_answer *right)
{
    for (size_t i = 0; i < ARRAY_FIRST && i < question->n; i++) {
        if (observed->first[i] != right->first[i]) {
            add(text, " filled element %zu with %" PRId32 "; right is %" PRId32 ".", i,
                observed->first[i], right->first[i]);
            return;
        }
    }
    if (observed->last != right->last) {
        add(text, " left %" PRId32 " in the last element; right is %" PRId32 ".",
            observed->last, right->last);
        return;
    }
    add(text, " wrote to the 4 bytes behind the array; right is to leave them alone.");
}

static void describe_array(const struct observations *observations,
                           size_t index,
                           struct text *text)
{
    const struct array_question *const question = &diagnose_questions[index];
    const struct array_answer *const observed = &observations->observed_array[index];
    const struct array_answer *const right = &observations->right_array[index];
    char n[NUMBER_BYTES];

    add(text, "build_array(a, %s)", length(question->n, n));
    if (question->fails) {
        add(text, " with an allocator that is out of memory");
    }
    if (!has_same_requests(observed, right)) {
        add(text, " ");
        add_requests(text, observed);
        add(text, "; right is that it ");
        add_requests(text, right);
        add(text, ".");
    } else if (observed->kind == right->kind && observed->is_ok == right->is_ok &&
               observed->is_error == right->is_error &&
               observed->memory == right->memory) {
        add_elements(text, question, observed, right);
    } else {
        add(text, " gave ");
        add_result(text, observed);
        add(text, "; right is ");
        add_result(text, right);
        add(text, ".");
    }
}

void diagnose_describe(const struct observations *observations,
                       size_t index,
                       char text[EVIDENCE_BYTES])
{
    struct text words = {.bytes = text};

    text[0] = '\0';
    if (index < diagnose_probe_count) {
        describe_probe(observations, index, &words);
    } else {
        describe_array(observations, index - diagnose_probe_count, &words);
    }
}
