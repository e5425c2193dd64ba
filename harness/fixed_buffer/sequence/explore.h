/*
 * explore: a search with calls that no test makes, for what the tests may have missed.
 */
#ifndef EXPLORE_H
#define EXPLORE_H

#include <stdint.h>

struct cJSON;

/* For `exercise`: an array of at most one `finding` (RESULTS.md), or NULL. */
struct cJSON *explore(uint64_t seed);

#endif
