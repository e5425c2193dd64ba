#include "suite.h"

#include "judge_calls.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Room for an address in words; session_describe cuts what is longer. */
#define WORDS 96

#define GARBAGE 0xa5

unsigned char *buffer_ending_at_guard(size_t capacity)
{
    return session_place(capacity, REGION_AT_END, 0, "buffer");
}

unsigned char *buffer_starting_at_guard(size_t capacity)
{
    return session_place(capacity, REGION_AT_START, 0, "buffer");
}

unsigned char *buffer_with_margins(size_t capacity)
{
    return session_place(capacity, REGION_AT_START, 32768, "buffer");
}

unsigned char *buffer_misaligned(size_t capacity, size_t misalignment)
{
    return session_place(capacity, REGION_AT_START, misalignment, "buffer");
}

static fixed_buffer_allocator *place_fba(int byte)
{
    fixed_buffer_allocator *fba = session_place(sizeof(*fba), REGION_AT_END, 0, "fba");
    memset(fba, byte, sizeof(*fba));
    return fba;
}

fixed_buffer_allocator *fba_uninitialised(void)
{
    return place_fba(GARBAGE);
}

struct under_test fba_over(unsigned char *buffer, size_t capacity)
{
    struct under_test t = {.fba = place_fba(0), .buffer = buffer, .capacity = capacity};
    t.allocator = judge_calls_init(t.fba, buffer, capacity);
    return t;
}

struct under_test fba_of(size_t capacity)
{
    return fba_over(buffer_with_margins(capacity), capacity);
}

void reset_and_renew(struct under_test *t)
{
    fba_reset(t->fba);
    t->allocator = fba_allocator(t->fba);
}

/* The block is not where it should begin. */
static void point_at_misplaced(const unsigned char *block, const unsigned char *where)
{
    const uintptr_t is = (uintptr_t)block;
    const uintptr_t should = (uintptr_t)where;
    const size_t away = is < should ? should - is : is - should;

    session_point_at(is, 0, "begins %zu byte%s too %s", away, away == 1 ? "" : "s",
                     is < should ? "early" : "late");
}

unsigned char *expect_alloc(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    if (result.error != ALLOC_OK) {
        session_fail("a block", "ALLOC_OUT_OF_MEMORY",
                     "A request for %zu bytes at alignment %zu was refused, although "
                     "it fits.",
                     len, alignment);
    }
    return result.memory;
}

unsigned char *expect_alloc_at(allocator a,
                               size_t len,
                               size_t alignment,
                               const unsigned char *where)
{
    unsigned char *block = expect_alloc(a, len, alignment);
    if (block != where) {
        char expected[WORDS];
        char actual[WORDS];
        point_at_misplaced(block, where);
        session_fail(session_describe(where, expected, sizeof(expected)),
                     session_describe(block, actual, sizeof(actual)),
                     "A block of %zu bytes at alignment %zu begins at the wrong place.",
                     len, alignment);
    }
    return block;
}

/* "64 bytes at alignment 8", huge numbers as the list of calls has them. */
static char *describe_request(size_t len, size_t alignment, char text[WORDS])
{
    char bytes[WORDS / 2];

    judge_calls_describe_length(len, bytes, sizeof(bytes));
    if (alignment > 1048576) {
        snprintf(text, WORDS, "%s bytes at alignment 2^%d", bytes,
                 __builtin_ctzll(alignment));
    } else {
        snprintf(text, WORDS, "%s bytes at alignment %zu", bytes, alignment);
    }
    return text;
}

/* A request that must not be granted was granted. */
static _Noreturn void fail_granted(const void *memory, size_t len, size_t alignment)
{
    char request[WORDS];
    char where[WORDS];
    char actual[WORDS + sizeof("a block at ")];
    snprintf(actual, sizeof(actual), "a block at %s",
             session_describe(memory, where, sizeof(where)));
    session_point_at((uintptr_t)memory, 0, "was granted, although it does not fit");
    session_fail("ALLOC_OUT_OF_MEMORY", actual,
                 "A request for %s was granted, although it does not fit.",
                 describe_request(len, alignment, request));
}

