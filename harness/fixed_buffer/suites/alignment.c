#define SUITE "alignment"
#include "suite.h"

/*
 * Addresses, not offsets. Lengths are multiples of 16, paddings are at least 16 bytes
 * and alignments at least 32 wherever a test allows, so that rounded lengths or a
 * header before each block, which the capacity suite finds, do not show here.
 */

TEST(a_block_is_aligned,
     .clause = "ALI-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "a block for alignment 64 begins at a multiple of 64",
     .hint = "How many bytes are there from the end of what is used to the next "
             "multiple of the alignment?")
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 16, 1);
    expect_aligned(expect_alloc(t.allocator, 64, 64), 64);
}

TEST(every_alignment_up_to_a_page,
     .clause = "ALI-1",
     .points = 1,
     .title = "every alignment from 1 to 4096 is honoured",
     .hint = "Try the smallest alignment that fails by hand. Is the alignment "
             "limited, replaced, or used as if it were a power of ten?")
{
    struct under_test t = fba_of(24576);
    for (size_t alignment = 1; alignment <= 4096; alignment *= 2) {
        expect_alloc(t.allocator, 1, 1);
        expect_aligned(expect_alloc(t.allocator, 16, alignment), alignment);
    }
}

TEST(every_alignment_down_from_a_page,
     .clause = "ALI-1",
     .points = 1,
     .title = "alignments are honoured in falling order, from 4096 to 1",
     .hint = "Every request has an alignment of its own; nothing of the one before "
             "it stays.")
{
    struct under_test t = fba_of(24576);
    expect_alloc(t.allocator, 48, 1);
    for (size_t alignment = 4096; alignment >= 1; alignment /= 2) {
        expect_aligned(expect_alloc(t.allocator, 3, alignment), alignment);
    }
}

TEST(buffer_at_an_odd_address,
     .clause = "ALI-2",
     .points = 2,
     .visibility = VISIBLE,
     .title = "in a buffer that begins at an odd address a block is still aligned",
     .hint = "Which number do you align: the offset in the buffer, or the address?")
{
    struct under_test t = fba_over(buffer_misaligned(256, 1), 256);
    expect_aligned(expect_alloc(t.allocator, 32, 32), 32);
}

TEST(second_block_in_a_misaligned_buffer,
     .clause = "ALI-2",
     .points = 1,
     .title = "in a misaligned buffer the second block is aligned too",
     .hint = "Aligning the start of the buffer once is not enough: each block's "
             "address is buffer + used + padding.")
{
    struct under_test t = fba_over(buffer_misaligned(1024, 21), 1024);
    expect_alloc(t.allocator, 48, 1);
    expect_aligned(expect_alloc(t.allocator, 64, 64), 64);
    expect_alloc(t.allocator, 48, 1);
    expect_aligned(expect_alloc(t.allocator, 64, 128), 128);
}

TEST(buffers_at_many_addresses,
     .clause = "ALI-2",
     .points = 1,
     .title = "wherever the buffer begins, blocks are aligned",
     .hint = "The buffer may begin at any address; its first byte need not be "
             "aligned for anything.")
{
    static const size_t misalignments[] = {2, 4, 8, 15, 33, 100};
    for (size_t i = 0; i < sizeof(misalignments) / sizeof(misalignments[0]); i++) {
        struct under_test t = fba_over(buffer_misaligned(1024, misalignments[i]), 1024);
        expect_aligned(expect_alloc(t.allocator, 16, 64), 64);
        expect_aligned(expect_alloc(t.allocator, 16, 256), 256);
    }
}

TEST(first_aligned_address_is_used,
     .clause = "ALI-3",
     .points = 1,
     .visibility = VISIBLE,
     .title = "a block begins at the first aligned address there is",
     .hint = "16 bytes past a multiple of 64, the next multiple of 64 is 48 bytes "
             "away.")
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 16, 1);
    expect_alloc_at(t.allocator, 32, 64, t.buffer + 64);
    expect_alloc_at(t.allocator, 32, 128, t.buffer + 128);
}

TEST(aligned_already_needs_no_padding,
     .clause = "ALI-3",
     .points = 1,
     .title = "a place that is aligned already gets no padding",
     .hint = "What does your formula for the padding give when the address is a "
             "multiple of the alignment?")
{
    struct under_test t = fba_of(512);
    expect_alloc_at(t.allocator, 64, 64, t.buffer);
}

TEST(small_alignments_are_not_rounded_up,
     .clause = "ALI-3",
     .points = 1,
     .title = "alignments 2, 4 and 8 get only the padding they need",
     .hint = "A small alignment is a promise too: 4 means a multiple of 4, not of 8 "
             "or 16.")
{
    struct under_test t = fba_over(buffer_misaligned(256, 2), 256);
    unsigned char *a = expect_alloc_at(t.allocator, 16, 2, t.buffer);
    unsigned char *b = expect_alloc_at(t.allocator, 16, 4, a + 16 + 2);
    expect_alloc_at(t.allocator, 16, 8, b + 16 + 4);
}

