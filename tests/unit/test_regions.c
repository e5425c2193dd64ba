/* regions: slots, margins, seals, and addresses in words. */
#include "regions.h"

#include "leaving.h"
#include "run_tests.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct region opened(void)
{
    struct region region;

    ck_assert_int_eq(region_open_shared(&region), 0);
    return region;
}

static uint64_t number(const void *address)
{
    return (uint64_t)(uintptr_t)address;
}

static const char *words(const struct region *region, uint64_t address)
{
    static char text[96];

    return region_describe(region, address, text, sizeof text);
}

START_TEST(shared_memory_cannot_change_its_size)
{
    struct region region = opened();
    const int wanted = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

    ck_assert_int_eq(fcntl(region.descriptor, F_GET_SEALS) & wanted, wanted);
    ck_assert_int_eq(ftruncate(region.descriptor, 0), -1);
    ck_assert_int_eq(errno, EPERM);
    ck_assert_int_eq(ftruncate(region.descriptor, (off_t)WIRE_REGION_BYTES * 2), -1);
    ck_assert_int_eq(errno, EPERM);
    ck_assert_int_eq(fcntl(region.descriptor, F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
    region_close(&region);
}
END_TEST

START_TEST(shared_memory_stands_at_its_address_or_nowhere)
{
    struct region region = opened();
    struct region second;

    ck_assert_uint_eq(number(region.base), WIRE_REGION_BASE);
    ck_assert_int_eq(region_open_shared(&second), -1);
    region_close(&region);
    ck_assert_int_eq(region_open_shared(&second), 0);
    region_close(&second);
}
END_TEST

START_TEST(objects_touch_the_guard_they_are_placed_at)
{
    struct region region = opened();
    unsigned char *const start = region_place(&region, 100, REGION_AT_START, 0, "a");
    unsigned char *const end = region_place(&region, 100, REGION_AT_END, 0, "b");
    unsigned char *const shifted = region_place(&region, 100, REGION_AT_START, 3, "c");
    unsigned char *const early = region_place(&region, 100, REGION_AT_END, 5, "d");

    ck_assert_uint_eq(number(start), WIRE_REGION_BASE);
    ck_assert_uint_eq(number(end + 100),
                      WIRE_REGION_BASE + WIRE_SLOT_STRIDE + WIRE_SLOT_BYTES);
    ck_assert_uint_eq(number(shifted), WIRE_REGION_BASE + 2 * WIRE_SLOT_STRIDE + 3);
    ck_assert_uint_eq(number(early + 105),
                      WIRE_REGION_BASE + 3 * WIRE_SLOT_STRIDE + WIRE_SLOT_BYTES);
    region_close(&region);
}
END_TEST

START_TEST(a_whole_slot_and_no_bytes_can_be_placed)
{
    struct region region = opened();
    unsigned char *const whole =
        region_place(&region, WIRE_SLOT_BYTES, REGION_AT_END, 0, "whole");
    unsigned char *const none = region_place(&region, 0, REGION_AT_START, 0, "none");

    ck_assert_uint_eq(number(whole), WIRE_REGION_BASE);
    ck_assert_uint_eq(number(none), WIRE_REGION_BASE + WIRE_SLOT_STRIDE);
    ck_assert_ptr_null(region_stray_write(&region));
    region_close(&region);
}
END_TEST

START_TEST(a_stray_write_is_found_on_both_sides)
{
    struct region region = opened();
    unsigned char *const object = region_place(&region, 64, REGION_AT_START, 512, "a");

    memset(object, 0, 64);
    ck_assert_ptr_null(region_stray_write(&region));
    object[64] ^= 1;
    ck_assert_ptr_eq(region_stray_write(&region), object + 64);
    object[64] ^= 1;
    object[-1] ^= 0x80;
    ck_assert_ptr_eq(region_stray_write(&region), object - 1);
    object[-1] ^= 0x80;
    object[64 + REGION_MARGIN - 1] = 0;
    ck_assert_ptr_eq(region_stray_write(&region), object + 64 + REGION_MARGIN - 1);
    object[64 + REGION_MARGIN - 1] = object[64];
    object[-(ptrdiff_t)REGION_MARGIN] = 0;
    ck_assert_ptr_eq(region_stray_write(&region), object - REGION_MARGIN);
    region_close(&region);
}
END_TEST

START_TEST(margins_end_where_the_slot_ends)
{
    struct region region = opened();
    unsigned char *const first = region_place(&region, 64, REGION_AT_START, 10, "a");
    unsigned char *const last = region_place(&region, 64, REGION_AT_END, 10, "b");

    ck_assert_ptr_null(region_stray_write(&region));
    first[-10] = 0;
    ck_assert_ptr_eq(region_stray_write(&region), first - 10);
    first[-10] = first[-9];
    last[64 + 9] = 0;
    ck_assert_ptr_eq(region_stray_write(&region), last + 64 + 9);
    region_close(&region);
}
END_TEST

/* Few pages are written over where they are; more are given back. Either way nothing is
 * left, whoever wrote it. */
START_TEST(clearing_empties_few_pages_and_many)
{
    struct region region = opened();

    for (uint64_t pages = 1; pages <= 64; pages *= 2) {
        const uint64_t step = WIRE_REGION_BYTES / pages;
        for (uint64_t at = step - 1; at < WIRE_REGION_BYTES; at += step) {
            ck_assert_int_eq(pwrite(region.descriptor, "x", 1, (off_t)at), 1);
            region.base[at - 4000] = 0x5a;
        }
        region_clear(&region);
        for (uint64_t at = step - 1; at < WIRE_REGION_BYTES; at += step) {
            ck_assert_uint_eq(region.base[at], 0);
            ck_assert_uint_eq(region.base[at - 4000], 0);
        }
    }
    region_close(&region);
}
END_TEST

/* Where a clearing has left memory in place, the next one looks there first. */
START_TEST(clearing_empties_what_was_there_before_and_what_is_new)
{
    static const size_t places[] = {5000, 9000, WIRE_SLOT_STRIDE + 1, 5001, 700000};
    const size_t count = sizeof places / sizeof places[0];
    struct region region = opened();

    for (size_t round = 0; round < 3; round++) {
        for (size_t i = 0; i < count; i++) {
            region.base[places[i]] = 0x5a;
            if (i % 2 == round % 2) {
                ck_assert_int_eq(pwrite(region.descriptor, "x", 1,
                                        (off_t)(places[i] + round * 4096)),
                                 1);
            }
            region_clear(&region);
            ck_assert_uint_eq(region.base[places[i]], 0);
            ck_assert_uint_eq(region.base[places[i] + round * 4096], 0);
        }
    }
    region_close(&region);
}
END_TEST

START_TEST(clearing_empties_every_slot_and_guard)
{
    struct region region = opened();
    unsigned char *bytes = NULL;

    region_place(&region, 64, REGION_AT_START, 0, "a");
    for (uint64_t at = 0; at < WIRE_REGION_BYTES; at += 4096) {
        region.base[at + at / 4096 % 4096] = 0x5a;
    }
    region_clear(&region);
    ck_assert_uint_eq(region.object_count, 0);
    for (uint64_t at = 0; at < WIRE_REGION_BYTES; at += 4096) {
        ck_assert_uint_eq(region.base[at + at / 4096 % 4096], 0);
    }
    bytes = region_place(&region, 64, REGION_AT_START, 0, "a");
    ck_assert_str_eq(words(&region, number(bytes)), "a+0");
    region_close(&region);
}
END_TEST

START_TEST(an_object_is_found_by_what_lies_wholly_in_it)
{
    struct region region = opened();
    region_place(&region, 16, REGION_AT_START, 0, "other");
    const uint64_t start = number(region_place(&region, 64, REGION_AT_START, 8, "a"));
    const struct region_object *const object = &region.objects[1];

    ck_assert_ptr_eq(region_find(&region, start, 64), object);
    ck_assert_ptr_eq(region_find(&region, start + 63, 1), object);
    ck_assert_ptr_eq(region_find(&region, start + 64, 0), object);
    ck_assert_ptr_null(region_find(&region, start + 64, 1));
    ck_assert_ptr_null(region_find(&region, start, 65));
    ck_assert_ptr_null(region_find(&region, start - 1, 1));
    ck_assert_ptr_null(region_find(&region, 0, 1));
    region_close(&region);
}
END_TEST

START_TEST(no_sum_wraps_around)
{
    struct region region = opened();
    const uint64_t start = number(region_place(&region, 64, REGION_AT_START, 0, "a"));

    ck_assert_ptr_null(region_find(&region, start, UINT64_MAX));
    ck_assert_ptr_null(region_find(&region, start + 8, UINT64_MAX - 7));
    ck_assert_ptr_null(region_find(&region, start + 8, UINT64_MAX - start));
    ck_assert_ptr_null(region_find(&region, UINT64_MAX, 0));
    ck_assert_ptr_null(region_find(&region, UINT64_MAX, UINT64_MAX));
    ck_assert_ptr_null(region_find(&region, UINT64_MAX - 7, 8 + start));
    ck_assert_str_eq(words(&region, UINT64_MAX), "0xffffffffffffffff");
    region_close(&region);
}
END_TEST

START_TEST(addresses_are_told_by_what_is_near)
{
    struct region region = opened();
    const uint64_t a = number(region_place(&region, 64, REGION_AT_START, 0, "buffer"));
    const uint64_t b = number(region_place(&region, 64, REGION_AT_END, 0, "buffer"));

    ck_assert_str_eq(words(&region, a), "buffer+0");
    ck_assert_str_eq(words(&region, a + 63), "buffer+63");
    ck_assert_str_eq(words(&region, a + 64), "buffer+64 (just past its end)");
    ck_assert_str_eq(words(&region, a + 65), "1 byte past the end of buffer");
    ck_assert_str_eq(words(&region, a - 1), "1 byte before buffer");
    ck_assert_str_eq(words(&region, a - 2), "2 bytes before buffer");
    ck_assert_str_eq(words(&region, b + 1), "buffer2+1");
    ck_assert_str_eq(words(&region, b - 2), "2 bytes before buffer2");
    ck_assert_str_eq(words(&region, b + 64 + 4096),
                     "4096 bytes past the end of buffer2");
    ck_assert_str_eq(words(&region, 0), "NULL");
    ck_assert_str_eq(words(&region, 1), "0x1");
    ck_assert_int_eq(strncmp(words(&region, b + 4 * WIRE_SLOT_STRIDE), "0x", 2), 0);
    region_close(&region);
}
END_TEST

START_TEST(words_are_cut_to_fit)
{
    struct region region = opened();
    char text[8];
    const uint64_t a = number(region_place(
        &region, 64, REGION_AT_START, 0, "a name that is much longer than its place"));

    ck_assert_uint_lt(strlen(region.objects[0].name), REGION_NAME_BYTES);
    region_describe(&region, a + 64, text, sizeof text);
    ck_assert_uint_eq(strlen(text), sizeof text - 1);
    region_close(&region);
}
END_TEST

START_TEST(private_memory_has_slots_and_guards_too)
{
    struct region region;
    ck_assert_int_eq(region_open_private(&region), 0);
    unsigned char *const a = region_place(&region, 64, REGION_AT_START, 0, "a");

    ck_assert_uint_eq(number(a) % WIRE_SLOT_STRIDE, 0);
    a[0] = 7;
    region_clear(&region);
    ck_assert_uint_eq(a[0], 0);
    /* What is not mapped cannot be read: the kernel refuses such a buffer. */
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    ck_assert_int_eq(write(ends[1], a, 1), 1);
    ck_assert_int_eq(write(ends[1], a - 1, 1), -1);
    ck_assert_int_eq(errno, EFAULT);
    ck_assert_int_eq(write(ends[1], a + WIRE_SLOT_BYTES, 1), -1);
}
END_TEST

static void place_one_too_many(void *context)
{
    for (unsigned i = 0; i <= WIRE_SLOTS; i++) {
        region_place(context, 1, REGION_AT_START, 0, "a");
    }
}

static void place_too_much(void *context)
{
    region_place(context, WIRE_SLOT_BYTES, REGION_AT_START, 1, "a");
}

static void place_what_wraps(void *context)
{
    region_place(context, SIZE_MAX, REGION_AT_END, 2, "a");
}

START_TEST(a_test_that_asks_for_too_much_stops_the_judge)
{
    struct region region = opened();
    char said[256];

    ck_assert_int_eq(exit_status_of(place_one_too_many, &region, said, sizeof said), 3);
    ck_assert_str_eq(said, "judge: a test places more than 16 objects\n");
    ck_assert_int_eq(exit_status_of(place_too_much, &region, said, sizeof said), 3);
    ck_assert_int_eq(exit_status_of(place_what_wraps, &region, said, sizeof said), 3);
    region_close(&region);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &shared_memory_cannot_change_its_size,
        &shared_memory_stands_at_its_address_or_nowhere,
        &objects_touch_the_guard_they_are_placed_at,
        &a_whole_slot_and_no_bytes_can_be_placed,
        &a_stray_write_is_found_on_both_sides,
        &margins_end_where_the_slot_ends,
        &clearing_empties_few_pages_and_many,
        &clearing_empties_what_was_there_before_and_what_is_new,
        &clearing_empties_every_slot_and_guard,
        &an_object_is_found_by_what_lies_wholly_in_it,
        &no_sum_wraps_around,
        &addresses_are_told_by_what_is_near,
        &words_are_cut_to_fit,
        &private_memory_has_slots_and_guards_too,
        &a_test_that_asks_for_too_much_stops_the_judge,
    };

    return run_tests("regions", tests, sizeof tests / sizeof tests[0]);
}
