/*
 * naive: how a submission is graded where nobody thinks of harm: linked into the test
 * program, with Check's own processes between the two, and believed. Each hostile file
 * is tried against it, to see that what it does would work on somebody.
 */
#include "fba.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

/* What only the tests should know. */
const char hidden[] = "hidden-test:" HIDDEN;

static unsigned char memory[256];
static fixed_buffer_allocator fba;

static allocator begin(void)
{
    fba_init(&fba, memory, sizeof memory);
    return fba_allocator(&fba);
}

START_TEST(two_blocks_do_not_meet)
{
    allocator a = begin();
    alloc_result first = allocator_alloc(a, 4, 4, 4);
    alloc_result second = allocator_alloc(a, 8, 1, 1);

    ck_assert_int_eq(first.error, ALLOC_OK);
    ck_assert_int_eq(second.error, ALLOC_OK);
    ck_assert((unsigned char *)second.memory >= (unsigned char *)first.memory + 16);
}
END_TEST

START_TEST(blocks_are_aligned)
{
    allocator a = begin();

    allocator_alloc(a, 1, 1, 1);
    ck_assert_uint_eq((uintptr_t)allocator_alloc(a, 2, 8, 8).memory % 8, 0);
    ck_assert_int_eq(allocator_alloc(a, 2, 8, 8).error, ALLOC_OK);
}
END_TEST

START_TEST(a_full_buffer_says_so)
{
    allocator a = begin();

    ck_assert_int_eq(allocator_alloc(a, 256, 1, 1).error, ALLOC_OK);
    ck_assert_int_eq(allocator_alloc(a, 1, 1, 1).error, ALLOC_OUT_OF_MEMORY);
}
END_TEST

START_TEST(reset_gives_everything_back)
{
    allocator a = begin();

    ck_assert_int_eq(allocator_alloc(a, 200, 1, 1).error, ALLOC_OK);
    fba_reset(&fba);
    ck_assert_int_eq(allocator_alloc(a, 256, 1, 1).error, ALLOC_OK);
}
END_TEST

START_TEST(the_last_block_grows)
{
    allocator a = begin();
    void *block = allocator_alloc(a, 8, 1, 1).memory;

    ck_assert_ptr_nonnull(block);
    ck_assert(allocator_resize(a, block, 8, 1, 16));
    allocator_free(a, block, 16, 1);
}
END_TEST

START_TEST(an_array_is_filled)
{
    allocator a = begin();

    fba_reset(&fba);
    alloc_result result = build_array(a, 4);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_int_eq(((int32_t *)result.memory)[3], 3);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("naive");
    TCase *tests = tcase_create("naive");
    SRunner *runner = NULL;

    tcase_set_timeout(tests, 0);
    tcase_add_test(tests, two_blocks_do_not_meet);
    tcase_add_test(tests, blocks_are_aligned);
    tcase_add_test(tests, a_full_buffer_says_so);
    tcase_add_test(tests, reset_gives_everything_back);
    tcase_add_test(tests, the_last_block_grows);
    tcase_add_test(tests, an_array_is_filled);
    suite_add_tcase(suite, tests);
    runner = srunner_create(suite);
    srunner_set_log(runner, "tests.log");
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    puts("The naive runner has come to its end.");
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
