/*
 * results: what the judge tells the grader: one line of JSON a test (RESULTS.md). The
 * last line, which says that all tests have theirs, is written by shards.c.
 */
#ifndef RESULTS_H
#define RESULTS_H

#include "test_case.h"
#include "verdict.h"

#include <stdbool.h>
#include <stddef.h>

struct cJSON;

struct results {
    struct cJSON **tests; /* one a selected test, filled in order */
    bool *saw_block;      /* likewise: was a block handed out in it? */
    size_t count;         /* of them filled */
    size_t selected;
    bool is_traced; /* keep every call, of passed tests too */
};

/* Room for `selected` tests. */
void results_init(struct results *results, size_t selected, bool is_traced);
void results_release(struct results *results);

/*
 * Takes down the test that has just ended, while its memory is still in place. The
 * search for a counterexample comes last and leaves neither memory nor `verdict`.
 */
void results_add(struct results *results,
                 const struct test_case *test,
                 const struct verdict *verdict);

/*
 * Check's own word on test number `index`: `failure` is the message of an assertion
 * that failed, or NULL. A verdict that was a pass so far becomes a fail if there is
 * one, or if the test never saw a block: an allocator that always refuses earns
 * nothing.
 */
void results_settle(struct results *results, size_t index, const char *failure);

/* Writes all lines. 0, or -1 with errno. */
int results_write(const struct results *results, int descriptor);

/* Writes all bytes. 0, or -1 with errno. */
int results_write_bytes(int descriptor, const char *bytes, size_t count);

#endif
