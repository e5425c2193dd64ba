#define SUITE "individual_free"
#include "suite.h"

/*
 * What can be given back, and what cannot. Where a block is expected again, its
 * request would not fit otherwise; where nothing may be given back, the next block is
 * long enough to overlap what is still in use.
 */

/* How far into the buffer a block begins after these two. After a resize to `second`
 * bytes it must not begin elsewhere, whatever lies between blocks. */
static size_t place_after(size_t first, size_t second)
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, first, 1);
    expect_alloc(t.allocator, second, 1);
    return (size_t)(expect_alloc(t.allocator, 64, 1) - t.buffer);
}

TEST(last_block_is_given_back,
     .clause = "FRE-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "after the last block is freed, its bytes can be allocated again",
     .hint = "The last block is the one with memory + len == buffer + used.")
{
    struct under_test t = fba_of(512);
    /* The longer one stays, so that its end and the freed length are far apart. */
    unsigned char *a = expect_alloc(t.allocator, 256, 1);
    unsigned char *b = expect_alloc(t.allocator, 96, 1);
    allocator_free(t.allocator, b, 96, 1);
    unsigned char *c = expect_alloc(t.allocator, 192, 1);
    expect_apart(a, 256, c, 192);
}

TEST(reverse_order_gives_everything_back,
     .clause = "FRE-2",
     .points = 1,
     .title = "freeing in reverse order gives every block back",
     .hint = "Each free makes the block before it the last one, if `used` is moved "
             "to the start of the freed block.")
{
    struct under_test t = fba_of(560);
    for (int round = 0; round < 2; round++) {
        unsigned char *a = expect_alloc(t.allocator, 160, 1);
        unsigned char *b = expect_alloc(t.allocator, 144, 1);
        unsigned char *c = expect_alloc(t.allocator, 128, 1);
        expect_apart(a, 160, b, 144);
        expect_apart(b, 144, c, 128);
        allocator_free(t.allocator, c, 128, 1);
        allocator_free(t.allocator, b, 144, 1);
        allocator_free(t.allocator, a, 160, 1);
    }
}

TEST(other_blocks_are_not_given_back,
     .clause = "FRE-3",
     .points = 1,
     .visibility = VISIBLE,
     .title = "freeing the first or a middle block does nothing",
     .hint = "Only the last block can be given back. What does your free do with a "
             "block that does not end where the used bytes end?")
{
    struct under_test t = fba_of(512);
    unsigned char *a = expect_alloc(t.allocator, 64, 1);
    unsigned char *b = expect_alloc(t.allocator, 64, 1);
    unsigned char *c = expect_alloc(t.allocator, 64, 1);
    allocator_free(t.allocator, b, 64, 1);
    unsigned char *d = expect_alloc(t.allocator, 96, 1);
    expect_apart(c, 64, d, 96);
    allocator_free(t.allocator, a, 64, 1);
    unsigned char *e = expect_alloc(t.allocator, 160, 1);
    expect_apart(c, 64, e, 160);
    expect_apart(d, 96, e, 160);
}

TEST(padding_is_not_given_back,
     .clause = "FRE-4",
     .points = 1,
     .title = "freeing a block does not give back the padding before it",
     .hint = "After the free, `used` is the start of the freed block, whatever lay "
             "before it.")
{
    /* An offset rounded down to an alignment is no block's start here. */
    struct under_test t = fba_over(buffer_with_margins(520) + 2, 512);
    expect_alloc(t.allocator, 13, 1);
    unsigned char *b = expect_alloc(t.allocator, 50, 4);
    allocator_free(t.allocator, b, 50, 4);
    unsigned char *c = expect_alloc(t.allocator, 32, 1);
    expect_not_before(c, b, "the bytes before the freed block were its padding");
}

TEST(shrinking_the_last_block,
     .clause = "FRE-5",
     .points = 1,
     .title = "shrinking the last block gives back the bytes behind its new end",
     .hint = "After a resize `used` is the block's start plus its new length.")
{
    const size_t place = place_after(160, 64);
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 160, 1);
    unsigned char *b = expect_alloc(t.allocator, 256, 1);
    expect_resize(t.allocator, b, 256, 64);
    unsigned char *c = expect_alloc(t.allocator, 224, 1);
    expect_at_offset(c, t.buffer, place, "the last block ends where it was shrunk to");

    /* To less than its alignment, which is of no interest to a resize. What an
     * alignment costs is the alignment suite's affair: who pads or charges here is not
     * asked. */
    struct under_test plain = fba_of(512);
    (void)allocator_alloc(plain.allocator, 1, 256, 256);
    const bool is_charged =
        allocator_alloc(plain.allocator, 1, 192, 1).error != ALLOC_OK;
    struct under_test u = fba_of(512);
    unsigned char *d = allocator_alloc(u.allocator, 1, 256, 256).memory;
    if (d == u.buffer && !is_charged) {
        (void)allocator_resize(u.allocator, d, 256, 256, 16);
        expect_alloc(u.allocator, 320, 1);
    }
}

