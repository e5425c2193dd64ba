#define SUITE "polymorphism"
#include "suite.h"

#include <stdalign.h>

/*
 * Many FBAs, many handles, and one function that works with any allocator. All
 * requests to an FBA are aligned without padding and leave slack. Where build_array
 * is to fail, an allocator of the judge fails, because it does so whatever the
 * submission's FBA does.
 */

TEST(two_fbas_are_independent,
     .clause = "POL-1",
     .points = 1,
     .visibility = VISIBLE,
     .title = "two FBAs in turn hand out blocks of their own buffers",
     .hint = "Everything an FBA knows is in its struct, and the context says which "
             "struct. Is anything kept in a global or static variable?")
{
    struct under_test first = fba_of(512);
    struct under_test second = fba_of(512);
    for (int i = 0; i < 3; i++) {
        unsigned char *a = expect_alloc(first.allocator, 64, 1);
        unsigned char *b = expect_alloc(second.allocator, 64, 1);
        expect_inside(a, 64, first.buffer, first.capacity);
        expect_inside(b, 64, second.buffer, second.capacity);
    }
}

TEST(a_new_fba_leaves_others_alone,
     .clause = "POL-1",
     .points = 1,
     .title = "initialising another FBA does not disturb one that is in use",
     .hint = "fba_init sets up one struct. What else does it, or fba_allocator, "
             "change?")
{
    struct under_test first = fba_of(512);
    unsigned char *a = expect_alloc(first.allocator, 128, 1);
    struct under_test second = fba_of(1024);
    unsigned char *b = expect_alloc(first.allocator, 128, 1);
    expect_inside(b, 128, first.buffer, first.capacity);
    expect_apart(a, 128, b, 128);
    expect_alloc(second.allocator, 768, 1);
}

TEST(copies_of_a_handle_share_state,
     .clause = "POL-2",
     .points = 1,
     .title = "what a function allocates through its copy of a handle stays in use",
     .hint = "build_array gets a copy of the allocator. The context in it is a pointer "
             "to the FBA, so that both mean the same one.")
{
    struct under_test t = fba_of(512);
    const allocator copy = t.allocator;
    unsigned char *a = expect_counting_array(build_array(t.allocator, 24), 24);
    unsigned char *b = expect_alloc(copy, 96, 1);
    unsigned char *c = expect_counting_array(build_array(copy, 24), 24);
    unsigned char *d = expect_alloc(t.allocator, 96, 1);
    expect_apart(a, 96, b, 96);
    expect_apart(b, 96, c, 96);
    expect_apart(c, 96, d, 96);
    expect_apart(a, 96, d, 96);
}

TEST(handles_of_one_fba_share_state,
     .clause = "POL-2",
     .points = 1,
     .visibility = VISIBLE,
     .title = "several allocators obtained from one FBA hand out different bytes",
     .hint = "fba_allocator makes a handle; it neither copies the FBA nor starts it "
             "anew.")
{
    enum {
        COUNT = 5
    };
    struct under_test t = fba_of(1024);
    allocator handles[COUNT];
    unsigned char *blocks[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        handles[i] = fba_allocator(t.fba);
        blocks[i] = expect_alloc(handles[i], 64, 1);
    }
    unsigned char *last = expect_alloc(handles[0], 64, 1);
    for (size_t i = 0; i < COUNT; i++) {
        expect_apart(blocks[i], 64, last, 64);
        for (size_t j = i + 1; j < COUNT; j++) {
            expect_apart(blocks[i], 64, blocks[j], 64);
        }
    }
}

TEST(random_calls_of_three_fbas,
     .clause = "POL-1",
     .points = 1,
     .title = "three FBAs in random turns share nothing, and their handles agree",
     .hint = "Everything an FBA knows is in its struct, and the context says which "
             "struct. How much is used is a fact about one FBA.")
{
    const struct sequence_mix mix = {
        .operations = 120,
        .fbas = 3,
        .rounds = 2,
        .offset_least = 32768,
        .offset_most = 32768,
        .offset_unit = 32768,
        .capacity_least = 2048,
        .capacity_most = 2048,
        .len_least = 64,
        .len_most = 192,
        .len_unit = 16,
        .slack = 64,
        .slack_per_block = 16,
        .shares = {.handles = 10},
    };
    const struct tolerance tolerance = {
        .any_place = true, .any_pointer = true, .any_bytes = true};
    expect_as_promised(&mix, &tolerance, 45);
}

TEST(build_array_asks_once,
     .clause = "POL-3",
     .points = 1,
     .visibility = VISIBLE,
     .title = "build_array asks its allocator once, for n times 4 bytes",
     .hint = "n elements need n * sizeof(int32_t) bytes, no more and no less, in one "
             "request.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    expect_calls("alloc", recorder.alloc_calls, 0);
    const alloc_result result = build_array(a, 100);
    expect_calls("alloc", recorder.alloc_calls, 1);
    expect_length(recorder.last_len, 100 * sizeof(int32_t));
    expect_array_at(result, recorder.last_memory);
}

TEST(build_array_asks_for_the_alignment,
     .clause = "POL-3",
     .points = 1,
     .title = "build_array asks for the alignment of int32_t",
     .hint = "The language has an operator that tells the alignment of a type.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    const alloc_result result = build_array(a, 7);
    expect_calls("alloc", recorder.alloc_calls, 1);
    expect_alignment(recorder.last_alignment, alignof(int32_t));
    expect_array_at(result, recorder.last_memory);
}

