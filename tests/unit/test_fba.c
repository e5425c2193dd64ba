/* The reference's FBA, clause by clause; the names of the tests say which. */
#include "fba.h"
#include "run_tests.h"
#include "tally.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#define ROOM 256

static alignas(4096) unsigned char page[4096 + ROOM];

/* An FBA over `capacity` bytes that begin `misalignment` past a multiple of 4096. */
static allocator over(fixed_buffer_allocator *fba, size_t misalignment, size_t capacity)
{
    memset(fba, 0xa5, sizeof(*fba));
    fba_init(fba, page + misalignment, capacity);
    return fba_allocator(fba);
}

/* The offset of the block that is answered, or -1: out of memory, with NULL. */
static ptrdiff_t ask(allocator a,
                     const unsigned char *buffer,
                     size_t len,
                     size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    if (result.error != ALLOC_OK) {
        ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
        ck_assert_ptr_null(result.memory);
        return -1;
    }
    return (unsigned char *)result.memory - buffer;
}

START_TEST(cap_1_an_exact_fit_succeeds_and_one_byte_more_does_not)
{
    fixed_buffer_allocator fba;
    for (size_t capacity = 1; capacity <= 64; capacity++) {
        const allocator a = over(&fba, 0, capacity);
        ck_assert_int_eq(ask(a, page, capacity + 1, 1), -1);
        ck_assert_int_eq(ask(a, page, capacity, 1), 0);
        ck_assert_int_eq(ask(a, page, 1, 1), -1);
    }
}
END_TEST

START_TEST(cap_4_blocks_of_alignment_1_lie_side_by_side)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 0, 100);
    ck_assert_int_eq(ask(a, page, 12, 1), 0);
    ck_assert_int_eq(ask(a, page, 30, 1), 12);
    ck_assert_int_eq(ask(a, page, 58, 1), 42);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
}
END_TEST

START_TEST(cap_5_no_byte_is_ever_written)
{
    fixed_buffer_allocator fba;
    memset(page, 0x5a, sizeof(page));
    const allocator a = over(&fba, 64, 100);
    unsigned char *block = allocator_alloc(a, 1, 40, 16).memory;
    ck_assert(allocator_resize(a, block, 40, 16, 50));
    ck_assert(allocator_resize(a, block, 50, 16, 20));
    allocator_free(a, block, 20, 16);
    ck_assert_int_eq(ask(a, page, 1000, 1), -1);
    fba_reset(&fba);
    for (size_t i = 0; i < sizeof(page); i++) {
        ck_assert_uint_eq(page[i], 0x5a);
    }
}
END_TEST

START_TEST(cap_6_an_empty_buffer_is_a_full_buffer)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 0, 0);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
    ck_assert_int_eq(ask(a, page, SIZE_MAX, (size_t)1 << 63), -1);
    fba_reset(&fba);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
}
END_TEST

START_TEST(cap_7_init_starts_from_nothing_again)
{
    fixed_buffer_allocator fba;
    allocator a = over(&fba, 0, 32);
    ck_assert_int_eq(ask(a, page, 32, 1), 0);
    a = over(&fba, 64, 16);
    ck_assert_int_eq(ask(a, page, 16, 1), 64);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
}
END_TEST

START_TEST(ali_padding_is_minimal_for_every_alignment_and_every_address)
{
    fixed_buffer_allocator fba;
    for (size_t misalignment = 0; misalignment < 64; misalignment++) {
        for (size_t alignment = 1; alignment <= 128; alignment *= 2) {
            for (size_t before = 0; before < 8; before++) {
                const allocator a = over(&fba, misalignment, ROOM);
                allocator_alloc(a, 1, before, 1);
                const size_t end = misalignment + before;
                const size_t start = (end + alignment - 1) / alignment * alignment;
                ck_assert_int_eq(ask(a, page, 5, alignment), (ptrdiff_t)start);
                ck_assert_int_eq(ask(a, page, 1, 1), (ptrdiff_t)(start + 5));
            }
        }
    }
}
END_TEST

START_TEST(ali_4_padding_and_length_may_fill_the_buffer_exactly)
{
    fixed_buffer_allocator fba;
    allocator a = over(&fba, 0, 24);
    ck_assert_int_eq(ask(a, page, 1, 1), 0);
    ck_assert_int_eq(ask(a, page, 17, 8), -1);
    ck_assert_int_eq(ask(a, page, 16, 8), 8);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
}
END_TEST