TEST(growing_the_last_block,
     .clause = "FRE-6",
     .points = 1,
     .title = "growing the last block takes the bytes behind it, and does not move it",
     .hint = "The block keeps its start and its bytes, and its length becomes the new "
             "one: nothing is allocated, and nothing is written.")
{
    const size_t place = place_after(96, 192);
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 96, 1);
    unsigned char *b = expect_alloc(t.allocator, 64, 1);
    fill_pattern(b + 64, 128, 4);
    expect_resize(t.allocator, b, 64, 192);
    expect_pattern(b + 64, 128, 4, "what the block grew by");
    unsigned char *c = expect_alloc(t.allocator, 160, 1);
    expect_at_offset(c, t.buffer, place, "the last block ends where it has grown to");
}

TEST(growing_to_the_end_and_beyond,
     .clause = "FRE-6",
     .points = 1,
     .title = "the last block can grow to the end of the buffer and not a byte "
              "further",
     .hint = "The largest new length is the capacity minus the offset at which the "
             "block begins. No sum in the comparison may wrap around.")
{
    struct under_test t = fba_of(512);
    expect_alloc(t.allocator, 128, 1);
    unsigned char *b = expect_alloc(t.allocator, 64, 1);
    const size_t room = 512 - (size_t)(b - t.buffer);
    expect_resize_refused(t.allocator, b, 64, room + 1);
    expect_resize_refused(t.allocator, b, 64, SIZE_MAX);
    /* Sums with where the block begins, as an offset and as an address, that wrap. */
    expect_resize_refused(t.allocator, b, 64, SIZE_MAX - 512 + room + 1);
    expect_resize_refused(t.allocator, b, 64, SIZE_MAX - 512 + room + 65);
    expect_resize_refused(t.allocator, b, 64, SIZE_MAX - (uintptr_t)b + 65);
    expect_resize_refused(t.allocator, b, 64, ((size_t)1 << 32) + 32);
    expect_resize(t.allocator, b, 64, room);
    expect_resize_refused(t.allocator, b, room, room + 1);
}

TEST(resizing_other_blocks,
     .clause = "FRE-7",
     .points = 1,
     .title = "a block that is not the last can shrink but not grow",
     .hint = "Such a block may become shorter, or stay as it is, but the bytes "
             "behind it belong to the next one, and `used` does not move.")
{
    struct under_test t = fba_of(512);
    unsigned char *a = expect_alloc(t.allocator, 128, 1);
    unsigned char *b = expect_alloc(t.allocator, 64, 1);
    expect_resize_refused(t.allocator, a, 128, 160);
    expect_resize(t.allocator, a, 128, 128);
    expect_resize(t.allocator, a, 128, 32);
    unsigned char *c = expect_alloc(t.allocator, 128, 1);
    expect_apart(a, 32, c, 128);
    expect_apart(b, 64, c, 128);
}

TEST(a_refused_resize_changes_nothing,
     .clause = "FRE-8",
     .points = 1,
     .title = "a resize that is refused changes nothing",
     .hint = "Is the end of what is used moved before the new length is checked?")
{
    struct under_test t = fba_of(512);
    unsigned char *a = expect_alloc(t.allocator, 96, 1);
    unsigned char *b = expect_alloc(t.allocator, 64, 1);
    expect_resize_refused(t.allocator, b, 64, 1000);
    expect_resize_refused(t.allocator, a, 96, 1000);
    unsigned char *c = expect_alloc(t.allocator, 288, 1);
    expect_apart(a, 96, c, 288);
    expect_apart(b, 64, c, 288);
}

TEST(random_frees_and_resizes,
     .clause = "FRE-7",
     .points = 1,
     .title = "blocks are freed and resized in random order",
     .hint = "Which block is the last one changes with every call. Follow the calls "
             "listed above by hand.")
{
    const struct sequence_mix mix = {
        .operations = 240,
        .fbas = 1,
        .rounds = 4,
        .offset_least = 32768,
        .offset_most = 32768,
        .offset_unit = 32768,
        .capacity_least = 4096,
        .capacity_most = 4096,
        .len_least = 128,
        .len_most = 512,
        .len_unit = 16,
        .slack = 64,
        .slack_per_block = 16,
        .shares = {.frees = 22, .resizes = 38},
    };
    const struct tolerance tolerance = {
        .slip = 2, .any_pointer = true, .any_bytes = true};
    expect_as_promised(&mix, &tolerance, 46);
}
