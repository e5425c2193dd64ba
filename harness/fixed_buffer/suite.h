/*
 * suite: what a test of the fixed buffer exercise is written with, besides Check.
 *
 * The one thing to get wrong: memory. The code under test runs in another process,
 * which sees the shared region and nothing else. Every fba and every buffer comes from
 * the functions below, never from the stack or the heap of a test. There is room for 16
 * of them in a test, fbas, buffers and recorders together.
 *
 * A call such as fba_reset(fba) or allocator_alloc(a, 1, 16, 8) goes to the
 * submission and comes back checked: what it returns can be used. If the submission
 * crashes, hangs, breaks off, or answers with a block outside its buffer, the call
 * does not return and the test has failed with that as its reason.
 *
 * One mistake costs its own suite and no other. So a test avoids what belongs to
 * others, and says so where it cannot:
 *
 *     alignment        others ask for alignment 1, in buffers at good addresses
 *     capacity         others leave slack, 64 bytes if they can: an exact fit refused,
 *                      a gap or a header before a block is found there, not by them
 *     out_of_memory    others do not run an FBA full
 *     reset            others do not call fba_reset
 *     individual_free  others neither free nor resize
 *     polymorphism     others use one FBA at a time
 *
 * Blocks are filled after the last request only, because an allocator that writes into
 * them is found by the capacity suite. Sizes and offsets are in bytes. Everything is
 * given back at the end of each test.
 */
#ifndef SUITE_H
#define SUITE_H

#include "allocator.h"
#include "arena.h"
#include "fba.h"
#include "gpa.h"
#include "sequence_mix.h"
#include "sequence_play.h"
#include "test_case.h"

/* Check writes down each assertion that holds, one system call each, for a test that
 * crashes later. Ours cannot: the code under test is elsewhere. */
#define _mark_point(file, line) ((void)0) /* NOLINT(bugprone-reserved-identifier) */

/* ---- Memory ---- */

/*
 * A buffer whose last byte touches a guard: a write past the end faults. Its address
 * is a multiple of every power of two that divides `capacity`, up to 256 KiB, which
 * is also the most a buffer can have.
 */
unsigned char *buffer_ending_at_guard(size_t capacity);

/* A buffer whose first byte touches a guard. Its address is a multiple of 1 MiB. */
unsigned char *buffer_starting_at_guard(size_t capacity);

/* A buffer at a multiple of 32 KiB with room on both sides, so that a write beside it,
 * which the capacity suite finds, does not fault. At most 128 KiB. */
unsigned char *buffer_with_margins(size_t capacity);

/* A buffer that begins `misalignment` bytes past a multiple of 1 MiB. */
unsigned char *buffer_misaligned(size_t capacity, size_t misalignment);

/* A struct for an fba, uninitialised as on a stack: it holds garbage. */
fixed_buffer_allocator *fba_uninitialised(void);

/* ---- The usual beginning of a test ---- */

struct under_test {
    fixed_buffer_allocator *fba;
    unsigned char *buffer;
    size_t capacity;
    allocator allocator;
};

/* An fba over `buffer`, initialised, and its allocator. The struct was all zero before,
 * so that an fba_init which forgets something is found by CAP-7 only. */
struct under_test fba_over(unsigned char *buffer, size_t capacity);

/* The same, over a buffer_with_margins of its own. */
struct under_test fba_of(size_t capacity);

/* Calls fba_reset and obtains the allocator anew, so that a handle which does not
 * survive a reset is found by RES-4 only. */
void reset_and_renew(struct under_test *t);

/* ---- Requests. Each fails the test unless the answer is the one expected ---- */

/* The request is granted. Returns the block. */
unsigned char *expect_alloc(allocator a, size_t len, size_t alignment);

/* The request is granted with a block that begins at `where`. Returns the block. */
unsigned char *expect_alloc_at(allocator a,
                               size_t len,
                               size_t alignment,
                               const unsigned char *where);

/* The request is out of memory. Only the second looks at `memory`, which is NULL. */
void expect_refused(allocator a, size_t len, size_t alignment);
void expect_refused_with_null(allocator a, size_t len, size_t alignment);

/* The request is out of memory, if the alignment was heeded: a block that is not
 * aligned is the alignment suite's affair and passes here. */
void expect_refused_or_misaligned(allocator a, size_t len, size_t alignment);

