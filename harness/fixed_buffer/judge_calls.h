/*
 * judge_calls: the judge's half of the exercise. It implements fba.h by calls to the
 * subject, and serves what build_array asks of the judge's own allocators.
 *
 * The one thing to get wrong: what comes back is a claim. Nothing is handed to a suite
 * (nor to the inline wrappers of allocator.h, which copy through pointers) before it is
 * known to lie in the buffer it must lie in; everything else ends the test here.
 */
#ifndef JUDGE_CALLS_H
#define JUDGE_CALLS_H

#include "fba.h"
#include "ledger.h"
#include "verdict.h"

/* fba_init, and then fba_allocator, in one exchange. */
allocator judge_calls_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity);

/* For `exercise` (exercise.h). */
void judge_calls_begin_test(void);
void judge_calls_serve(uint16_t operation,
                       const uint64_t values[WIRE_VALUES],
                       uint64_t answer[WIRE_VALUES]);

/* What has been handed out in this test; proxies enter what they have checked. */
struct ledger *judge_calls_ledger(void);

/* A call in words, addresses by the names of what they lie in. */
void judge_calls_describe(const struct verdict_call *call,
                          char *text,
                          size_t text_bytes);

/* A length in decimal, or as SIZE_MAX-n where that is easier to see. */
void judge_calls_describe_length(uint64_t len, char *text, size_t text_bytes);

/* An error that does not exist, as the int that was returned: "error -1". */
void judge_calls_describe_error(uint64_t claimed, char *text, size_t text_bytes);

#endif
