#include "session.h"
#include "suite.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/*
 * The two allocators that live in the judge. What they are asked comes from a
 * submission and may be any number: no request may wrap a sum around or divide by 0.
 */

/* Cuts a block from `capacity` bytes at `memory`; NULL: it does not fit. */
static unsigned char *cut(
    unsigned char *memory, size_t capacity, size_t *used, size_t len, size_t alignment)
{
    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        return NULL;
    }
    const size_t past = ((uintptr_t)memory + *used) & (alignment - 1);
    const size_t padding = past == 0 ? 0 : alignment - past;
    const size_t left = capacity - *used;
    if (padding > left || len > left - padding) {
        return NULL;
    }
    unsigned char *block = memory + *used + padding;
    *used += padding + len;
    return block;
}

static alloc_result answer(unsigned char *block)
{
    return (alloc_result){block == NULL ? ALLOC_OUT_OF_MEMORY : ALLOC_OK, block};
}

static alloc_result recorder_alloc(void *ctx, size_t len, size_t alignment)
{
    struct recorder *self = ctx;
    self->alloc_calls++;
    self->last_len = len;
    self->last_alignment = alignment;
    self->last_memory = NULL;
    if (!self->fails) {
        self->last_memory =
            cut(self->heap, self->heap_bytes, &self->used, len, alignment);
    }
    return answer(self->last_memory);
}

static bool recorder_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    struct recorder *self = ctx;
    (void)memory;
    (void)len;
    (void)alignment;
    (void)new_len;
    self->resize_calls++;
    return false;
}

static void recorder_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    struct recorder *self = ctx;
    (void)memory;
    (void)len;
    (void)alignment;
    self->free_calls++;
}

allocator recorder_init(struct recorder *recorder, size_t heap_bytes)
{
    static const allocator_vtable vtable = {
        .alloc = recorder_alloc,
        .resize = recorder_resize,
        .free = recorder_free,
    };
    *recorder = (struct recorder){
        .heap = session_place(heap_bytes, REGION_AT_START, 0, "heap"),
        .heap_bytes = heap_bytes,
    };
    return (allocator){.ctx = recorder, .vtable = &vtable};
}

static alloc_result notebook_alloc(void *ctx, size_t len, size_t alignment)
{
    struct notebook *self = ctx;
    return answer(cut(self->bytes, sizeof(self->bytes), &self->used, len, alignment));
}

static bool notebook_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    (void)ctx;
    (void)memory;
    (void)alignment;
    return new_len <= len;
}

static void notebook_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    (void)ctx;
    (void)memory;
    (void)len;
    (void)alignment;
}

allocator notebook_init(struct notebook *notebook)
{
    static const allocator_vtable vtable = {
        .alloc = notebook_alloc,
        .resize = notebook_resize,
        .free = notebook_free,
    };
    notebook->used = 0;
    return (allocator){.ctx = notebook, .vtable = &vtable};
}

/* A number came back that is not the expected one; `unit` says of what. */
static void expect_number(size_t actual,
                          size_t expected,
                          const char *unit,
                          const char *sentence)
{
    if (actual != expected) {
        char expected_words[64];
        char actual_words[64];
        snprintf(expected_words, sizeof(expected_words), "%zu %s", expected, unit);
        snprintf(actual_words, sizeof(actual_words), "%zu %s", actual, unit);
        session_fail(expected_words, actual_words, "%s", sentence);
    }
}

void expect_calls(const char *function, size_t actual, size_t expected)
{
    char sentence[96];
    snprintf(sentence, sizeof(sentence),
             "build_array called %s a wrong number of times.", function);
    expect_number(actual, expected, "calls in all", sentence);
}

void expect_length(size_t actual, size_t expected)
{
    expect_number(actual, expected, "bytes",
                  "build_array asked for a block of a wrong length.");
}

void expect_alignment(size_t actual, size_t expected)
{
    expect_number(actual, expected, "as alignment",
                  "build_array asked for a wrong alignment.");
}

void expect_live_blocks(const gpa *general, size_t expected)
{
    expect_number(general->live_count, expected, "blocks in use",
                  "A wrong number of blocks is in use after build_array.");
}

void expect_array(alloc_result result)
{
    if (result.error != ALLOC_OK) {
        session_fail("ALLOC_OK", "ALLOC_OUT_OF_MEMORY",
                     "build_array failed, although nothing it needs was refused.");
    }
    if (result.memory == NULL) {
        session_fail("memory that is not NULL", "NULL",
                     "build_array reported success with a NULL pointer.");
    }
}

void expect_array_at(alloc_result result, const unsigned char *memory)
{
    expect_array(result);
    if (result.memory != memory) {
        char expected[96];
        char actual[96];
        session_point_at((uintptr_t)result.memory, 1,
                         "build_array returned this place");
        session_fail(session_describe(memory, expected, sizeof(expected)),
                     session_describe(result.memory, actual, sizeof(actual)),
                     "build_array returned another place than the block it was given.");
    }
}

unsigned char *expect_counting_array(alloc_result result, size_t n)
{
    expect_array(result);
    for (size_t i = 0; i < n; i++) {
        /* Copied, because nothing has said that the array is aligned. */
        int32_t element;
        memcpy(&element, (const unsigned char *)result.memory + i * sizeof(element),
               sizeof(element));
        if (element != (int32_t)i) {
            char expected[32];
            char actual[32];
            snprintf(expected, sizeof(expected), "%zu", i);
            snprintf(actual, sizeof(actual), "%" PRId32, element);
            session_point_at((uintptr_t)result.memory + i * sizeof(element),
                             sizeof(element), "element %zu holds %" PRId32, i, element);
            session_fail(expected, actual,
                         "Element %zu of an array of %zu holds another value.", i, n);
        }
    }
    return result.memory;
}

void expect_no_array(alloc_result result)
{
    if (result.error == ALLOC_OK) {
        session_fail("ALLOC_OUT_OF_MEMORY", "ALLOC_OK",
                     "build_array reported success, although it cannot have got the "
                     "memory.");
    }
    if (result.memory != NULL) {
        session_fail("memory NULL", "a pointer that is not NULL",
                     "build_array failed, but returned a pointer.");
    }
}
