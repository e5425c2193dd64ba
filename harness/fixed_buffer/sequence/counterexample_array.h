/*
 * counterexample_array: a counterexample to build_array, with an allocator of its own.
 */
#ifndef COUNTEREXAMPLE_ARRAY_H
#define COUNTEREXAMPLE_ARRAY_H

struct cJSON;

/* Tries build_array with a few lengths, the small ones first, and describes the first
 * that goes wrong (RESULTS.md). NULL: all are right, or go wrong in a way that a
 * program cannot show. */
struct cJSON *counterexample_of_arrays(void);

#endif
