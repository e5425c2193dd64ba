#define SUITE "reset"
#include "suite.h"

/*
 * One buffer, round after round. All requests have alignment 1, except where a test is
 * about what the first round's alignment leaves behind; no round fills the buffer. Only
 * the tests of RES-4 keep using an allocator from before the reset.
 */

TEST(everything_fits_again,
     .clause = "RES-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "after a reset, what fitted before fits again",
     .hint = "How does fba_reset tell that nothing is in use any more?")
{
    struct under_test t = fba_of(256);
    expect_alloc(t.allocator, 160, 1);
    reset_and_renew(&t);
    expect_alloc(t.allocator, 160, 1);
}

TEST(many_blocks_fit_again,
     .clause = "RES-1",
     .points = 1,
     .title = "after a reset, as many blocks as before fit again",
     .hint = "A reset takes back every block, not only the last one.")
{
    struct under_test t = fba_of(1024);
    for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 10; i++) {
            expect_alloc(t.allocator, 80, 1);
        }
        reset_and_renew(&t);
    }
}

TEST(a_longer_block_fits_after_short_ones,
     .clause = "RES-1",
     .points = 1,
     .title = "after a reset, one long block fits where short ones were",
     .hint = "After a reset nothing is left of the blocks before it: the buffer is "
             "one piece again.")
{
    struct under_test t = fba_of(1024);
    for (int i = 0; i < 5; i++) {
        expect_alloc(t.allocator, 128, 1);
    }
    reset_and_renew(&t);
    unsigned char *block = expect_alloc(t.allocator, 896, 1);
    expect_inside(block, 896, t.buffer, t.capacity);
}

TEST(padding_is_given_back,
     .clause = "RES-1",
     .points = 1,
     .title = "after a reset, the bytes that were padding can be used again",
     .hint = "Reset goes back to the start of the buffer, not to the start of the "
             "first block.")
{
    struct under_test t = fba_over(buffer_misaligned(512, 64), 512);
    (void)allocator_alloc(t.allocator, 1, 64, 256);
    reset_and_renew(&t);
    expect_alloc(t.allocator, 448, 1);
}

TEST(first_block_is_at_the_same_place,
     .clause = "RES-2",
     .points = 1,
     .visibility = VISIBLE,
     .title = "after a reset, the first block is where the first block was",
     .hint = "After fba_reset the FBA is in the state that fba_init leaves.")
{
    struct under_test t = fba_of(256);
    unsigned char *before = expect_alloc(t.allocator, 32, 1);
    expect_alloc(t.allocator, 32, 1);
    reset_and_renew(&t);
    unsigned char *after = expect_alloc(t.allocator, 32, 1);
    expect_at_offset(after, before, 0, "the first block after fba_init was elsewhere");
}

TEST(same_place_in_a_misaligned_buffer,
     .clause = "RES-2",
     .points = 1,
     .title = "after a reset, the first block of a misaligned buffer is where it was",
     .hint = "The address of the buffer has not changed, so neither has the padding.")
{
    struct under_test t = fba_over(buffer_misaligned(512, 3), 512);
    unsigned char *before = expect_alloc(t.allocator, 32, 4);
    expect_alloc(t.allocator, 64, 1);
    reset_and_renew(&t);
    unsigned char *after = expect_alloc(t.allocator, 32, 4);
    expect_at_offset(after, before, 0, "the first block after fba_init was elsewhere");
}

TEST(a_round_repeats_exactly,
     .clause = "RES-2",
     .points = 1,
     .title = "the same requests after a reset get the same blocks",
     .hint = "A reset forgets everything about the round before, alignments "
             "included.")
{
    static const size_t alignments[] = {2, 1, 4, 1, 4, 2};
    enum {
        COUNT = sizeof(alignments) / sizeof(alignments[0])
    };
    struct under_test t = fba_over(buffer_misaligned(2048, 5), 2048);
    unsigned char *before[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        before[i] = expect_alloc(t.allocator, 48, alignments[i]);
    }
    reset_and_renew(&t);
    for (size_t i = 0; i < COUNT; i++) {
        unsigned char *after = expect_alloc(t.allocator, 48, alignments[i]);
        expect_at_offset(after, before[i], 0,
                         "the same request was answered elsewhere");
    }
}

TEST(blocks_keep_their_bytes,
     .clause = "RES-3",
     .points = 1,
     .title = "a reset changes no byte of the blocks",
     .hint = "Taking the blocks back is a matter of the struct alone.")
{
    struct under_test t = fba_of(1024);
    unsigned char *a = expect_alloc(t.allocator, 256, 1);
    unsigned char *b = expect_alloc(t.allocator, 256, 1);
    /* Not to their ends: blocks that share a byte are the capacity suite's affair. */
    fill_pattern(a, 240, 1);
    fill_pattern(b, 240, 2);
    reset_and_renew(&t);
    expect_pattern(a, 240, 1, "the first block");
    expect_pattern(b, 240, 2, "the second block");
}

