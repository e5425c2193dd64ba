/* Streams for Check, which asks for them here too: this program has the judge's own. */
#include "check_calls.h"

#include <check.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char name[] = "/tmp/check_XXXXXX";

/* A stream as Check makes one; NULL if there is none left. */
static FILE *make(void)
{
    FILE *const file = fdopen(mkstemp(name), "w+b");

    ck_assert_int_eq(unlink(name), 0);
    return file;
}

START_TEST(what_is_written_is_read_back)
{
    char bytes[16] = "";
    FILE *const file = make();

    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite("one two", 1, 7, file), 7);
    rewind(file);
    ck_assert_uint_eq(fread(bytes, 1, sizeof bytes, file), 7);
    ck_assert_str_eq(bytes, "one two");
    ck_assert_int_ne(feof(file), 0);
    ck_assert_int_eq(fseek(file, 4, SEEK_SET), 0);
    ck_assert_uint_eq(fwrite("six more", 1, 8, file), 8);
    ck_assert_int_eq(fseek(file, -5, SEEK_END), 0);
    memset(bytes, 0, sizeof bytes);
    ck_assert_uint_eq(fread(bytes, 1, sizeof bytes, file), 5);
    ck_assert_str_eq(bytes, " more");
    ck_assert_int_eq(fseek(file, -1, SEEK_SET), -1);
    ck_assert_int_eq(fclose(file), 0);
}
END_TEST

START_TEST(much_can_be_written)
{
    const size_t count = 300000;
    FILE *const file = make();

    ck_assert_ptr_nonnull(file);
    for (size_t i = 0; i < count; i++) {
        ck_assert_int_eq(putc((int)(i % 251), file), (int)(i % 251));
    }
    rewind(file);
    for (size_t i = 0; i < count; i++) {
        if (getc(file) != (int)(i % 251)) {
            ck_abort_msg("byte %zu", i);
        }
    }
    ck_assert_int_eq(getc(file), EOF);
    fclose(file);
}
END_TEST

/* Check holds one of the two, this test's own. */
START_TEST(no_stream_is_lent_twice_and_each_is_empty)
{
    for (int round = 0; round < 3; round++) {
        FILE *const file = make();
        ck_assert_ptr_nonnull(file);
        ck_assert_int_eq(getc(file), EOF);
        ck_assert_ptr_null(make());
        ck_assert_int_eq(errno, EMFILE);
        ck_assert_int_eq(fputs("left behind", file), 1);
        ck_assert_int_eq(fclose(file), 0);
    }
}
END_TEST

START_TEST(nothing_else_is_made_a_stream)
{
    ck_assert_ptr_null(fdopen(STDIN_FILENO, "r"));
    ck_assert_int_eq(errno, EBADF);
}
END_TEST

START_TEST(there_are_no_timers)
{
    timer_t timer;

    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, NULL, &timer), -1);
    ck_assert_int_eq(errno, ENOSYS);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("check_calls");
    TCase *const tests = tcase_create("check_calls");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, what_is_written_is_read_back);
    tcase_add_test(tests, much_can_be_written);
    tcase_add_test(tests, no_stream_is_lent_twice_and_each_is_empty);
    tcase_add_test(tests, nothing_else_is_made_a_stream);
    tcase_add_test(tests, there_are_no_timers);
    SRunner *const runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
