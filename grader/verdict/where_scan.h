/*
 * where_scan: the half of `where` that reads debugging information; it runs in a child.
 *
 * The one thing to get wrong: this code may be taken over by the program that it reads.
 * Its only way out is a row of fixed-size records, which where.c does not believe.
 */
#ifndef WHERE_SCAN_H
#define WHERE_SCAN_H

#include "manifest.h"
#include "results.h"

#include <stddef.h>
#include <stdint.h>

/* Longest name with its NUL; a longer one is cut. */
#define WHERE_NAME_SIZE 64u

/* One a query, in their order. */
struct where_record {
    uint32_t line;                  /* 0: the place is not known */
    uint32_t column;                /* 0: not known */
    char file[WHERE_NAME_SIZE];     /* the submission's name, or a header's */
    char function[WHERE_NAME_SIZE]; /* "": not known */
};

/* Addresses of code, the innermost first; 0: no more. */
struct where_query {
    uint64_t places[RESULTS_PLACES];
};

struct where_request {
    char *image; /* the linked program; may be written to */
    size_t length;
    const struct manifest *manifest; /* for the names of files */
    const struct where_query *queries;
    size_t count;
};

/*
 * Writes a record for each query: the innermost place in the submission's own file,
 * seen through what the compiler has put in place of calls; else the innermost in one
 * of the headers. Returns 0; 1 if the records could not be written. The signature is
 * that of child_spec.run.
 */
int where_scan(void *request, int output);

#endif
