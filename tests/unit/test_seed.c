/* Seeds: the submission's own, a chosen one, and one that a key makes unforeseeable. */
#include "run_tests.h"
#include "seed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of `length` bytes, all `byte`; its path is written into `path`. */
static void key_file(char path[32], char byte, size_t length)
{
    snprintf(path, 32, "/tmp/seed_key.XXXXXX");
    const int descriptor = mkstemp(path);
    ck_assert_int_ge(descriptor, 0);
    FILE *out = fdopen(descriptor, "w");
    ck_assert_ptr_nonnull(out);
    for (size_t i = 0; i < length; i++) {
        fputc(byte, out);
    }
    ck_assert_int_eq(fclose(out), 0);
}

static void expect_refused(char byte, size_t length, const char *said)
{
    struct seed_key key = {0};
    struct error error = {0};
    char path[32];
    key_file(path, byte, length);
    ck_assert_int_eq(seed_key_read(path, &key, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, said));
    ck_assert_ptr_nonnull(strstr(error.message, path));
    unlink(path);
}

START_TEST(without_a_key_the_seed_begins_the_hash)
{
    char seed[17];
    seed_derive("0123456789abcdef0123", NULL, seed);
    ck_assert_str_eq(seed, "0123456789abcdef");
    seed_derive("", NULL, seed);
    ck_assert_str_eq(seed, "0000000000000000");
    seed_fix(255, seed);
    ck_assert_str_eq(seed, "00000000000000ff");
}
END_TEST

START_TEST(key_makes_it_an_hmac)
{
    /* RFC 4231, test case 2, and test case 6, whose key is longer than a block. */
    struct seed_key key = {.bytes = "Jefe", .length = 4};
    char seed[17];
    seed_derive("what do ya want for nothing?", &key, seed);
    ck_assert_str_eq(seed, "5bdcc146bf60754e");
    memset(key.bytes, 0xaa, 131);
    key.length = 131;
    seed_derive("Test Using Larger Than Block-Size Key - Hash Key First", &key, seed);
    ck_assert_str_eq(seed, "60e431591ee0b67f");
}
END_TEST

START_TEST(key_file_is_read_to_its_last_byte)
{
    struct seed_key key = {0};
    struct error error = {0};
    char path[32];
    key_file(path, '\n', 33);
    ck_assert_int_eq(seed_key_read(path, &key, &error), 0);
    ck_assert_uint_eq(key.length, 33);
    unlink(path);
    key_file(path, 'k', SEED_KEY_BYTES_MAX);
    ck_assert_int_eq(seed_key_read(path, &key, &error), 0);
    ck_assert_uint_eq(key.length, SEED_KEY_BYTES_MAX);
    unlink(path);
}
END_TEST

START_TEST(key_file_that_holds_no_key_is_refused)
{
    struct seed_key key = {0};
    struct error error = {0};
    expect_refused('k', 0, "empty");
    expect_refused('k', SEED_KEY_BYTES_MAX + 1, "larger than 4096 bytes");
    ck_assert_int_eq(seed_key_read("/nonexistent/key", &key, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
    ck_assert_ptr_nonnull(strstr(error.message, "/nonexistent/key"));
    ck_assert_int_eq(seed_key_read("/", &key, &error), -1);
    ck_assert_int_eq((int)error.kind, ERROR_USAGE);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &without_a_key_the_seed_begins_the_hash, &key_makes_it_an_hmac,
        &key_file_is_read_to_its_last_byte, &key_file_that_holds_no_key_is_refused};
    return run_tests("seed", tests, sizeof tests / sizeof tests[0]);
}
