/*
 * counterexample_names: what the things in a counterexample are called.
 *
 * Names are C identifiers, numbered from 2 on where there are several: fba, fba2.
 */
#ifndef COUNTEREXAMPLE_NAMES_H
#define COUNTEREXAMPLE_NAMES_H

#include "sequence.h"
#include "shrink.h"

/* A sequence, what the contract says of it, and how it failed. */
struct example {
    const struct sequence *sequence;
    const struct sequence_expected *expected; /* one for each operation */
    const struct failure *failure;
};

#define NAME_BYTES 64u

/* All write into `text` and return it. */
char *name_fba(size_t fba, char text[NAME_BYTES]);
char *name_buffer(size_t memory, char text[NAME_BYTES]);

/* Of the operation at `index`: its allocator, or its result. */
char *name_handle(const struct sequence *sequence, size_t index, char text[NAME_BYTES]);
char *name_block(const struct sequence *sequence, size_t index, char text[NAME_BYTES]);

/* Which buffer the FBA of operation `index` has then. */
size_t buffer_of(const struct sequence *sequence, size_t index);

/* The operation that failed, or whose failure showed. */
size_t failed_operation(const struct example *example);

#endif
