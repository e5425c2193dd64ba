/* sequence: what the contract says of each operation, and what is left of a sequence
 * when operations are taken out. */
#include "sequence.h"

#include "run_tests.h"
#include "sequence_mix.h"
#include "wire.h"

#include <stdbool.h>

enum {
    SEEDS = 300
};

static const struct sequence_mix everything = {
    .operations = 300,
    .fbas = 3,
    .rounds = 2,
    .offset_least = 4096,
    .offset_most = 8192,
    .offset_unit = 1,
    .capacity_most = 900,
    .len_least = 1,
    .len_most = 90,
    .len_unit = 1,
    .alignment_most = 12,
    .has_huge_alignments = true,
    .shares = {14, 18, 3, 3, 3, 6, 14},
};

static void place(const struct sequence *sequence, uint64_t memories[SEQUENCE_MEMORIES])
{
    for (size_t i = 0; i < sequence->memory_count; i++) {
        memories[i] = WIRE_REGION_BASE + (sequence->fba_count + i) * WIRE_SLOT_STRIDE +
                      sequence->memories[i].offset;
    }
}

static void expect_possible(const struct sequence *sequence)
{
    struct sequence_expected expected[SEQUENCE_OPS];
    uint64_t memories[SEQUENCE_MEMORIES];

    place(sequence, memories);
    ck_assert_uint_eq(sequence_expect(sequence, memories, expected), sequence->count);
}

START_TEST(random_sequences_are_possible)
{
    for (uint64_t seed = 0; seed < SEEDS; seed++) {
        struct sequence sequence;
        sequence_random(&sequence, &everything, seed);
        ck_assert_uint_ge(sequence.count, everything.operations);
        expect_possible(&sequence);
    }
}
END_TEST

/* Field by field: a struct has padding, which is nobody's. */
static bool is_same_op(const struct sequence_op *one, const struct sequence_op *other)
{
    return one->kind == other->kind && one->fba == other->fba &&
           one->memory == other->memory && one->handle == other->handle &&
           one->block == other->block && one->len == other->len &&
           one->alignment == other->alignment;
}

static bool is_same_sequence(const struct sequence *one, const struct sequence *other)
{
    bool is_same = one->count == other->count;

    for (size_t i = 0; is_same && i < one->count; i++) {
        is_same = is_same_op(&one->ops[i], &other->ops[i]);
    }
    return is_same;
}

START_TEST(a_seed_makes_the_same_sequence_every_time)
{
    struct sequence once;
    struct sequence again;
    struct sequence other;

    sequence_random(&once, &everything, 7);
    sequence_random(&again, &everything, 7);
    sequence_random(&other, &everything, 8);
    ck_assert(is_same_sequence(&once, &again));
    ck_assert(!is_same_sequence(&once, &other));
}
END_TEST

START_TEST(what_is_left_of_a_sequence_is_possible)
{
    for (uint64_t seed = 0; seed < 40; seed++) {
        struct sequence sequence;
        sequence_random(&sequence, &everything, seed);
        for (size_t from = seed % 7; from + 5 < sequence.count; from += 11) {
            const size_t before = sequence.count;
            sequence_remove(&sequence, from, from + 5);
            ck_assert_uint_le(sequence.count, before - 5);
            expect_possible(&sequence);
        }
        sequence_tidy(&sequence);
        expect_possible(&sequence);
    }
}
END_TEST

/* fba_init, fba_allocator, two blocks, and the first one's free. */
static struct sequence small_sequence(void)
{
    struct sequence sequence = {
        .memories = {{4096, 64}}, .memory_count = 1, .fba_count = 1};

    sequence_add(&sequence, (struct sequence_op){.kind = SEQUENCE_INIT, .len = 64});
    sequence_add(&sequence, (struct sequence_op){.kind = SEQUENCE_HANDLE});
    sequence_add(&sequence,
                 (struct sequence_op){
                     .kind = SEQUENCE_ALLOC, .handle = 1, .len = 10, .alignment = 1});
    sequence_add(&sequence,
                 (struct sequence_op){
                     .kind = SEQUENCE_ALLOC, .handle = 1, .len = 20, .alignment = 16});
    sequence_add(&sequence,
                 (struct sequence_op){.kind = SEQUENCE_FREE, .handle = 1, .block = 3});
    return sequence;
}

START_TEST(the_contract_says_what_is_left)
{
    struct sequence_expected expected[SEQUENCE_OPS];
    uint64_t memories[SEQUENCE_MEMORIES];
    const struct sequence sequence = small_sequence();

    place(&sequence, memories);
    ck_assert_uint_eq(sequence_expect(&sequence, memories, expected), 5);
    ck_assert_uint_eq(expected[0].left, 64);
    ck_assert_uint_eq(expected[2].memory, memories[0]);
    ck_assert_uint_eq(expected[3].memory, memories[0] + 16);
    ck_assert_uint_eq(expected[3].left, 28);
    ck_assert_uint_eq(expected[3].blocks, 2);
    ck_assert_uint_eq(expected[4].len, 20);
    ck_assert_uint_eq(expected[4].left, 48); /* the padding is not given back */
}
END_TEST

START_TEST(operations_that_need_a_removed_one_go_with_it)
{
    struct sequence sequence = small_sequence();

    sequence_remove(&sequence, 3, 4);
    ck_assert_uint_eq(sequence.count, 3);
    sequence = small_sequence();
    sequence_remove(&sequence, 2, 3);
    ck_assert_uint_eq(sequence.count, 4);
    ck_assert_uint_eq(sequence.ops[3].block, 2);
    sequence = small_sequence();
    sequence_remove(&sequence, 0, 1);
    ck_assert_uint_eq(sequence.count, 0);
}
END_TEST

START_TEST(a_block_is_freed_once)
{
    struct sequence sequence = small_sequence();
    struct sequence_expected expected[SEQUENCE_OPS];
    uint64_t memories[SEQUENCE_MEMORIES];

    sequence_add(&sequence, sequence.ops[4]);
    place(&sequence, memories);
    ck_assert_uint_eq(sequence_expect(&sequence, memories, expected), 5);
    sequence_tidy(&sequence);
    ck_assert_uint_eq(sequence.count, 5);
}
END_TEST

START_TEST(unused_fbas_and_buffers_are_dropped)
{
    struct sequence sequence;

    sequence_random(&sequence, &everything, 3);
    while (sequence.ops[0].fba == sequence.ops[sequence.count - 1].fba) {
        sequence_remove(&sequence, sequence.count - 1, sequence.count);
    }
    const size_t dropped = sequence.ops[0].fba;
    for (size_t i = sequence.count; i-- > 0;) {
        if (i < sequence.count && sequence.ops[i].fba == dropped) {
            sequence_remove(&sequence, i, i + 1);
        }
    }
    sequence_tidy(&sequence);
    ck_assert_uint_lt(sequence.fba_count, 6);
    for (size_t i = 0; i < sequence.count; i++) {
        ck_assert_uint_lt(sequence.ops[i].fba, sequence.fba_count);
    }
    expect_possible(&sequence);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &random_sequences_are_possible,
        &a_seed_makes_the_same_sequence_every_time,
        &what_is_left_of_a_sequence_is_possible,
        &the_contract_says_what_is_left,
        &operations_that_need_a_removed_one_go_with_it,
        &a_block_is_freed_once,
        &unused_fbas_and_buffers_are_dropped,
    };
    return run_tests("sequence", tests, sizeof tests / sizeof tests[0]);
}
