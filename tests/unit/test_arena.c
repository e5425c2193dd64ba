/* The arena: what its header promises, with a backing allocator that counts. */
#include "arena.h"
#include "fba.h"
#include "run_tests.h"
#include "tally.h"

#include <stdalign.h>
#include <string.h>

/* An arena, and the two allocators it stands on. */
struct bench {
    struct tally backing;
    struct tally notes;
    arena arena;
    allocator a;
};

static void bench_init(struct bench *bench)
{
    tally_init(&bench->backing);
    tally_init(&bench->notes);
    arena_init(&bench->arena, tally_allocator(&bench->backing),
               tally_allocator(&bench->notes));
    bench->a = arena_allocator(&bench->arena);
}

/* Nothing is left in either allocator, and no block came back wrongly. */
static void expect_nothing_left(struct bench *bench)
{
    ck_assert_uint_eq(bench->backing.live_blocks, 0);
    ck_assert_uint_eq(bench->notes.live_blocks, 0);
    ck_assert_uint_eq(bench->backing.wrong_calls, 0);
    ck_assert_uint_eq(bench->notes.wrong_calls, 0);
}

static void bench_close(struct bench *bench)
{
    arena_deinit(&bench->arena);
    expect_nothing_left(bench);
    tally_release(&bench->backing);
    tally_release(&bench->notes);
}

static unsigned char *take(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_nonnull(result.memory);
    ck_assert_uint_eq((uintptr_t)result.memory % alignment, 0);
    return result.memory;
}

static void expect_out_of_memory(allocator a, size_t len, size_t alignment)
{
    const alloc_result result = allocator_alloc(a, 1, len, alignment);
    ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
    ck_assert_ptr_null(result.memory);
}

START_TEST(new_arena_has_no_chunk)
{
    struct bench bench;
    bench_init(&bench);
    ck_assert_uint_eq(arena_capacity(&bench.arena), 0);
    ck_assert_uint_eq(bench.backing.alloc_calls, 0);
    bench_close(&bench);
}
END_TEST

START_TEST(blocks_are_aligned_disjoint_and_writable)
{
    struct bench bench;
    bench_init(&bench);
    unsigned char *blocks[200];
    for (size_t i = 0; i < 200; i++) {
        blocks[i] = take(bench.a, i + 1, (size_t)1 << (i % 9));
        memset(blocks[i], (int)i, i + 1);
    }
    for (size_t i = 0; i < 200; i++) {
        for (size_t k = 0; k <= i; k++) {
            if (blocks[i][k] != i) {
                ck_abort_msg("block %zu was overwritten at byte %zu", i, k);
            }
        }
    }
    bench_close(&bench);
}
END_TEST

START_TEST(many_blocks_share_few_chunks)
{
    struct bench bench;
    bench_init(&bench);
    for (int i = 0; i < 10000; i++) {
        take(bench.a, 16, 8);
    }
    ck_assert_uint_ge(arena_capacity(&bench.arena), 160000);
    ck_assert_uint_eq(arena_capacity(&bench.arena), bench.backing.live_bytes);
    ck_assert_uint_le(bench.backing.alloc_calls, 25);
    ck_assert_uint_eq(bench.notes.live_blocks, bench.backing.live_blocks);
    bench_close(&bench);
}
END_TEST

START_TEST(a_chunk_is_used_to_its_last_byte)
{
    struct bench bench;
    bench_init(&bench);
    const unsigned char *first = take(bench.a, 1, 1);
    const size_t rest = arena_capacity(&bench.arena) - 1;
    ck_assert_ptr_eq(take(bench.a, rest, 1), first + 1);
    ck_assert_uint_eq(bench.backing.alloc_calls, 1);
    bench_close(&bench);
}
END_TEST

START_TEST(free_takes_back_the_newest_block_and_no_other)
{
    struct bench bench;
    bench_init(&bench);
    unsigned char *first = take(bench.a, 8, 8);
    unsigned char *second = take(bench.a, 8, 8);
    allocator_free(bench.a, first, 8, 8);
    unsigned char *third = take(bench.a, 8, 8);
    ck_assert_ptr_eq(third, second + 8);
    allocator_free(bench.a, third, 8, 8);
    ck_assert_ptr_eq(take(bench.a, 8, 8), third);
    ck_assert_uint_eq(bench.backing.free_calls, 0);
    bench_close(&bench);
}
END_TEST