TEST(build_array_keeps_the_block,
     .clause = "POL-3",
     .points = 1,
     .title = "build_array neither resizes nor frees what it returns",
     .hint = "The caller owns the array from now on, and frees it when it is time.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    const alloc_result result = build_array(a, 64);
    expect_array_at(result, recorder.last_memory);
    expect_calls("resize", recorder.resize_calls, 0);
    expect_calls("free", recorder.free_calls, 0);
}

TEST(elements_count_from_zero,
     .clause = "POL-4",
     .points = 1,
     .visibility = VISIBLE,
     .title = "element i of the array holds i",
     .hint = "The first element is element 0, and the last is element n - 1.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    expect_counting_array(build_array(a, 1), 1);
    expect_counting_array(build_array(a, 100), 100);
    struct numbers numbers = {6};
    for (int i = 0; i < 4; i++) {
        const size_t n = numbers_next(&numbers, 2, 180);
        expect_counting_array(build_array(a, n), n);
    }
}

TEST(many_elements,
     .clause = "POL-4",
     .points = 1,
     .title = "an array of 65536 elements is filled to its end",
     .hint = "Which type counts the elements? It has to hold n.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 65536 * sizeof(int32_t));
    expect_counting_array(build_array(a, 65536), 65536);
}

TEST(build_array_passes_the_failure_on,
     .clause = "POL-5",
     .points = 1,
     .title = "when its allocator fails, build_array fails the same way",
     .hint = "Look at the error before you look at the memory, and hand it to the "
             "caller.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    expect_counting_array(build_array(a, 4), 4);
    recorder.fails = true;
    expect_no_array(build_array(a, 4));
    expect_calls("alloc", recorder.alloc_calls, 2);
    recorder.fails = false;
    expect_no_array(build_array(a, SIZE_MAX / sizeof(int32_t)));
    expect_calls("alloc", recorder.alloc_calls, 3);
    expect_length(recorder.last_len, SIZE_MAX / sizeof(int32_t) * sizeof(int32_t));
    expect_calls("free", recorder.free_calls, 0);
}

TEST(an_empty_array,
     .clause = "POL-6",
     .points = 1,
     .title = "an array of no elements is a success without a request",
     .hint = "The wrapper allocator_alloc settles an empty request without asking "
             "anybody. Is it the one you call?")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    expect_counting_array(build_array(a, 4), 4);
    expect_array(build_array(a, 0));
    recorder.fails = true;
    expect_array(build_array(a, 0));
    expect_calls("alloc", recorder.alloc_calls, 1);
    expect_calls("resize", recorder.resize_calls, 0);
    expect_calls("free", recorder.free_calls, 0);
}

TEST(a_size_that_does_not_fit,
     .clause = "POL-7",
     .points = 1,
     .title = "an n whose size in bytes does not fit in size_t is out of memory",
     .hint = "n * 4 can be a small number when n is large. The wrapper "
             "allocator_alloc takes count and size apart, and checks the product.")
{
    struct recorder recorder;
    allocator a = recorder_init(&recorder, 4096);
    expect_counting_array(build_array(a, 4), 4);
    /* No request may come; one that does is refused, so that no array is filled. */
    recorder.fails = true;
    expect_no_array(build_array(a, SIZE_MAX / 4 + 1));
    expect_no_array(build_array(a, SIZE_MAX / 4 + 9));
    expect_no_array(build_array(a, SIZE_MAX / 2 + 1));
    expect_no_array(build_array(a, SIZE_MAX));
    expect_calls("alloc", recorder.alloc_calls, 1);
}

TEST(build_array_on_your_fba,
     .clause = "POL-8",
     .points = 1,
     .title = "build_array works on your FBA, and on an arena on top of it",
     .hint = "build_array reaches memory through its parameter only: whatever that "
             "is, the code is the same.")
{
    struct under_test t = fba_of(32768);
    unsigned char *direct = expect_counting_array(build_array(t.allocator, 64), 64);
    expect_inside(direct, 256, t.buffer, t.capacity);

    struct notebook notebook;
    arena layered;
    arena_init(&layered, t.allocator, notebook_init(&notebook));
    allocator a = arena_allocator(&layered);
    for (size_t n = 16; n <= 48; n += 32) {
        unsigned char *array = expect_counting_array(build_array(a, n), n);
        expect_inside(array, n * 4, t.buffer, t.capacity);
        expect_apart(direct, 256, array, n * 4);
    }
}

TEST(build_array_on_other_allocators,
     .clause = "POL-8",
     .points = 1,
     .title = "build_array works on an arena and on a GPA, and leaks nothing",
     .hint = "After a success one block is in use, the array; after a failure, none.")
{
    struct recorder recorder;
    allocator pages = recorder_init(&recorder, 8192);
    struct notebook notebook;
    allocator notes = notebook_init(&notebook);

    arena round;
    arena_init(&round, pages, notes);
    expect_counting_array(build_array(arena_allocator(&round), 200), 200);

    gpa general;
    gpa_init(&general, pages, notes);
    expect_counting_array(build_array(gpa_allocator(&general), 200), 200);
    expect_live_blocks(&general, 1);
    expect_no_array(build_array(gpa_allocator(&general), 1000000));
    expect_live_blocks(&general, 1);
}