START_TEST(ali_5_an_alignment_may_exceed_the_capacity)
{
    fixed_buffer_allocator fba;
    allocator a = over(&fba, 0, 16);
    ck_assert_int_eq(ask(a, page, 8, 4096), 0);
    ck_assert_int_eq(ask(a, page, 1, 4096), -1);
    a = over(&fba, 4096 - 8, 16);
    ck_assert_int_eq(ask(a, page, 9, 4096), -1);
    ck_assert_int_eq(ask(a, page, 8, 4096), 4096);
}
END_TEST

START_TEST(oom_no_length_and_no_alignment_wraps_around)
{
    fixed_buffer_allocator fba;
    for (size_t used = 0; used <= 32; used++) {
        for (int shift = 0; shift < 64; shift++) {
            const allocator a = over(&fba, 1, 32);
            allocator_alloc(a, 1, used, 1);
            for (size_t less = 0; less < 40; less += 3) {
                const size_t alignment = (size_t)1 << shift;
                ck_assert_int_eq(ask(a, page, SIZE_MAX - less, alignment), -1);
            }
            if (shift > 12) {
                ck_assert_int_eq(ask(a, page, 1, (size_t)1 << shift), -1);
            }
            ck_assert_int_eq(ask(a, page, 32 - used + 1, 1), -1);
            if (used < 32) {
                ck_assert_int_eq(ask(a, page, 32 - used, 1), (ptrdiff_t)(used + 1));
            }
        }
    }
}
END_TEST

START_TEST(res_reset_gives_everything_back_and_old_handles_work)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 3, 40);
    for (int round = 0; round < 20; round++) {
        ck_assert_int_eq(ask(a, page, 2, 8), 8);
        ck_assert_int_eq(ask(a, page, 33, 1), 10);
        ck_assert_int_eq(ask(a, page, 1, 1), -1);
        fba_reset(&fba);
        fba_reset(&fba);
    }
}
END_TEST

START_TEST(fre_only_the_last_block_comes_back)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 0, 60);
    ck_assert_int_eq(ask(a, page, 10, 1), 0);
    ck_assert_int_eq(ask(a, page, 20, 1), 10);
    ck_assert_int_eq(ask(a, page, 30, 1), 30);
    allocator_free(a, page + 10, 20, 1);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
    allocator_free(a, page + 30, 30, 1);
    ck_assert_int_eq(ask(a, page, 30, 1), 30);
}
END_TEST

START_TEST(fre_2_the_reverse_order_gives_everything_but_padding_back)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 0, 32);
    ck_assert_int_eq(ask(a, page, 1, 1), 0);
    ck_assert_int_eq(ask(a, page, 8, 8), 8);
    ck_assert_int_eq(ask(a, page, 16, 8), 16);
    allocator_free(a, page + 16, 16, 8);
    allocator_free(a, page + 8, 8, 8);
    /* 8 bytes stay in use: the block of 1, which is no longer the last, and 7 of
     * padding. */
    allocator_free(a, page, 1, 1);
    ck_assert_int_eq(ask(a, page, 24, 1), 8);
}
END_TEST

START_TEST(fre_the_last_block_grows_and_shrinks_in_place)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 0, 32);
    ck_assert_int_eq(ask(a, page, 8, 1), 0);
    ck_assert_int_eq(ask(a, page, 8, 1), 8);
    unsigned char *last = page + 8;
    ck_assert(!allocator_resize(a, last, 8, 1, 25));
    ck_assert(!allocator_resize(a, last, 8, 1, SIZE_MAX));
    ck_assert(!allocator_resize(a, last, 8, 1, SIZE_MAX - 7));
    ck_assert(allocator_resize(a, last, 8, 1, 24));
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
    ck_assert(allocator_resize(a, last, 24, 1, 4));
    ck_assert_int_eq(ask(a, page, 20, 1), 12);
}
END_TEST

