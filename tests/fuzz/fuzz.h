/*
 * fuzz: what the fuzz targets share.
 *
 * A target is one file, fuzz_<name>.c. It feeds bytes to one reader of ours and asserts
 * what must hold whatever the bytes are. libFuzzer calls it in the fuzz preset; in all
 * other builds replay.c calls it with the seeds.
 *
 * The one thing to get wrong: a target must do the same for the same bytes, whatever
 * came before, or nobody can find again what it found.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry point. Returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The most bytes that fuzz_copy takes. */
#define FUZZ_BYTES_MOST 65536u

/*
 * A copy of `data` and a NUL behind it, with unmapped memory behind that: libraries
 * that were built without a sanitizer are caught reading on, too. It begins at a
 * multiple of `alignment`, a power of two; above 1, as many bytes less one may follow
 * the NUL. Valid until the next call.
 */
char *fuzz_copy(const uint8_t *data, size_t size, size_t alignment);

/* Is it UTF-8? */
bool fuzz_is_utf8(const char *text);

/* Is it what text.h calls harmless: UTF-8 without control characters but newline, and
 * without any that change the direction of writing? */
bool fuzz_is_harmless(const char *text);

#endif
