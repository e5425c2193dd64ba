#define SUITE "out_of_memory"
#include "suite.h"

/*
 * The answer when memory runs out, and what stays true afterwards. Every test gets a
 * block first. A request after a failure leaves 64 bytes of slack: what fits exactly is
 * the capacity suite's affair.
 */

TEST(too_long_for_the_buffer,
     .clause = "OOM-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "a request longer than the whole buffer is out of memory",
     .hint = "The answer is ALLOC_OUT_OF_MEMORY with memory NULL. Which comparison "
             "leads to it, and can a subtraction in that comparison go below 0?")
{
    struct under_test t = fba_of(256);
    expect_alloc(t.allocator, 64, 1);
    expect_refused(t.allocator, 1000, 1);
    /* A second, smaller capacity is not added to the first. That fba_init can be
     * called again at all is the capacity suite's affair: without it, this does not fit
     * too. */
    fba_init(t.fba, t.buffer, 128);
    expect_refused(fba_allocator(t.fba), 300, 1);
}

TEST(one_byte_too_many,
     .clause = "OOM-1",
     .points = 1,
     .title = "a request for one byte more than the whole buffer is out of memory",
     .hint = "64 bytes hold a block of 64 bytes, and not one of 65.")
{
    struct under_test t = fba_of(64);
    expect_refused(t.allocator, 65, 1);
    expect_alloc(t.allocator, 32, 1);
}

TEST(refused_requests_carry_null,
     .clause = "OOM-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "a request that fails carries a NULL pointer",
     .hint = "The result has two members. What does `memory` hold when `error` is "
             "ALLOC_OUT_OF_MEMORY?")
{
    struct under_test t = fba_of(256);
    expect_alloc(t.allocator, 64, 1);
    expect_refused_with_null(t.allocator, 1000, 1);
}

TEST(every_refusal_carries_null,
     .clause = "OOM-1",
     .points = 1,
     .title = "whatever the reason a request fails for, it carries a NULL pointer",
     .hint = "If several places in your code refuse a request, all of them answer "
             "the same way.")
{
    struct under_test t = fba_over(buffer_misaligned(256, 16), 256);
    expect_alloc(t.allocator, 64, 1);
    expect_refused_with_null(t.allocator, 250, 1);
    expect_refused_with_null(t.allocator, SIZE_MAX, 1);
    expect_refused_with_null(t.allocator, 1000, 4096);
}

TEST(a_buffer_runs_full,
     .clause = "OOM-1",
     .points = 1,
     .title = "a buffer that is filled block by block is full at some point",
     .hint = "A buffer never grows, and it does not start over by itself.")
{
    struct under_test t = fba_over(buffer_misaligned(512, 64), 512);
    int granted = 0;
    while (granted < 48 && allocator_alloc(t.allocator, 1, 16, 1).error == ALLOC_OK) {
        granted++;
    }
    expect_refused(t.allocator, 16, 1);
    /* With nothing left, nothing can be taken off for padding either. */
    expect_refused_or_misaligned(t.allocator, 16, 1024);
}

TEST(the_last_block_does_not_stick_out,
     .clause = "OOM-1",
     .points = 1,
     .title = "blocks of 3 bytes stop before the end of a buffer of 62 bytes",
     .hint = "After 20 blocks 2 bytes are left. Which comparison lets another one "
             "in?")
{
    struct under_test t = fba_of(62);
    int granted = 0;
    while (granted < 40 && allocator_alloc(t.allocator, 1, 3, 1).error == ALLOC_OK) {
        granted++;
    }
    expect_refused(t.allocator, 3, 1);
}

TEST(an_empty_buffer_is_full,
     .clause = "CAP-6",
     .points = 1,
     .title = "an FBA over an empty buffer refuses every request",
     .hint = "Does a subtraction from a capacity of 0 go below 0? Is 0 given another "
             "meaning?")
{
    struct under_test empty = fba_over(buffer_with_margins(64), 0);
    expect_refused(empty.allocator, 16, 1);
    expect_refused(empty.allocator, 1, 1);
    struct under_test t = fba_of(256);
    expect_alloc(t.allocator, 128, 1);
    /* A struct that had a larger buffer before, if fba_init can be called again at all:
     * that is the capacity suite's affair. */
    fba_init(t.fba, buffer_with_margins(1024), 1024);
    allocator larger = fba_allocator(t.fba);
    if (allocator_alloc(larger, 1, 960, 1).error == ALLOC_OK) {
        fba_init(t.fba, t.buffer, 0);
        expect_refused(fba_allocator(t.fba), 16, 1);
    }
}