TEST(the_whole_buffer_keeps_its_bytes,
     .clause = "RES-3",
     .points = 1,
     .title = "a reset changes no byte of the buffer, used or not",
     .hint = "Clearing the buffer is the caller's decision.")
{
    struct under_test t = fba_of(4096);
    expect_alloc(t.allocator, 1024, 1);
    fill_pattern(t.buffer, t.capacity, 3);
    reset_and_renew(&t);
    reset_and_renew(&t);
    expect_pattern(t.buffer, t.capacity, 3, "the buffer");
}

TEST(old_handles_stay_valid,
     .clause = "RES-4",
     .points = 1,
     .visibility = VISIBLE,
     .title = "an allocator obtained before a reset works after it",
     .hint = "What the handle points to is the same struct before and after.")
{
    struct under_test t = fba_of(512);
    allocator second = fba_allocator(t.fba);
    expect_alloc(t.allocator, 384, 1);
    fba_reset(t.fba);
    unsigned char *a = expect_alloc(second, 160, 1);
    unsigned char *b = expect_alloc(t.allocator, 160, 1);
    expect_apart(a, 160, b, 160);
}

TEST(old_and_new_handles_agree,
     .clause = "RES-4",
     .points = 1,
     .title = "handles from before and after a reset hand out different bytes",
     .hint = "Both handles stand for one FBA, and a reset does not make it another "
             "one.")
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 160, 1);
    fba_reset(t.fba);
    allocator new_handle = fba_allocator(t.fba);
    unsigned char *a = expect_alloc(t.allocator, 96, 1);
    unsigned char *b = expect_alloc(new_handle, 96, 1);
    unsigned char *c = expect_alloc(t.allocator, 96, 1);
    expect_apart(a, 96, b, 96);
    expect_apart(b, 96, c, 96);
    expect_apart(a, 96, c, 96);
}

TEST(reset_of_an_unused_fba,
     .clause = "RES-5",
     .points = 1,
     .title = "a reset before the first request changes nothing",
     .hint = "Does fba_reset assume that there is a block?")
{
    struct under_test t = fba_of(512);
    reset_and_renew(&t);
    unsigned char *a = expect_alloc(t.allocator, 192, 1);
    unsigned char *b = expect_alloc(t.allocator, 192, 1);
    expect_apart(a, 192, b, 192);
    /* Unused again, in a struct that remembers blocks if fba_init left anything. */
    fba_init(t.fba, t.buffer, t.capacity);
    reset_and_renew(&t);
    unsigned char *c = expect_alloc(t.allocator, 192, 1);
    expect_at_offset(c, a, 0, "the first block was elsewhere before");
}

TEST(reset_twice_in_a_row,
     .clause = "RES-5",
     .points = 1,
     .title = "a second reset right after the first changes nothing",
     .hint = "A reset sets a state; it does not take something away each time.")
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 384, 1);
    reset_and_renew(&t);
    reset_and_renew(&t);
    unsigned char *a = expect_alloc(t.allocator, 192, 1);
    unsigned char *b = expect_alloc(t.allocator, 192, 1);
    expect_apart(a, 192, b, 192);
}

TEST(a_nearly_full_buffer,
     .clause = "RES-5",
     .points = 1,
     .title = "a buffer that has no room for the next request can be reset",
     .hint = "A reset does not depend on how much is in use.")
{
    struct under_test t = fba_of(1024);
    for (int i = 0; i < 12; i++) {
        expect_alloc(t.allocator, 64, 1);
    }
    reset_and_renew(&t);
    unsigned char *a = expect_alloc(t.allocator, 768, 1);
    unsigned char *b = expect_alloc(t.allocator, 128, 1);
    expect_apart(a, 768, b, 128);
}

TEST(random_rounds,
     .clause = "RES-5",
     .points = 1,
     .title = "a buffer can be reset after random requests, round after round",
     .hint = "What is different in the second round, or the tenth? Nothing may add "
             "up from round to round.")
{
    const struct sequence_mix mix = {
        .operations = 200,
        .fbas = 1,
        .rounds = 1,
        .offset_least = 32768,
        .offset_most = 32768,
        .offset_unit = 32768,
        .capacity_least = 1024,
        .capacity_most = 1024,
        .len_least = 32,
        .len_most = 256,
        .len_unit = 16,
        .slack = 64,
        .slack_per_block = 16,
        .shares = {.resets = 10, .handles = 5},
    };
    const struct tolerance tolerance = {
        .any_place = true, .any_pointer = true, .any_bytes = true};
    expect_as_promised(&mix, &tolerance, 43);
}
