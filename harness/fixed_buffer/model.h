/*
 * model: the contract of fba.h as a program.
 *
 * Written from the clauses and not from an implementation, and with the simplest
 * arithmetic that is right: addresses and sizes are 128 bits wide, so that no sum wraps
 * and no check has to come before it. It says what a correct FBA answers; it holds no
 * memory and follows no pointer.
 */
#ifndef MODEL_H
#define MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One FBA. `used` is the notional one of fba.h. */
struct model {
    uint64_t buffer; /* address of its first byte */
    uint64_t capacity;
    uint64_t used; /* at most `capacity` */
};

/* CAP-7, RES-1: nothing is used. */
void model_init(struct model *model, uint64_t buffer, uint64_t capacity);
void model_reset(struct model *model);

/* The address of the block; 0: out of memory, and nothing has changed. `len` is not 0,
 * `alignment` a power of two. */
uint64_t model_alloc(struct model *model, uint64_t len, uint64_t alignment);

/* `memory` and `len` are what the last successful request for the block said. */
bool model_resize(struct model *model, uint64_t memory, uint64_t len, uint64_t new_len);
void model_free(struct model *model, uint64_t memory, uint64_t len);

#endif