TEST(a_failure_takes_nothing,
     .clause = "OOM-2",
     .points = 1,
     .title = "after a request that failed, the rest of the buffer can still be used",
     .hint = "Do you move the end of what is used before you know whether the block "
             "fits?")
{
    struct under_test t = fba_of(4096);
    expect_alloc(t.allocator, 64, 1);
    expect_refused(t.allocator, 5000, 1);
    expect_refused(t.allocator, 4064, 1);
    expect_alloc(t.allocator, 3968, 1);
}

TEST(a_failure_takes_no_padding,
     .clause = "OOM-2",
     .points = 1,
     .title = "a request that fails takes no padding",
     .hint = "Is the padding added to what is used before the length is checked?")
{
    struct under_test t = fba_of(4096);
    expect_alloc(t.allocator, 64, 1);
    expect_refused(t.allocator, 5000, 2048);
    expect_alloc(t.allocator, 3968, 1);
}

TEST(a_failure_frees_nothing,
     .clause = "OOM-2",
     .points = 1,
     .title = "blocks in use stay in use when a request fails",
     .hint = "A full buffer is not reset and not wrapped around: only its owner "
             "decides that.")
{
    struct under_test t = fba_of(1024);
    unsigned char *a = expect_alloc(t.allocator, 256, 1);
    unsigned char *b = expect_alloc(t.allocator, 256, 1);
    expect_refused(t.allocator, 768, 1);
    unsigned char *c = expect_alloc(t.allocator, 256, 1);
    expect_apart(a, 256, c, 256);
    expect_apart(b, 256, c, 256);
}

TEST(largest_length,
     .clause = "OOM-3",
     .points = 1,
     .title = "a request for SIZE_MAX bytes is refused, before and after a block",
     .hint = "used + SIZE_MAX is a small number, and (int)SIZE_MAX is -1. Compare "
             "without adding to a length that may be anything.")
{
    struct under_test t = fba_of(256);
    expect_refused(t.allocator, SIZE_MAX, 1);
    expect_alloc(t.allocator, 128, 1);
    expect_refused(t.allocator, SIZE_MAX, 1);
}

TEST(lengths_that_wrap_with_used,
     .clause = "OOM-3",
     .points = 1,
     .title = "no length near SIZE_MAX is granted, whatever is in use",
     .hint = "Look for a sum of a length and something else: it may be smaller than "
             "either.")
{
    struct under_test t = fba_of(1024);
    for (size_t used = 128; used <= 768; used += 128) {
        expect_alloc(t.allocator, 128, 1);
        expect_refused(t.allocator, SIZE_MAX - used + 1, 1);
        expect_refused(t.allocator, SIZE_MAX - used + 17, 1);
        expect_refused(t.allocator, SIZE_MAX - used / 2, 1);
    }
}

TEST(lengths_that_wrap_the_address,
     .clause = "OOM-3",
     .points = 1,
     .title = "a length that takes the address past its largest value is refused",
     .hint = "A pointer plus a length can wrap around as an index plus a length can. "
             "Subtract what is known instead.")
{
    struct under_test t = fba_of(1024);
    unsigned char *a = expect_alloc(t.allocator, 128, 1);
    const size_t to_the_top = SIZE_MAX - (uintptr_t)a;
    expect_refused(t.allocator, to_the_top, 1);
    expect_refused(t.allocator, to_the_top - 64, 1);
    expect_refused(t.allocator, to_the_top + (uintptr_t)t.buffer - 64, 1);
}

TEST(lengths_beyond_32_bits,
     .clause = "OOM-3",
     .points = 1,
     .title = "lengths of 2^31, 2^32 and 2^63 and a little more are refused",
     .hint = "Lengths are size_t. Does one become an int, an unsigned or a signed "
             "number on its way?")
{
    struct under_test t = fba_of(1024);
    expect_alloc(t.allocator, 128, 1);
    expect_refused(t.allocator, ((size_t)1 << 31) + 16, 1);
    expect_refused(t.allocator, ((size_t)1 << 32) + 16, 1);
    expect_refused(t.allocator, ((size_t)1 << 63) + 16, 1);
}

TEST(padding_beyond_what_is_left,
     .clause = "OOM-4",
     .points = 1,
     .title = "a request whose padding alone is more than what is left is refused",
     .hint = "Subtracting the padding from what is left is safe only once you know "
             "that it is not larger.")
{
    /* The byte after next behind the buffer is at a multiple of 512. */
    struct under_test t = fba_over(buffer_misaligned(447, 64), 447);
    expect_alloc(t.allocator, 256, 1);
    expect_refused_or_misaligned(t.allocator, 16, 512);
    expect_refused_or_misaligned(t.allocator, 16, 4096);
    expect_refused_or_misaligned(t.allocator, 128, 65536);
}