START_TEST(the_newest_block_grows_and_shrinks_within_its_chunk)
{
    struct bench bench;
    bench_init(&bench);
    unsigned char *first = take(bench.a, 8, 1);
    unsigned char *newest = take(bench.a, 8, 1);
    const size_t room = arena_capacity(&bench.arena) - 8;
    ck_assert(!allocator_resize(bench.a, newest, 8, 1, room + 1));
    ck_assert(!allocator_resize(bench.a, newest, 8, 1, SIZE_MAX));
    ck_assert(allocator_resize(bench.a, newest, 8, 1, room));
    ck_assert(allocator_resize(bench.a, newest, room, 1, 3));
    ck_assert_ptr_eq(take(bench.a, 1, 1), newest + 3);
    ck_assert(!allocator_resize(bench.a, first, 8, 1, 9));
    ck_assert(allocator_resize(bench.a, first, 8, 1, 2));
    ck_assert_uint_eq(bench.backing.alloc_calls, 1);
    bench_close(&bench);
}
END_TEST

/* On an FBA chunks lie side by side: the last block of the old chunk ends where the
 * new chunk, unused, begins. */
START_TEST(a_block_before_an_unused_newest_chunk_is_not_the_newest)
{
    static alignas(64) unsigned char buffer[4096];
    struct tally notes;
    tally_init(&notes);
    fixed_buffer_allocator fba;
    fba_init(&fba, buffer, sizeof(buffer));
    arena scratch;
    arena_init(&scratch, fba_allocator(&fba), tally_allocator(&notes));
    const allocator a = arena_allocator(&scratch);

    unsigned char *last = take(a, 16, 1);
    const size_t chunk = arena_capacity(&scratch);
    ck_assert(allocator_resize(a, last, 16, 1, chunk));
    unsigned char *next = take(a, 16, 1);
    ck_assert_ptr_eq(next, last + chunk);
    allocator_free(a, next, 16, 1);

    ck_assert(!allocator_resize(a, last, chunk, 1, chunk + 1));
    allocator_free(a, last, chunk, 1);
    ck_assert_ptr_eq(take(a, 16, 1), next);
    arena_deinit(&scratch);
    ck_assert_uint_eq(notes.live_blocks, 0);
    tally_release(&notes);
}
END_TEST

START_TEST(reset_that_retains_needs_no_further_chunk)
{
    struct bench bench;
    bench_init(&bench);
    for (int i = 0; i < 500; i++) {
        take(bench.a, 24, 8);
    }
    const size_t before = arena_capacity(&bench.arena);
    ck_assert(arena_reset(&bench.arena, ARENA_RETAIN_CAPACITY));
    ck_assert_uint_ge(arena_capacity(&bench.arena), before);
    ck_assert_uint_eq(bench.backing.live_blocks, 1);
    ck_assert_uint_eq(bench.notes.live_blocks, 1);

    const size_t fetched = bench.backing.alloc_calls;
    for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 500; i++) {
            take(bench.a, 24, 8);
        }
        ck_assert(arena_reset(&bench.arena, ARENA_RETAIN_CAPACITY));
    }
    ck_assert_uint_eq(bench.backing.alloc_calls, fetched);
    bench_close(&bench);
}
END_TEST

START_TEST(reset_that_frees_all_keeps_nothing)
{
    struct bench bench;
    bench_init(&bench);
    for (int i = 0; i < 100; i++) {
        take(bench.a, 100, 4);
    }
    ck_assert(arena_reset(&bench.arena, ARENA_FREE_ALL));
    ck_assert_uint_eq(arena_capacity(&bench.arena), 0);
    expect_nothing_left(&bench);
    take(bench.a, 100, 4);
    bench_close(&bench);
}
END_TEST

START_TEST(reset_of_an_empty_arena_succeeds)
{
    struct bench bench;
    bench_init(&bench);
    ck_assert(arena_reset(&bench.arena, ARENA_RETAIN_CAPACITY));
    ck_assert(arena_reset(&bench.arena, ARENA_FREE_ALL));
    take(bench.a, 1, 1);
    bench_close(&bench);
}
END_TEST

START_TEST(reset_whose_chunk_is_refused_frees_everything)
{
    struct bench bench;
    bench_init(&bench);
    for (int i = 0; i < 100; i++) {
        take(bench.a, 100, 4);
    }
    bench.backing.granted = 0;
    ck_assert(!arena_reset(&bench.arena, ARENA_RETAIN_CAPACITY));
    ck_assert_uint_eq(arena_capacity(&bench.arena), 0);
    expect_nothing_left(&bench);
    bench.backing.granted = SIZE_MAX;
    take(bench.a, 100, 4);
    bench_close(&bench);
}
END_TEST

