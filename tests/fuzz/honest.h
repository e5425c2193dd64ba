/*
 * honest: what a correct submission answers, in the process of the judge.
 *
 * It knows the calls of the fixed buffer exercise (ops.h) and answers each with one
 * message: the result, or a callback that build_array makes. The one thing to get
 * wrong: it follows the judge's addresses, and those only.
 */
#ifndef HONEST_H
#define HONEST_H

#include "wire.h"

#include <stdbool.h>

/* Forgets everything, as a fresh child would. */
void honest_begin(void);

/* The answer to `request`; nonce and sequence number are the request's. */
struct wire_reply honest_answer(const struct wire_request *request);

/* The batch that `request` asks for, or NULL if it is one call. */
struct wire_batch *honest_batch(const struct wire_request *request);

/* Step `index` of a batch as a call of its own, by the answers as they stand now. */
struct wire_request honest_step(const struct wire_batch *batch, uint64_t index);

/* Changes an answer of step `index`. Returns whether no correct submission gives that,
 * as honest_never_says does. */
bool honest_change(struct wire_batch *batch,
                   uint64_t index,
                   unsigned number,
                   uint64_t value);

/* Is `reply` an answer that no correct submission gives, whatever was asked before?
 * `asked` is the request that it answers. */
bool honest_never_says(const struct wire_reply *reply,
                       const struct wire_request *asked);

#endif
