/*
 * served: allocators of the judge that a submission's build_array may call.
 *
 * The submission knows each by an index. The one thing to get wrong: what it asks is a
 * claim. Each index, length, alignment and block is checked here before the allocator
 * behind it sees anything; a request that no correct submission makes ends the test.
 */
#ifndef SERVED_H
#define SERVED_H

#include "allocator.h"
#include "wire.h"

/* A new test: no allocator is served. */
void served_forget(void);

/* The index of `a`, which alone may be called until served_close: any other may be gone
 * by then, with the block of the test that it is a variable of. */
size_t served_open(allocator a);
void served_close(void);

/* Has allocator `index` handed out a live block that begins at `memory` and has at
 * least `len` bytes? */
bool served_has_block(size_t index, uint64_t memory, uint64_t len);

/* The callbacks; values and answers as ops.h gives them. */
void served_alloc(const uint64_t values[WIRE_VALUES], uint64_t answer[WIRE_VALUES]);
void served_resize(const uint64_t values[WIRE_VALUES], uint64_t answer[WIRE_VALUES]);
void served_free(const uint64_t values[WIRE_VALUES]);

#endif