START_TEST(fre_7_another_block_shrinks_for_nothing_and_never_grows)
{
    fixed_buffer_allocator fba;
    const allocator a = over(&fba, 0, 32);
    ck_assert_int_eq(ask(a, page, 8, 1), 0);
    ck_assert_int_eq(ask(a, page, 8, 1), 8);
    ck_assert(!allocator_resize(a, page, 8, 1, 9));
    ck_assert(allocator_resize(a, page, 8, 1, 8));
    ck_assert(allocator_resize(a, page, 8, 1, 3));
    ck_assert_int_eq(ask(a, page, 16, 1), 16);
}
END_TEST

START_TEST(pol_two_fbas_share_nothing_and_handles_share_everything)
{
    fixed_buffer_allocator one, two;
    const allocator a = over(&one, 0, 16);
    const allocator b = over(&two, 64, 16);
    const allocator again = fba_allocator(&one);
    ck_assert_int_eq(ask(a, page, 10, 1), 0);
    ck_assert_int_eq(ask(b, page, 16, 1), 64);
    ck_assert_int_eq(ask(again, page, 6, 1), 10);
    fba_reset(&two);
    ck_assert_int_eq(ask(a, page, 1, 1), -1);
}
END_TEST

START_TEST(pol_build_array_asks_once_and_counts_from_0)
{
    struct tally tally;
    tally_init(&tally);
    const allocator a = tally_allocator(&tally);
    const alloc_result result = build_array(a, 1000);
    ck_assert_int_eq(result.error, ALLOC_OK);
    const int32_t *array = result.memory;
    for (int32_t i = 0; i < 1000; i++) {
        ck_assert_int_eq(array[i], i);
    }
    ck_assert_uint_eq(tally.alloc_calls, 1);
    ck_assert_uint_eq(tally.resize_calls + tally.free_calls, 0);
    ck_assert_uint_eq(tally.last_len, 1000 * sizeof(int32_t));
    ck_assert_uint_eq(tally.last_alignment, alignof(int32_t));
    tally_release(&tally);
}
END_TEST

START_TEST(pol_build_array_passes_the_error_on)
{
    struct tally tally;
    tally_init(&tally);
    tally.granted = 0;
    const alloc_result result = build_array(tally_allocator(&tally), 1);
    ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
    ck_assert_ptr_null(result.memory);
    ck_assert_uint_eq(tally.alloc_calls, 1);
    tally_release(&tally);
}
END_TEST

START_TEST(pol_build_array_settles_0_and_overflow_without_a_call)
{
    struct tally tally;
    tally_init(&tally);
    const allocator a = tally_allocator(&tally);
    const alloc_result nothing = build_array(a, 0);
    ck_assert_int_eq(nothing.error, ALLOC_OK);
    ck_assert_ptr_nonnull(nothing.memory);
    const alloc_result too_many = build_array(a, SIZE_MAX / sizeof(int32_t) + 1);
    ck_assert_int_eq(too_many.error, ALLOC_OUT_OF_MEMORY);
    ck_assert_ptr_null(too_many.memory);
    ck_assert_uint_eq(tally.alloc_calls, 0);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &cap_1_an_exact_fit_succeeds_and_one_byte_more_does_not,
        &cap_4_blocks_of_alignment_1_lie_side_by_side,
        &cap_5_no_byte_is_ever_written,
        &cap_6_an_empty_buffer_is_a_full_buffer,
        &cap_7_init_starts_from_nothing_again,
        &ali_padding_is_minimal_for_every_alignment_and_every_address,
        &ali_4_padding_and_length_may_fill_the_buffer_exactly,
        &ali_5_an_alignment_may_exceed_the_capacity,
        &oom_no_length_and_no_alignment_wraps_around,
        &res_reset_gives_everything_back_and_old_handles_work,
        &fre_only_the_last_block_comes_back,
        &fre_2_the_reverse_order_gives_everything_but_padding_back,
        &fre_the_last_block_grows_and_shrinks_in_place,
        &fre_7_another_block_shrinks_for_nothing_and_never_grows,
        &pol_two_fbas_share_nothing_and_handles_share_everything,
        &pol_build_array_asks_once_and_counts_from_0,
        &pol_build_array_passes_the_error_on,
        &pol_build_array_settles_0_and_overflow_without_a_call,
    };
    return run_tests("fba", tests, sizeof(tests) / sizeof(tests[0]));
}