/* Each allocation is refused in turn, in either allocator: nothing leaks, blocks in
 * use stay, and the arena works once there is memory again. */
START_TEST(refusals_change_nothing)
{
    for (int which = 0; which < 2; which++) {
        for (size_t granted = 0; granted < 6; granted++) {
            struct bench bench;
            bench_init(&bench);
            struct tally *poor = which == 0 ? &bench.backing : &bench.notes;
            poor->granted = granted;
            size_t taken = 0;
            while (allocator_alloc(bench.a, 1, 50, 4).error == ALLOC_OK) {
                taken++;
            }
            ck_assert_uint_eq(bench.backing.live_blocks, granted);
            ck_assert_uint_eq(bench.notes.live_blocks, granted);
            ck_assert_uint_ge(taken, granted);
            poor->granted = SIZE_MAX;
            take(bench.a, 50, 4);
            ck_assert_uint_eq(bench.backing.live_blocks, granted + 1);
            bench_close(&bench);
        }
    }
}
END_TEST

START_TEST(lengths_and_alignments_do_not_wrap_around)
{
    struct bench bench;
    bench_init(&bench);
    take(bench.a, 10, 1);
    for (int shift = 0; shift < 64; shift++) {
        const size_t alignment = (size_t)1 << shift;
        for (size_t less = 0; less < 70; less += 5) {
            expect_out_of_memory(bench.a, SIZE_MAX - less, alignment);
            expect_out_of_memory(bench.a, SIZE_MAX - alignment + 1 - less, alignment);
        }
    }
    expect_out_of_memory(bench.a, 1, (size_t)1 << 63);
    ck_assert_uint_eq(bench.backing.live_blocks, 1);
    bench_close(&bench);
}
END_TEST

/* The blocks' pages fault at the first access: whoever can write to them cannot
 * mislead the arena, because it never looks. */
START_TEST(memory_that_is_handed_out_is_never_touched)
{
    struct bench bench;
    bench_init(&bench);
    bench.backing.inaccessible = true;
    for (size_t round = 0; round < 4; round++) {
        unsigned char *last = NULL;
        for (size_t i = 0; i < 60; i++) {
            last = take(bench.a, 3 * i + 100, (size_t)1 << (i % 7));
        }
        const size_t len = 3 * 59 + 100;
        ck_assert(allocator_resize(bench.a, last, len, 8, 10));
        allocator_free(bench.a, last, 10, 8);
        ck_assert(arena_reset(&bench.arena, ARENA_RETAIN_CAPACITY));
    }
    bench_close(&bench);
}
END_TEST

START_TEST(a_large_block_gets_a_chunk_that_holds_it)
{
    struct bench bench;
    bench_init(&bench);
    take(bench.a, 10, 1);
    unsigned char *large = take(bench.a, 100000, 64);
    memset(large, 1, 100000);
    ck_assert_uint_eq(bench.backing.alloc_calls, 2);
    bench_close(&bench);
}
END_TEST

START_TEST(deinit_leaves_an_arena_that_can_be_used_again)
{
    struct bench bench;
    bench_init(&bench);
    take(bench.a, 10, 1);
    arena_deinit(&bench.arena);
    expect_nothing_left(&bench);
    arena_deinit(&bench.arena);
    arena_init(&bench.arena, tally_allocator(&bench.backing),
               tally_allocator(&bench.notes));
    take(bench.a, 10, 1);
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &new_arena_has_no_chunk,
        &blocks_are_aligned_disjoint_and_writable,
        &many_blocks_share_few_chunks,
        &a_chunk_is_used_to_its_last_byte,
        &free_takes_back_the_newest_block_and_no_other,
        &the_newest_block_grows_and_shrinks_within_its_chunk,
        &a_block_before_an_unused_newest_chunk_is_not_the_newest,
        &reset_that_retains_needs_no_further_chunk,
        &reset_that_frees_all_keeps_nothing,
        &reset_of_an_empty_arena_succeeds,
        &reset_whose_chunk_is_refused_frees_everything,
        &refusals_change_nothing,
        &lengths_and_alignments_do_not_wrap_around,
        &memory_that_is_handed_out_is_never_touched,
        &a_large_block_gets_a_chunk_that_holds_it,
        &deinit_leaves_an_arena_that_can_be_used_again,
    };
    return run_tests("arena", tests, sizeof(tests) / sizeof(tests[0]));
}