void expect_refused(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    if (result.error == ALLOC_OK) {
        fail_granted(result.memory, len, alignment);
    }
}

void expect_refused_with_null(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    if (result.error == ALLOC_OK) {
        fail_granted(result.memory, len, alignment);
    }
    if (result.memory != NULL) {
        char request[WORDS];
        session_fail("memory NULL", "a pointer that is not NULL",
                     "A request for %s was refused, but with a pointer.",
                     describe_request(len, alignment, request));
    }
}

void expect_refused_or_misaligned(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    if (result.error == ALLOC_OK && (uintptr_t)result.memory % alignment == 0) {
        fail_granted(result.memory, len, alignment);
    }
}

void expect_resize(allocator a, unsigned char *memory, size_t len, size_t new_len)
{
    if (!allocator_resize(a, memory, len, 1, new_len)) {
        char where[WORDS];
        session_fail("true", "false",
                     "resize from %zu to %zu bytes of the block at %s was refused.",
                     len, new_len, session_describe(memory, where, sizeof(where)));
    }
}

void expect_resize_refused(allocator a,
                           unsigned char *memory,
                           size_t len,
                           size_t new_len)
{
    if (allocator_resize(a, memory, len, 1, new_len)) {
        char where[WORDS];
        session_fail("false", "true",
                     "resize from %zu to %zu bytes of the block at %s was granted, "
                     "although it is not possible in place.",
                     len, new_len, session_describe(memory, where, sizeof(where)));
    }
}

void expect_inside(const unsigned char *block,
                   size_t len,
                   const unsigned char *buffer,
                   size_t capacity)
{
    const uintptr_t start = (uintptr_t)block;
    const uintptr_t first = (uintptr_t)buffer;
    if (start < first || start - first > capacity || len > capacity - (start - first)) {
        char actual[WORDS];
        session_point_at(start, len, "this block is not inside its buffer");
        session_fail("a block inside its buffer",
                     session_describe(block, actual, sizeof(actual)),
                     "A block of %zu bytes does not lie wholly inside the %zu bytes of "
                     "its buffer.",
                     len, capacity);
    }
}

void expect_aligned(const unsigned char *block, size_t alignment)
{
    const size_t past = (uintptr_t)block % alignment;
    if (past != 0) {
        char expected[WORDS];
        char actual[WORDS];
        char where[WORDS];
        snprintf(expected, sizeof(expected), "a multiple of %zu", alignment);
        snprintf(actual, sizeof(actual), "%zu past a multiple of %zu", past, alignment);
        session_point_at((uintptr_t)block, 0,
                         "begins %zu byte%s past a multiple of %zu", past,
                         past == 1 ? "" : "s", alignment);
        session_fail(expected, actual,
                     "The block at %s has the address 0x%" PRIxPTR
                     ", which is not aligned.",
                     session_describe(block, where, sizeof(where)), (uintptr_t)block);
    }
}

/* Two blocks share no byte, or only so many of the last ones as `slack` allows. */
static void expect_shared_nothing(const unsigned char *a,
                                  size_t a_len,
                                  const unsigned char *b,
                                  size_t b_len,
                                  size_t slack)
{
    const uintptr_t a_start = (uintptr_t)a;
    const uintptr_t b_start = (uintptr_t)b;
    if (a_start + slack < b_start + b_len && b_start + slack < a_start + a_len) {
        char first[WORDS];
        char second[WORDS];
        const uintptr_t a_end = a_start + a_len;
        const uintptr_t b_end = b_start + b_len;
        const uintptr_t shared = a_start > b_start ? a_start : b_start;
        session_point_at(shared, (a_end < b_end ? a_end : b_end) - shared,
                         "two blocks have these bytes");
        session_fail("two blocks that share no byte", "two blocks that overlap",
                     "The %zu bytes at %s and the %zu bytes at %s are in use at the "
                     "same time, and overlap.",
                     a_len, session_describe(a, first, sizeof(first)), b_len,
                     session_describe(b, second, sizeof(second)));
    }
}

