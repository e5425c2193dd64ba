/*
 * seed: where searches beyond the fixed tests begin; no point depends on it.
 *
 * By default it is the first 64 bits of the submission's SHA-256, so that anyone gets
 * the same. With a key it is those of HMAC-SHA256 (RFC 2104) over that hash, written in
 * hexadecimal: still the same for the same submission, but nobody without the key can
 * choose a submission for its seed. The key itself is written nowhere.
 */
#ifndef SEED_H
#define SEED_H

#include "error.h"

#include <stddef.h>
#include <stdint.h>

#define SEED_KEY_BYTES_MAX 4096u

/* Every byte of the file counts, a newline at its end too. */
struct seed_key {
    unsigned char bytes[SEED_KEY_BYTES_MAX];
    size_t length;
};

/* Reads a key file. ERROR_USAGE: there is none, it is empty, or larger than that. */
int seed_key_read(const char *path, struct seed_key *key, struct error *error);

/* 16 hexadecimal digits and a NUL. `hash` is the submission's SHA-256 in hexadecimal,
 * or "" if it is not known; `key` may be NULL. */
void seed_derive(const char *hash, const struct seed_key *key, char seed[17]);

/* The seed that somebody chose. */
void seed_fix(uint64_t number, char seed[17]);

#endif
