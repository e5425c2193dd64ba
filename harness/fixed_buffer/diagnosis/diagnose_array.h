/*
 * diagnose_array: questions to build_array, and what can be seen of its answers.
 */
#ifndef DIAGNOSE_ARRAY_H
#define DIAGNOSE_ARRAY_H

#include "diagnose_probes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct array_question {
    uint64_t n;
    bool fails;  /* its allocator refuses everything */
    bool is_fba; /* its allocator is the submission's own FBA */
};

enum array_memory {
    ARRAY_NULL,
    ARRAY_FIRST_BLOCK, /* the first that its allocator handed out */
    ARRAY_OTHER
};

/* How many elements are looked at: the first ones, and the last. */
enum {
    ARRAY_FIRST = 4,
    ARRAY_QUESTIONS = 12
};

/* Bytes that nobody has written, as an element. */
#define ARRAY_UNTOUCHED ((int32_t)0xa5a5a5a5)

struct array_answer {
    enum answer_kind kind; /* NOTHING: it returned; else how it ended, or ANY */
    uint64_t allocs, resizes, frees;
    uint64_t len, alignment; /* of the first alloc; 0: there was none */
    bool is_error, is_ok;    /* neither: an error that does not exist */
    enum array_memory memory;
    int32_t first[ARRAY_FIRST]; /* elements, as far as n goes; else 0 */
    int32_t last, behind;       /* element n - 1 and the one behind it */
};

extern const struct array_question diagnose_questions[ARRAY_QUESTIONS];

/* Bytes that the allocator of the questions has; behind them a write faults. */
#define ARRAY_HEAP 262144u

bool array_equals(const struct array_answer *imagined,
                  const struct array_answer *observed);

#endif
