/*
 * options: the judge's command line (RESULTS.md). It is written by the grader; a
 * mistake in it stops the judge.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "parting.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct options {
    bool is_list;
    bool is_traced;
    int subject_descriptor; /* the linked program; -1: none, as in the direct runner */
    int results_descriptor;
    uid_t subject_user; /* whose process the submission is; 0: the judge's own user */
    uint64_t test_cpu_ms;
    uint64_t seed;    /* of searches; no verdict depends on it */
    const char *test; /* id of the one test to run, or NULL for all */
    struct parting parting;
    const char **symbols; /* names bound to trap 0, 1, ... */
    size_t symbol_count;
    const char **functions; /* names of the exercise's functions */
    size_t function_count;
};

/* Strings point into argv; the arrays are released by options_release. */
void options_read(int argc, char **argv, struct options *options);
void options_release(struct options *options);

#endif
