/* The general-purpose allocator: what its header promises. */
#include "gpa.h"
#include "run_tests.h"
#include "tally.h"

#include <string.h>

/* A GPA, and the two allocators it stands on. */
struct bench {
    struct tally backing;
    struct tally notes;
    gpa gpa;
    allocator a;
};

static void bench_init(struct bench *bench)
{
    tally_init(&bench->backing);
    tally_init(&bench->notes);
    gpa_init(&bench->gpa, tally_allocator(&bench->backing),
             tally_allocator(&bench->notes));
    bench->a = gpa_allocator(&bench->gpa);
}

/* Ends the GPA, of whose blocks `leaked` are still live. */
static void bench_close(struct bench *bench, size_t leaked)
{
    ck_assert_uint_eq(gpa_deinit(&bench->gpa), leaked);
    ck_assert_uint_eq(bench->gpa.live_count, 0);
    ck_assert_uint_eq(bench->gpa.live_bytes, 0);
    ck_assert_uint_eq(bench->backing.live_blocks, 0);
    ck_assert_uint_eq(bench->notes.live_blocks, 0);
    ck_assert_uint_eq(bench->backing.wrong_calls, 0);
    ck_assert_uint_eq(bench->notes.wrong_calls, 0);
    tally_release(&bench->backing);
    tally_release(&bench->notes);
}

static void *take(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_nonnull(result.memory);
    ck_assert_uint_eq((uintptr_t)result.memory % alignment, 0);
    return result.memory;
}

START_TEST(blocks_are_aligned_disjoint_and_writable)
{
    struct bench bench;
    bench_init(&bench);
    unsigned char *blocks[100];
    for (size_t i = 0; i < 100; i++) {
        blocks[i] = take(bench.a, i + 1, (size_t)1 << (i % 9));
        memset(blocks[i], (int)i, i + 1);
    }
    for (size_t i = 0; i < 100; i++) {
        for (size_t k = 0; k <= i; k++) {
            if (blocks[i][k] != i) {
                ck_abort_msg("block %zu was overwritten at byte %zu", i, k);
            }
        }
        allocator_free(bench.a, blocks[i], i + 1, (size_t)1 << (i % 9));
    }
    bench_close(&bench, 0);
}
END_TEST

START_TEST(blocks_are_freed_in_any_order)
{
    struct bench bench;
    bench_init(&bench);
    void *blocks[7];
    for (size_t i = 0; i < 7; i++) {
        blocks[i] = take(bench.a, 10 + i, 1);
    }
    static const size_t order[] = {3, 0, 6, 1, 5, 4, 2};
    for (size_t i = 0; i < 7; i++) {
        allocator_free(bench.a, blocks[order[i]], 10 + order[i], 1);
        ck_assert_uint_eq(bench.gpa.live_count, 6 - i);
        ck_assert_uint_eq(bench.backing.live_blocks, 6 - i);
        ck_assert_uint_eq(bench.backing.live_bytes, bench.gpa.live_bytes);
    }
    ck_assert_uint_eq(bench.gpa.invalid_frees, 0);
    bench_close(&bench, 0);
}
END_TEST

START_TEST(resize_asks_the_backing_allocator)
{
    struct bench bench;
    bench_init(&bench);
    void *block = take(bench.a, 40, 4);
    ck_assert(allocator_resize(bench.a, block, 40, 4, 10));
    ck_assert_uint_eq(bench.gpa.live_bytes, 10);
    ck_assert(!allocator_resize(bench.a, block, 10, 4, 11));
    ck_assert_uint_eq(bench.gpa.live_bytes, 10);
    ck_assert_uint_eq(bench.backing.resize_calls, 2);
    allocator_free(bench.a, block, 10, 4);
    ck_assert_uint_eq(bench.gpa.invalid_frees, 0);
    bench_close(&bench, 0);
}
END_TEST

START_TEST(wrong_frees_and_resizes_are_counted_and_do_nothing)
{
    struct bench bench;
    bench_init(&bench);
    unsigned char *block = take(bench.a, 40, 4);
    allocator_free(bench.a, block, 39, 4);
    allocator_free(bench.a, block, 40, 8);
    allocator_free(bench.a, block + 1, 40, 4);
    allocator_free(bench.a, &bench, 40, 4);
    ck_assert(!allocator_resize(bench.a, block, 41, 4, 10));
    ck_assert(!allocator_resize(bench.a, block + 1, 40, 4, 10));
    ck_assert_uint_eq(bench.gpa.invalid_frees, 6);
    ck_assert_uint_eq(bench.gpa.live_count, 1);
    ck_assert_uint_eq(bench.backing.free_calls + bench.backing.resize_calls, 0);

    allocator_free(bench.a, block, 40, 4);
    allocator_free(bench.a, block, 40, 4);
    ck_assert_uint_eq(bench.gpa.invalid_frees, 7);
    ck_assert_uint_eq(bench.backing.free_calls, 1);
    bench_close(&bench, 0);
    ck_assert_uint_eq(bench.gpa.invalid_frees, 7);
    ck_assert_uint_eq(bench.gpa.allocations, 1);
}
END_TEST