void expect_disjoint(const unsigned char *a,
                     size_t a_len,
                     const unsigned char *b,
                     size_t b_len)
{
    expect_shared_nothing(a, a_len, b, b_len, 0);
}

void expect_apart(const unsigned char *a,
                  size_t a_len,
                  const unsigned char *b,
                  size_t b_len)
{
    expect_shared_nothing(a, a_len, b, b_len, 16);
}

void expect_not_before(const unsigned char *block,
                       const unsigned char *where,
                       const char *why)
{
    if ((uintptr_t)block < (uintptr_t)where) {
        char words[WORDS];
        char expected[WORDS + sizeof(" or after it")];
        char actual[WORDS];
        snprintf(expected, sizeof(expected), "%s or after it",
                 session_describe(where, words, sizeof(words)));
        point_at_misplaced(block, where);
        session_fail(expected, session_describe(block, actual, sizeof(actual)),
                     "A block begins too early: %s.", why);
    }
}

void expect_at_offset(const unsigned char *block,
                      const unsigned char *buffer,
                      size_t offset,
                      const char *why)
{
    if ((uintptr_t)block != (uintptr_t)buffer + offset) {
        char expected[WORDS];
        char actual[WORDS];
        point_at_misplaced(block, buffer + offset);
        session_fail(session_describe(buffer + offset, expected, sizeof(expected)),
                     session_describe(block, actual, sizeof(actual)),
                     "A block begins at the wrong place: %s.", why);
    }
}

/* Never 0, and never the same in neighbouring bytes: a cleared or copied byte shows. */
static unsigned char pattern_at(size_t i, unsigned seed)
{
    return (unsigned char)(1u + (i * 7u + seed * 31u) % 255u);
}

void fill_pattern(unsigned char *bytes, size_t len, unsigned seed)
{
    for (size_t i = 0; i < len; i++) {
        bytes[i] = pattern_at(i, seed);
    }
}

/* Byte `i` of a pattern is another. */
static _Noreturn void fail_overwritten(
    const unsigned char *bytes, size_t len, unsigned seed, size_t i, const char *what)
{
    char expected[WORDS];
    char actual[WORDS];
    char where[WORDS];
    size_t end = i + 1;
    while (end < len && bytes[end] != pattern_at(end, seed)) {
        end++;
    }
    if (end == i + 1) {
        session_point_at((uintptr_t)(bytes + i), 1, "this byte was overwritten");
    } else {
        session_point_at((uintptr_t)(bytes + i), end - i,
                         "these %zu bytes were overwritten", end - i);
    }
    snprintf(expected, sizeof(expected), "0x%02x", pattern_at(i, seed));
    snprintf(actual, sizeof(actual), "0x%02x", bytes[i]);
    session_fail(expected, actual, "The byte at %s, in %s, was overwritten.",
                 session_describe(bytes + i, where, sizeof(where)), what);
}

void expect_pattern(const unsigned char *bytes,
                    size_t len,
                    unsigned seed,
                    const char *what)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != pattern_at(i, seed)) {
            fail_overwritten(bytes, len, seed, i, what);
        }
    }
}

void expect_nothing_written_around(void)
{
    const unsigned char *stray = region_stray_write(&session_current()->region);
    if (stray != NULL) {
        char where[WORDS];
        session_point_at((uintptr_t)stray, 1, "this byte was overwritten");
        session_fail("memory nobody gave to the allocator, as it was",
                     "a byte that was overwritten", "A byte was overwritten: %s.",
                     session_describe(stray, where, sizeof(where)));
    }
}

size_t numbers_next(struct numbers *numbers, size_t low, size_t high)
{
    /* Knuth's constants for a linear congruential generator; its low bits are poor. */
    numbers->state = numbers->state * 1664525u + 1013904223u;
    return low + (numbers->state >> 8) % (high - low + 1);
}
