/* Files for Check, which asks for them here too: this program has the judge's own. */
#include "check_calls.h"

#include <check.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST = 2 /* Check's own among them */
};

static char name[] = "/tmp/check_XXXXXX";

static ino_t number_of(int file)
{
    struct stat status;

    ck_assert_int_eq(fstat(file, &status), 0);
    return status.st_ino;
}

static void close_all(const int *files, int count)
{
    for (int i = 0; i < count; i++) {
        ck_assert_int_eq(close(files[i]), 0);
    }
}

/* Takes all files that Check has not. */
static int take_all(int files[MOST])
{
    int count = 0;

    while (count < MOST && (files[count] = mkstemp(name)) >= 0) {
        count++;
    }
    ck_assert_int_ge(count, 1);
    return count;
}

START_TEST(no_file_is_lent_twice)
{
    int files[MOST];
    const int count = take_all(files);

    ck_assert_int_eq(mkstemp(name), -1);
    ck_assert_int_eq(errno, EMFILE);
    for (int i = 1; i < count; i++) {
        ck_assert_uint_ne(number_of(files[i]), number_of(files[i - 1]));
    }
    close_all(files, count);
}
END_TEST

START_TEST(a_closed_file_comes_back_empty)
{
    int files[MOST];
    const int count = take_all(files);
    const ino_t number = number_of(files[0]);

    ck_assert_int_eq(write(files[0], "words", 5), 5);
    ck_assert_int_eq(close(files[0]), 0);
    files[0] = mkstemp(name);
    ck_assert_uint_eq(number_of(files[0]), number);
    ck_assert_int_eq(lseek(files[0], 0, SEEK_CUR), 0);
    ck_assert_int_eq(lseek(files[0], 0, SEEK_END), 0);
    close_all(files, count);
}
END_TEST

/* Check closes one, and something else gets its number. */
START_TEST(another_file_of_that_descriptor_is_not_taken_for_it)
{
    int files[MOST];
    int ends[2];
    const int count = take_all(files);
    const ino_t number = number_of(files[0]);
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(dup2(ends[0], files[0]), files[0]);
    const int again = mkstemp(name);
    ck_assert_uint_eq(number_of(again), number);
    close_all((const int[]){again, ends[0], ends[1]}, 3);
    close_all(files, count);
}
END_TEST

START_TEST(there_are_no_timers_and_nothing_is_removed)
{
    timer_t timer;

    ck_assert_int_eq(timer_create(CLOCK_MONOTONIC, NULL, &timer), -1);
    ck_assert_int_eq(unlink("/proc/self/exe"), 0);
}
END_TEST

/* Without processes for the tests, as in the judge: for them Check needs its timers. */
int main(void)
{
    Suite *const suite = suite_create("check_calls");
    TCase *const all = tcase_create("check_calls");

    tcase_add_test(all, no_file_is_lent_twice);
    tcase_add_test(all, a_closed_file_comes_back_empty);
    tcase_add_test(all, another_file_of_that_descriptor_is_not_taken_for_it);
    tcase_add_test(all, there_are_no_timers_and_nothing_is_removed);
    suite_add_tcase(suite, all);
    SRunner *const runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