TEST(padding_is_counted_once,
     .clause = "ALI-4",
     .points = 2,
     .title = "a block with padding uses its padding and its length, and no more",
     .hint = "Afterwards `used` is the end of the block: what was used, plus the "
             "padding, plus the length. Is the alignment itself added anywhere?")
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 16, 1);
    expect_alloc_at(t.allocator, 16, 64, t.buffer + 64);
    expect_alloc_at(t.allocator, 32, 32, t.buffer + 96);
}

TEST(blocks_with_padding_do_not_overlap,
     .clause = "ALI-4",
     .points = 1,
     .title = "a block after one with padding does not begin before that one's end",
     .hint = "The end of what is used moves by the padding too, not by the length "
             "alone.")
{
    struct under_test t = fba_of(2048);
    const unsigned char *end = expect_alloc(t.allocator, 16, 1);
    for (size_t alignment = 64; alignment <= 256; alignment *= 2) {
        for (int i = 0; i < 2; i++) {
            unsigned char *block = expect_alloc(t.allocator, 48, alignment);
            expect_not_before(block, end, "the block before it ends there");
            end = block + 48;
        }
    }
}

TEST(padding_plus_length_fits_exactly,
     .clause = "ALI-4",
     .points = 1,
     .title = "padding plus length that is exactly what is left succeeds",
     .hint = "Asking for room for the largest possible padding refuses requests that "
             "fit.")
{
    /* Whether an exact fit succeeds without padding is the capacity suite's affair: if
     * it does not, this buffer is larger than what is asked for. */
    struct under_test plain = fba_of(64);
    const bool is_exact = allocator_alloc(plain.allocator, 1, 64, 1).error == ALLOC_OK;
    struct under_test t = fba_of(is_exact ? 112 : 120);
    expect_alloc(t.allocator, 16, 1);
    expect_aligned(expect_alloc(t.allocator, 48, 64), 64);
}

TEST(sixteen_aligned_blocks_fit,
     .clause = "ALI-4",
     .points = 1,
     .title = "sixteen blocks of 48 bytes at alignment 64 take 64 bytes each",
     .hint = "Each block needs its 48 bytes, and 16 bytes of padding before the "
             "next. What does yours take?")
{
    struct under_test t = fba_of(1088);
    expect_alloc(t.allocator, 32, 1);
    for (int i = 0; i < 16; i++) {
        expect_aligned(expect_alloc(t.allocator, 48, 64), 64);
    }
}

TEST(alignment_larger_than_the_buffer,
     .clause = "ALI-5",
     .points = 1,
     .title = "an alignment larger than the buffer succeeds where an address fits",
     .hint = "What counts is whether an aligned address lies in the buffer, not how "
             "large the alignment is.")
{
    struct under_test t = fba_over(buffer_misaligned(128, 65536 - 32), 128);
    unsigned char *block = expect_alloc(t.allocator, 32, 65536);
    expect_aligned(block, 65536);
}

TEST(alignment_of_128_kibibytes,
     .clause = "ALI-5",
     .points = 1,
     .title = "an alignment of 131072 is honoured",
     .hint = "Alignments and addresses are size_t and uintptr_t. Do they go through "
             "a smaller type somewhere?")
{
    struct under_test t = fba_over(buffer_misaligned(131072, 65552), 131072);
    expect_aligned(expect_alloc(t.allocator, 32, 131072), 131072);
}

TEST(small_alignment_for_a_large_block,
     .clause = "ALI-5",
     .points = 1,
     .title = "a large block may have a small alignment",
     .hint = "The alignment is what was asked for, not what the length suggests.")
{
    struct under_test t = fba_of(1024);
    expect_alloc(t.allocator, 16, 1);
    expect_aligned(expect_alloc(t.allocator, 928, 32), 32);
}

TEST(alignments_beyond_a_page,
     .clause = "ALI-5",
     .points = 1,
     .title = "alignments of 8192 and 16384 are honoured",
     .hint = "There is no largest alignment. Is one written down somewhere, or "
             "squeezed into a smaller type?")
{
    struct under_test t = fba_of(32768);
    expect_alloc(t.allocator, 16, 1);
    expect_aligned(expect_alloc(t.allocator, 16, 8192), 8192);
    expect_aligned(expect_alloc(t.allocator, 16, 16384), 16384);
}

TEST(random_alignments_at_random_addresses,
     .clause = "ALI-3",
     .points = 1,
     .title = "in buffers at random addresses, blocks of random alignments are where "
              "they should be",
     .hint = "The padding depends on the address the block would otherwise begin at, "
             "and on nothing else. Follow the calls listed above by hand.")
{
    const struct sequence_mix mix = {
        .operations = 180,
        .fbas = 1,
        .rounds = SEQUENCE_FBAS,
        .offset_least = 4096,
        .offset_most = 8191,
        .offset_unit = 1,
        .capacity_least = 24000,
        .capacity_most = 32000,
        .len_least = 32,
        .len_most = 192,
        .len_unit = 32,
        .len_rest = 16, /* so that there is padding before the next block */
        .alignment_least = 5,
        .alignment_most = 12,
        .slack = 64,
    };
    const struct tolerance tolerance = {.any_pointer = true, .any_bytes = true};
    expect_as_promised(&mix, &tolerance, 42);
}