struct leak_list {
    gpa_leak leaks[8];
    size_t count;
};

static void note_leak(const gpa_leak *leak, void *user)
{
    struct leak_list *list = user;
    ck_assert_uint_lt(list->count, 8);
    list->leaks[list->count++] = *leak;
}

START_TEST(leaks_are_counted_and_listed_oldest_first)
{
    struct bench bench;
    bench_init(&bench);
    void *first = take(bench.a, 10, 1);
    void *second = take(bench.a, 20, 2);
    void *third = take(bench.a, 30, 4);
    void *fourth = take(bench.a, 40, 8);
    allocator_free(bench.a, first, 10, 1);
    allocator_free(bench.a, third, 30, 4);
    take(bench.a, 50, 1);

    struct leak_list list = {0};
    ck_assert_uint_eq(gpa_leaks(&bench.gpa, note_leak, &list), 3);
    ck_assert_uint_eq(list.count, 3);
    ck_assert_ptr_eq(list.leaks[0].memory, second);
    ck_assert_uint_eq(list.leaks[0].len, 20);
    ck_assert_uint_eq(list.leaks[0].alignment, 2);
    ck_assert_uint_eq(list.leaks[0].number, 2);
    ck_assert_ptr_eq(list.leaks[1].memory, fourth);
    ck_assert_uint_eq(list.leaks[1].number, 4);
    ck_assert_uint_eq(list.leaks[2].number, 5);
    ck_assert_uint_eq(gpa_leaks(&bench.gpa, NULL, NULL), 3);
    bench_close(&bench, 3);
}
END_TEST

START_TEST(without_a_leak_the_list_is_empty)
{
    struct bench bench;
    bench_init(&bench);
    struct leak_list list = {0};
    ck_assert_uint_eq(gpa_leaks(&bench.gpa, note_leak, &list), 0);
    allocator_free(bench.a, take(bench.a, 10, 1), 10, 1);
    ck_assert_uint_eq(gpa_leaks(&bench.gpa, note_leak, &list), 0);
    ck_assert_uint_eq(list.count, 0);
    bench_close(&bench, 0);
}
END_TEST

START_TEST(refusals_change_nothing)
{
    for (int which = 0; which < 2; which++) {
        for (size_t granted = 0; granted < 4; granted++) {
            struct bench bench;
            bench_init(&bench);
            struct tally *poor = which == 0 ? &bench.backing : &bench.notes;
            poor->granted = granted;
            for (size_t i = 0; i < 6; i++) {
                const alloc_result result = allocator_alloc(bench.a, 1, 50, 4);
                ck_assert((result.error == ALLOC_OK) == (i < granted));
                ck_assert((result.memory != NULL) == (i < granted));
            }
            ck_assert_uint_eq(bench.gpa.live_count, granted);
            ck_assert_uint_eq(bench.gpa.allocations, granted);
            ck_assert_uint_eq(bench.backing.live_blocks, granted);
            ck_assert_uint_eq(bench.notes.live_blocks, granted);
            poor->granted = SIZE_MAX;
            take(bench.a, 50, 4);
            bench_close(&bench, granted + 1);
        }
    }
}
END_TEST

/* The blocks' pages fault at the first access: whoever can write to them cannot
 * mislead the GPA, because it never looks. */
START_TEST(memory_that_is_handed_out_is_never_touched)
{
    struct bench bench;
    bench_init(&bench);
    bench.backing.inaccessible = true;
    void *blocks[50];
    for (size_t i = 0; i < 50; i++) {
        blocks[i] = take(bench.a, 100 + i, 16);
    }
    for (size_t i = 0; i < 50; i += 2) {
        ck_assert(allocator_resize(bench.a, blocks[i], 100 + i, 16, 50));
        allocator_free(bench.a, blocks[i], 50, 16);
    }
    ck_assert_uint_eq(gpa_leaks(&bench.gpa, NULL, NULL), 25);
    bench_close(&bench, 25);
}
END_TEST

START_TEST(one_allocator_may_serve_blocks_and_notes)
{
    struct tally both;
    tally_init(&both);
    gpa shared;
    gpa_init(&shared, tally_allocator(&both), tally_allocator(&both));
    void *block = take(gpa_allocator(&shared), 10, 1);
    ck_assert_uint_eq(both.live_blocks, 2);
    allocator_free(gpa_allocator(&shared), block, 10, 1);
    ck_assert_uint_eq(gpa_deinit(&shared), 0);
    ck_assert_uint_eq(both.live_blocks, 0);
    ck_assert_uint_eq(both.wrong_calls, 0);
    tally_release(&both);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &blocks_are_aligned_disjoint_and_writable,
        &blocks_are_freed_in_any_order,
        &resize_asks_the_backing_allocator,
        &wrong_frees_and_resizes_are_counted_and_do_nothing,
        &leaks_are_counted_and_listed_oldest_first,
        &without_a_leak_the_list_is_empty,
        &refusals_change_nothing,
        &memory_that_is_handed_out_is_never_touched,
        &one_allocator_may_serve_blocks_and_notes,
    };
    return run_tests("gpa", tests, sizeof(tests) / sizeof(tests[0]));
}
