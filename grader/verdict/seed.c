#include "seed.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int fail_read(const char *path, int errnum, struct error *error)
{
    return error_set(error, ERROR_USAGE,
                     "cannot read the key %s: %s; name a file that holds it with "
                     "--seed-key",
                     path, strerror(errnum));
}

static int check_length(const char *path,
                        int outcome,
                        size_t length,
                        struct error *error)
{
    if (outcome == FILE_TOO_LARGE) {
        return error_set(error, ERROR_USAGE,
                         "the key %s is larger than %u bytes; 32 random bytes are "
                         "enough",
                         path, SEED_KEY_BYTES_MAX);
    }
    if (length == 0) {
        return error_set(error, ERROR_USAGE,
                         "the key %s is empty; write 32 random bytes into it", path);
    }
    return 0;
}

int seed_key_read(const char *path, struct seed_key *key, struct error *error)
{
    struct text content = {0};
    int status = -1;
    const int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return fail_read(path, errno, error);
    }
    const int outcome = file_read(descriptor, SEED_KEY_BYTES_MAX, &content);
    if (outcome < 0) {
        fail_read(path, errno, error);
    } else if (check_length(path, outcome, content.length, error) == 0) {
        memcpy(key->bytes, content.bytes, content.length);
        key->length = content.length;
        status = 0;
    }
    if (content.bytes != NULL) {
        explicit_bzero(content.bytes, content.length);
    }
    text_release(&content);
    close(descriptor);
    return status;
}

/* One of the two hashes of an HMAC: of the key, each byte changed by `pad`, and
 * `message`. */
static void hash_padded(const unsigned char block[SHA256_BLOCK_LENGTH],
                        unsigned char pad,
                        const void *message,
                        size_t length,
                        unsigned char digest[SHA256_DIGEST_LENGTH])
{
    unsigned char padded[SHA256_BLOCK_LENGTH];
    SHA2_CTX context;
    for (size_t i = 0; i < sizeof padded; i++) {
        padded[i] = block[i] ^ pad;
    }
    SHA256Init(&context);
    SHA256Update(&context, padded, sizeof padded);
    SHA256Update(&context, message, length);
    SHA256Final(digest, &context);
}

static void authenticate(const struct seed_key *key,
                         const char *message,
                         unsigned char digest[SHA256_DIGEST_LENGTH])
{
    unsigned char block[SHA256_BLOCK_LENGTH] = {0};
    unsigned char inner[SHA256_DIGEST_LENGTH];
    if (key->length > sizeof block) {
        SHA2_CTX context;
        SHA256Init(&context);
        SHA256Update(&context, key->bytes, key->length);
        SHA256Final(block, &context);
    } else {
        memcpy(block, key->bytes, key->length);
    }
    hash_padded(block, 0x36, message, strlen(message), inner);
    hash_padded(block, 0x5c, inner, sizeof inner, digest);
}

void seed_derive(const char *hash, const struct seed_key *key, char seed[17])
{
    unsigned char digest[SHA256_DIGEST_LENGTH];
    if (key == NULL) {
        /* The hash of a file that is too large to be read is not known. */
        snprintf(seed, 17, "%.16s", hash[0] != '\0' ? hash : "0000000000000000");
        return;
    }
    authenticate(key, hash, digest);
    for (size_t i = 0; i < 8; i++) {
        snprintf(seed + 2 * i, 3, "%02x", digest[i]);
    }
}

void seed_fix(uint64_t number, char seed[17])
{
    snprintf(seed, 17, "%016llx", (unsigned long long)number);
}