TEST(padding_leaves_too_little,
     .clause = "OOM-4",
     .points = 1,
     .title = "a request that fits without its padding, but not with it, is refused",
     .hint = "What has to fit is the padding and the length together.")
{
    struct under_test t = fba_over(buffer_misaligned(512, 64), 512);
    expect_alloc(t.allocator, 64, 1);
    expect_refused_or_misaligned(t.allocator, 192, 512);
}

/* Whether a block is aligned where neither the buffer's offset nor the lower 16 bits of
 * its address tell how: all else is the alignment suite's affair. */
static bool heeds_alignments(void)
{
    struct under_test t = fba_over(buffer_misaligned(131072, 65536 + 64), 131072);
    const alloc_result result = allocator_alloc(t.allocator, 1, 16, 131072);

    return result.error == ALLOC_OK && (uintptr_t)result.memory % 131072 == 0;
}

TEST(huge_alignments,
     .clause = "OOM-4",
     .points = 1,
     .title = "alignments up to 2^63 are answered, and refused where no address fits",
     .hint = "With such an alignment, address + alignment - 1 can wrap around, and "
             "so can a conversion to a signed number.")
{
    /* The lower half of this address is 0: padding cut to 32 bits is 0 too. */
    unsigned char *low = buffer_starting_at_guard(512);
    struct under_test t = fba_over(buffer_misaligned(512, 64), 512);
    expect_alloc(t.allocator, 64, 1);
    /* The largest first: then a search for the address, byte by byte, always shows. */
    for (unsigned power = 63; power >= 19; power -= 4) {
        expect_refused_or_misaligned(t.allocator, 64, (size_t)1 << power);
    }
    if (heeds_alignments()) {
        struct under_test empty = fba_over(low, 512);
        for (unsigned power = 46; power < 64; power++) {
            expect_refused(empty.allocator, 64, (size_t)1 << power);
        }
    }
}

TEST(padding_plus_length_wraps,
     .clause = "OOM-4",
     .points = 1,
     .title = "a length is refused although its sum with the padding wraps around",
     .hint = "Padding plus length can be a small number when both are large. Check "
             "one, subtract it, then check the other.")
{
    struct under_test t = fba_over(buffer_misaligned(1024, 64), 1024);
    unsigned char *a = expect_alloc(t.allocator, 64, 1);
    const size_t end = (uintptr_t)a + 64;
    /* The paddings that alignments of 1024 and 2^63 need where the block ends. */
    const size_t near = 1024 - end % 1024;
    const size_t far = ((size_t)1 << 63) - end;
    expect_refused(t.allocator, SIZE_MAX - near + 1 + 16, 1024);
    expect_refused(t.allocator, SIZE_MAX - far + 1 + 16, (size_t)1 << 63);
    expect_refused(t.allocator, SIZE_MAX - 16, (size_t)1 << 63);
}

TEST(works_after_a_failure,
     .clause = "OOM-5",
     .points = 1,
     .visibility = VISIBLE,
     .title = "a request that fits succeeds after one that failed",
     .hint = "Failing is an answer to one request. Is it remembered anywhere?")
{
    struct under_test t = fba_of(256);
    expect_alloc(t.allocator, 64, 1);
    expect_refused(t.allocator, 1000, 1);
    expect_alloc(t.allocator, 64, 1);
}

TEST(random_requests_that_do_not_fit,
     .clause = "OOM-5",
     .points = 1,
     .title = "between random requests that do not fit, those that fit succeed",
     .hint = "However often a request failed before, and whatever it asked for, only "
             "what is left counts.")
{
    const struct sequence_mix mix = {
        .operations = 200,
        .fbas = 1,
        .rounds = 5,
        .offset_least = 32768,
        .offset_most = 36864,
        .offset_unit = 64,
        .capacity_least = 800,
        .capacity_most = 2000,
        .len_least = 16,
        .len_most = 160,
        .len_unit = 16,
        .slack = 64,
        .slack_per_block = 16,
        .has_huge_alignments = true,
        .shares = {.refusals = 70},
    };
    const struct tolerance tolerance = {
        .any_place = true, .is_misaligned = true, .any_bytes = true};
    expect_as_promised(&mix, &tolerance, 44);
}