/* A resize of a block of alignment 1 is granted, or is refused. */
void expect_resize(allocator a, unsigned char *memory, size_t len, size_t new_len);
void expect_resize_refused(allocator a,
                           unsigned char *memory,
                           size_t len,
                           size_t new_len);

/* ---- Blocks. Each fails the test with a sentence that says where the block is ---- */

/* The block lies wholly inside [buffer, buffer + capacity). */
void expect_inside(const unsigned char *block,
                   size_t len,
                   const unsigned char *buffer,
                   size_t capacity);

/* The address is a multiple of `alignment`. */
void expect_aligned(const unsigned char *block, size_t alignment);

/* Two blocks do not overlap. */
void expect_disjoint(const unsigned char *a,
                     size_t a_len,
                     const unsigned char *b,
                     size_t b_len);

/* The same, but for 16 bytes at the end of each: blocks that overlap by less are found
 * by CAP-3. For blocks of more than 32 bytes. */
void expect_apart(const unsigned char *a,
                  size_t a_len,
                  const unsigned char *b,
                  size_t b_len);

/* The block begins at `where`, or after it; `why` is a clause such as "the freed block
 * ended there". */
void expect_not_before(const unsigned char *block,
                       const unsigned char *where,
                       const char *why);

/* The block is `offset` bytes into `buffer`; `why` as above. */
void expect_at_offset(const unsigned char *block,
                      const unsigned char *buffer,
                      size_t offset,
                      const char *why);

/* ---- Bytes ---- */

/* Fills bytes with a pattern that `seed` chooses, and later expects it untouched;
 * `what` names the bytes in the sentence: "the first block". */
void fill_pattern(unsigned char *bytes, size_t len, unsigned seed);
void expect_pattern(const unsigned char *bytes,
                    size_t len,
                    unsigned seed,
                    const char *what);

/* Nothing was written beside the objects of this test. */
void expect_nothing_written_around(void);

/* ---- build_array ---- */

/* An array came back, and element i holds i for all i < n. Returns it. */
unsigned char *expect_counting_array(alloc_result result, size_t n);

/* ALLOC_OK came back, with memory that is not NULL; nothing is read from it. */
void expect_array(alloc_result result);

/* The same, and the array is the block at `memory`. */
void expect_array_at(alloc_result result, const unsigned char *memory);

/* ALLOC_OUT_OF_MEMORY came back, with memory NULL. */
void expect_no_array(alloc_result result);

/* An allocator that lives in the judge, counts what it is asked, and serves blocks from
 * a slot of its own, one after the other. Its resize is always false. */
struct recorder {
    size_t alloc_calls, resize_calls, free_calls;
    size_t last_len, last_alignment; /* of the last alloc */
    unsigned char *last_memory;      /* what that alloc answered, NULL if it failed */
    bool fails;                      /* set it: every alloc is out of memory */
    size_t used;
    unsigned char *heap; /* at a multiple of 1 MiB */
    size_t heap_bytes;
};
allocator recorder_init(struct recorder *recorder, size_t heap_bytes);

/* What build_array asked the recorder is what was expected. */
void expect_calls(const char *function, size_t actual, size_t expected);
void expect_length(size_t actual, size_t expected);
void expect_alignment(size_t actual, size_t expected);

/* So many blocks of the GPA are in use. */
void expect_live_blocks(const gpa *general, size_t expected);

/* Memory for the notes of an arena or a GPA. It is private to the judge: a submission
 * cannot reach it. */
struct notebook {
    _Alignas(max_align_t) unsigned char bytes[4096];
    size_t used;
};
allocator notebook_init(struct notebook *notebook);

/* ---- Random calls ---- */

/*
 * Random calls as `mix` says, chosen by `seed` and the same in every run; each answer
 * is what the contract promises. With slack, any place, and lengths that are multiples
 * of 16, what other suites are about is let pass.
 */
void expect_as_promised(const struct sequence_mix *mix,
                        const struct tolerance *tolerance,
                        uint64_t seed);

/* ---- Numbers that are the same in every run ---- */

struct numbers {
    uint32_t state; /* any value; it chooses the sequence */
};

/* The next number of the sequence, from `low` to `high`, both included. */
size_t numbers_next(struct numbers *numbers, size_t low, size_t high);

#endif
