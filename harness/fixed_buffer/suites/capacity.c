#define SUITE "capacity"
#include "suite.h"

/*
 * Every byte of the buffer, and not one more. All requests have alignment 1. Lengths
 * are multiples of 16, except where a test is about other lengths.
 */

TEST(whole_buffer_in_one_request,
     .clause = "CAP-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "a request for exactly the whole buffer succeeds",
     .hint = "Look at the comparison that decides whether a request fits: what does "
             "it say when the block would end exactly where the buffer ends?")
{
    struct under_test t = fba_over(buffer_ending_at_guard(64), 64);
    expect_alloc(t.allocator, 64, 1);
}

TEST(last_byte_can_be_used,
     .clause = "CAP-1",
     .points = 1,
     .title = "the last byte of the buffer can be handed out on its own",
     .hint = "With one byte left, a request for one byte fits.")
{
    struct under_test t = fba_of(65);
    expect_alloc(t.allocator, 64, 1);
    expect_alloc(t.allocator, 1, 1);
}

TEST(what_is_left_fits_exactly,
     .clause = "CAP-1",
     .points = 1,
     .title = "after several blocks, a request for exactly what is left succeeds",
     .hint = "What is left is the capacity minus what is used; a request as long as "
             "that fits.")
{
    struct under_test t = fba_over(buffer_ending_at_guard(4096), 4096);
    expect_alloc(t.allocator, 1024, 1);
    expect_alloc(t.allocator, 2048, 1);
    expect_alloc(t.allocator, 1024, 1);
}

TEST(buffer_of_one_byte,
     .clause = "CAP-1",
     .points = 1,
     .title = "a buffer of one byte holds a block of one byte",
     .hint = "Nothing in the contract asks for a smallest buffer. Does your code "
             "keep a byte for itself?")
{
    struct under_test t = fba_of(1);
    expect_alloc(t.allocator, 1, 1);
}

TEST(odd_capacity_is_usable_whole,
     .clause = "CAP-1",
     .points = 1,
     .title = "a buffer of 1021 bytes can be handed out whole",
     .hint = "Neither the capacity nor a length has to be a multiple of anything.")
{
    struct under_test t = fba_of(1021);
    expect_alloc(t.allocator, 1008, 1);
    expect_alloc(t.allocator, 13, 1);
}

TEST(blocks_lie_inside_the_buffer,
     .clause = "CAP-2",
     .points = 1,
     .visibility = VISIBLE,
     .title = "four blocks that fill a buffer all lie inside it",
     .hint = "A block begins where the used bytes end BEFORE the request. Do you "
             "keep that place before you move it?")
{
    struct under_test t = fba_over(buffer_starting_at_guard(256), 256);
    for (int i = 0; i < 4; i++) {
        unsigned char *block = expect_alloc(t.allocator, 64, 1);
        expect_inside(block, 64, t.buffer, t.capacity);
    }
}

TEST(two_blocks_do_not_overlap,
     .clause = "CAP-3",
     .points = 1,
     .visibility = VISIBLE,
     .title = "two blocks do not share a byte",
     .hint = "Every request that succeeds has to move the end of what is used.")
{
    struct under_test t = fba_of(256);
    unsigned char *a = expect_alloc(t.allocator, 96, 1);
    unsigned char *b = expect_alloc(t.allocator, 96, 1);
    expect_disjoint(a, 96, b, 96);
}

TEST(neighbours_keep_their_content,
     .clause = "CAP-3",
     .points = 1,
     .title = "filling one block leaves the content of all others as it was",
     .hint = "By how much does the end of what is used move? It is the block's "
             "length, whatever the length is.")
{
    struct under_test t = fba_of(4096);
    unsigned char *blocks[16];
    for (size_t i = 0; i < 16; i++) {
        blocks[i] = expect_alloc(t.allocator, 16 * (i + 1), 1);
    }
    for (size_t i = 0; i < 16; i++) {
        fill_pattern(blocks[i], 16 * (i + 1), (unsigned)i);
    }
    for (size_t i = 0; i < 16; i++) {
        expect_pattern(blocks[i], 16 * (i + 1), (unsigned)i, "a block in use");
    }
}

TEST(large_blocks_do_not_overlap,
     .clause = "CAP-3",
     .points = 1,
     .title = "blocks of more than 65535 bytes do not overlap",
     .hint = "Lengths are size_t. Do they go through a smaller type somewhere?")
{
    struct under_test t = fba_over(buffer_starting_at_guard(131104), 131104);
    unsigned char *a = expect_alloc(t.allocator, 65552, 1);
    unsigned char *b = expect_alloc(t.allocator, 65552, 1);
    expect_disjoint(a, 65552, b, 65552);
}

TEST(blocks_are_packed,
     .clause = "CAP-4",
     .points = 1,
     .title = "with alignment 1 a block begins right where the one before it ends",
     .hint = "No header, no gap: an FBA needs no bytes of the buffer for itself.")
{
    struct under_test t = fba_of(256);
    unsigned char *a = expect_alloc_at(t.allocator, 64, 1, t.buffer);
    unsigned char *b = expect_alloc_at(t.allocator, 32, 1, a + 64);
    expect_alloc_at(t.allocator, 64, 1, b + 32);
}

TEST(odd_lengths_leave_no_gap,
     .clause = "CAP-4",
     .points = 1,
     .title = "blocks of odd lengths are packed without a gap",
     .hint = "With alignment 1 nothing is rounded, neither a length nor an address.")
{
    static const size_t lengths[] = {1, 3, 7, 13, 31, 5, 63, 127};
    struct under_test t = fba_of(512);
    const unsigned char *end = t.buffer;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        end = expect_alloc_at(t.allocator, lengths[i], 1, end) + lengths[i];
    }
}

