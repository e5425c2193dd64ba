/*
 * suite: what a test of the fixed buffer exercise is written with, besides Check.
 *
 * The one thing to get wrong: memory. The code under test runs in another process,
 * which sees the shared region and nothing else. Every fba and every buffer comes from
 * the functions below, never from the stack or the heap of a test.
 *
 * A call such as fba_init(fba, buffer, 64) or allocator_alloc(a, 1, 16, 8) goes to the
 * submission and comes back checked: what it returns can be used. If the submission
 * crashes, hangs, breaks off, or answers with a block outside its buffer, the call does
 * not return and the test has failed with that as its reason.
 *
 * Sizes and offsets are in bytes. Everything is given back at the end of each test.
 */
#ifndef SUITE_H
#define SUITE_H

#include "allocator.h"
#include "arena.h"
#include "fba.h"
#include "gpa.h"
#include "test_case.h"

/* ---- Memory ---- */

/*
 * A buffer whose last byte touches a guard: a write past the end faults. Its address is
 * a multiple of every power of two that divides `capacity`. At most 256 KiB; a test
 * has 16 slots for its buffers, fbas and heaps together. It is filled with a pattern.
 */
unsigned char *buffer_ending_at_guard(size_t capacity);

/* A buffer whose first byte touches a guard. Its address is a multiple of 1 MiB. */
unsigned char *buffer_starting_at_guard(size_t capacity);

/* A buffer at `misalignment` bytes past a multiple of 1 MiB (at most 64 KiB past). */
unsigned char *buffer_misaligned(size_t capacity, size_t misalignment);

/* A struct for an fba, uninitialised as on a stack: it holds garbage. */
fixed_buffer_allocator *fba_uninitialised(void);

/* The usual beginning of a test: an fba over a buffer, initialised, and its allocator. */
struct under_test {
    fixed_buffer_allocator *fba;
    unsigned char *buffer;
    size_t capacity;
    allocator allocator;
};
struct under_test fba_over(unsigned char *buffer, size_t capacity);

/* ---- Expectations: each fails the test with a sentence about what came back ---- */

/* A block came back. Returns its memory. */
unsigned char *expect_block(alloc_result result);

/* A block came back and begins at `where`. Returns its memory. */
unsigned char *expect_block_at(alloc_result result, const unsigned char *where);

/* ALLOC_OUT_OF_MEMORY came back. Whether `memory` is NULL is expect_null_memory's. */
void expect_out_of_memory(alloc_result result);

/* A failed result carries NULL (OOM-1, POL-5). */
void expect_null_memory(alloc_result result);

/* resize said what it should; `why` ends the sentence "resize ... because". */
void expect_resized(bool answer, const char *why);
void expect_not_resized(bool answer, const char *why);

/* The address is a multiple of `alignment`. */
void expect_aligned(const void *memory, size_t alignment);

/* Two blocks do not overlap. */
void expect_disjoint(const void *a, size_t a_len, const void *b, size_t b_len);

/* Fills bytes with a pattern that `seed` chooses, and later expects it untouched;
 * `what` names the bytes in the sentence ("the first block"). */
void fill_pattern(unsigned char *bytes, size_t len, unsigned seed);
void expect_pattern(const unsigned char *bytes,
                    size_t len,
                    unsigned seed,
                    const char *what);

/* Buffer, and what lies around it in its slot, hold what the last fill_pattern or
 * buffer_* put there: the submission has written nothing. CAP-5 only. */
void expect_no_stray_writes(void);

/* The array of build_array: element i holds i for all i < n. */
void expect_counting_array(alloc_result result, size_t n);

/* ---- Allocators that live in the judge, to be handed to build_array ---- */

/* Counts what it is asked, and serves from a slot of its own (256 KiB). */
struct recorder {
    size_t alloc_calls, resize_calls, free_calls;
    size_t last_len, last_alignment; /* of the last alloc */
    void *last_memory;               /* what that alloc answered, NULL if it failed */
    bool fails;                      /* set it: every alloc is out of memory */
    size_t used;
    unsigned char *heap;
};
allocator recorder_init(struct recorder *recorder);

/* A page source for an arena or a GPA of a test, and the bookkeeping allocator they
 * need, which is private memory of the judge and cannot be reached by a submission. */
allocator heap_backing(void);
allocator bookkeeping(void);

#endif
