/*
 * run_info: what belongs to one run and therefore not into a report: how long each
 * stage took, what the run has cost, the kernel, and the limits that were in force.
 */
#ifndef RUN_INFO_H
#define RUN_INFO_H

#include "error.h"
#include "grading.h"

#include <stddef.h>

/* The JSON text of a grading by this process. The caller frees `*text`. */
int run_info_write(const struct grading *grading,
                   char **text,
                   size_t *length,
                   struct error *error);

#endif