TEST(one_byte_at_a_time,
     .clause = "CAP-4",
     .points = 1,
     .title = "a buffer of 32 bytes holds 32 blocks of one byte",
     .hint = "A block of one byte uses one byte.")
{
    struct under_test t = fba_of(32);
    for (size_t i = 0; i < 32; i++) {
        expect_alloc_at(t.allocator, 1, 1, t.buffer + i);
    }
}

TEST(alloc_writes_nothing_into_the_buffer,
     .clause = "CAP-5",
     .points = 1,
     .title = "fba_init and allocating change no byte of the buffer",
     .hint = "Memory that is handed out is not cleared, and neither is padding "
             "marked: what you need to know belongs in the struct.")
{
    unsigned char *buffer = buffer_with_margins(4096);
    fill_pattern(buffer, 4096, 1);
    struct under_test t = fba_over(buffer, 4096);
    expect_alloc(t.allocator, 72, 1);
    /* With padding. Whether it is right is the alignment suite's affair. */
    (void)allocator_alloc(t.allocator, 1, 64, 128);
    (void)allocator_alloc(t.allocator, 1, 256, 32);
    expect_pattern(t.buffer, t.capacity, 1, "the buffer");
}

TEST(nothing_is_written_around_the_buffer,
     .clause = "CAP-5",
     .points = 1,
     .title = "fba_init and allocating change no byte beside the buffer",
     .hint = "The bytes before and after the buffer belong to somebody else. Does an "
             "index run one too far, or below 0?")
{
    struct under_test t = fba_of(1024);
    expect_alloc(t.allocator, 256, 1);
    expect_alloc(t.allocator, 512, 1);
    expect_nothing_written_around();
}

TEST(free_writes_nothing,
     .clause = "CAP-5",
     .points = 1,
     .title = "freeing a block changes no byte of the buffer",
     .hint = "A block that is given back keeps its bytes: nothing is cleared or "
             "marked.")
{
    struct under_test t = fba_of(1024);
    unsigned char *a = expect_alloc(t.allocator, 64, 1);
    unsigned char *b = expect_alloc(t.allocator, 64, 1);
    fill_pattern(t.buffer, t.capacity, 2);
    allocator_free(t.allocator, a, 64, 1);
    allocator_free(t.allocator, b, 64, 1);
    expect_pattern(t.buffer, t.capacity, 2, "the buffer");
}

TEST(capacity_of_zero,
     .clause = "CAP-6",
     .points = 1,
     .title = "fba_init takes a capacity of 0, and a larger one afterwards",
     .hint = "A capacity of 0 is an ordinary capacity: nothing is special about it "
             "in fba_init.")
{
    /* That an empty buffer refuses everything is checked in the out_of_memory suite. */
    struct under_test t = fba_over(buffer_with_margins(64), 0);
    fba_init(t.fba, t.buffer, 64);
    unsigned char *block = expect_alloc(fba_allocator(t.fba), 32, 1);
    expect_inside(block, 32, t.buffer, 64);
}

TEST(init_over_garbage,
     .clause = "CAP-7",
     .points = 1,
     .title = "fba_init works on a struct that holds garbage",
     .hint = "A struct on the stack is not zero. Does fba_init set every field?")
{
    fixed_buffer_allocator *fba = fba_uninitialised();
    unsigned char *buffer = buffer_with_margins(256);
    fba_init(fba, buffer, 256);
    unsigned char *a = expect_alloc(fba_allocator(fba), 64, 1);
    expect_inside(a, 64, buffer, 256);
    expect_alloc(fba_allocator(fba), 128, 1);
}

TEST(init_again_over_the_same_buffer,
     .clause = "CAP-7",
     .points = 1,
     .title = "after fba_init is called again, the whole buffer is free",
     .hint = "What does fba_init do about the bytes that were in use before?")
{
    struct under_test t = fba_of(256);
    unsigned char *before = expect_alloc(t.allocator, 160, 1);
    fba_init(t.fba, t.buffer, t.capacity);
    unsigned char *after = expect_alloc(fba_allocator(t.fba), 160, 1);
    expect_at_offset(after, before, 0, "it is the first one after fba_init, as before");
}

TEST(init_again_over_another_buffer,
     .clause = "CAP-7",
     .points = 1,
     .title = "after fba_init with another buffer, blocks come from that buffer",
     .hint = "fba_init has to replace everything it set before: the buffer, its "
             "capacity, and what is used.")
{
    struct under_test t = fba_of(256);
    expect_alloc(t.allocator, 64, 1);
    unsigned char *larger = buffer_with_margins(1024);
    fba_init(t.fba, larger, 1024);
    unsigned char *block = expect_alloc(fba_allocator(t.fba), 992, 1);
    expect_inside(block, 992, larger, 1024);
}

TEST(random_requests_fill_buffers,
     .clause = "CAP-4",
     .points = 1,
     .title = "random requests fill one buffer after another to the last byte",
     .hint = "Each block begins where the one before it ends, until nothing is left. "
             "Follow the calls listed above by hand.")
{
    const struct sequence_mix mix = {
        .operations = 200,
        .fbas = 1,
        .rounds = 1,
        .offset_least = 32768,
        .offset_most = 32768,
        .offset_unit = 32768,
        .capacity_least = 1,
        .capacity_most = 1500,
        .len_least = 1,
        .len_most = 90,
        .len_unit = 1,
        .shares = {.inits = 2},
    };
    const struct tolerance tolerance = {.any_pointer = true};
    expect_as_promised(&mix, &tolerance, 41);
}
