/* The wrappers of allocator.h: each case that its comments name. */
#include "allocator.h"
#include "run_tests.h"

#include <string.h>

/* An allocator that answers as it is told, and notes what reached it. */
struct script {
    alloc_result alloc_answer;
    bool resize_answer;
    size_t alloc_calls, resize_calls, free_calls;
    const void *memory;
    size_t len, alignment, new_len;
};

static alloc_result script_alloc(void *ctx, size_t len, size_t alignment)
{
    struct script *script = ctx;
    script->alloc_calls++;
    script->len = len;
    script->alignment = alignment;
    return script->alloc_answer;
}

static bool script_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    struct script *script = ctx;
    script->resize_calls++;
    script->memory = memory;
    script->len = len;
    script->alignment = alignment;
    script->new_len = new_len;
    return script->resize_answer;
}

static void script_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    struct script *script = ctx;
    script->free_calls++;
    script->memory = memory;
    script->len = len;
    script->alignment = alignment;
}

static const allocator_vtable script_vtable = {script_alloc, script_resize,
                                               script_free};

static allocator play(struct script *script)
{
    return (allocator){script, &script_vtable};
}

static size_t calls(const struct script *script)
{
    return script->alloc_calls + script->resize_calls + script->free_calls;
}

START_TEST(alloc_passes_the_product_and_the_alignment)
{
    int object = 0;
    struct script script = {.alloc_answer = {ALLOC_OK, &object}};
    const alloc_result result = allocator_alloc(play(&script), 6, 7, 32);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(result.memory, &object);
    ck_assert_uint_eq(script.alloc_calls, 1);
    ck_assert_uint_eq(script.len, 42);
    ck_assert_uint_eq(script.alignment, 32);
}
END_TEST

START_TEST(alloc_passes_the_error_on)
{
    struct script script = {.alloc_answer = {ALLOC_OUT_OF_MEMORY, NULL}};
    const alloc_result result = allocator_alloc(play(&script), 1, 1, 1);
    ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
    ck_assert_ptr_null(result.memory);
}
END_TEST

START_TEST(alloc_of_a_product_that_overflows_is_out_of_memory)
{
    static const size_t pairs[][2] = {
        {SIZE_MAX, 2},
        {2, SIZE_MAX},
        {SIZE_MAX, SIZE_MAX},
        {SIZE_MAX / 4 + 1, 4},
        {(size_t)1 << 32, (size_t)1 << 32},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        int object = 0;
        struct script script = {.alloc_answer = {ALLOC_OK, &object}};
        const alloc_result result =
            allocator_alloc(play(&script), pairs[i][0], pairs[i][1], 1);
        ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
        ck_assert_ptr_null(result.memory);
        ck_assert_uint_eq(calls(&script), 0);
    }
}
END_TEST

START_TEST(alloc_of_the_largest_product_reaches_the_allocator)
{
    struct script script = {.alloc_answer = {ALLOC_OUT_OF_MEMORY, NULL}};
    allocator_alloc(play(&script), SIZE_MAX / 4, 4, 1);
    ck_assert_uint_eq(script.alloc_calls, 1);
    ck_assert_uint_eq(script.len, SIZE_MAX / 4 * 4);
    allocator_alloc(play(&script), SIZE_MAX, 1, 1);
    ck_assert_uint_eq(script.alloc_calls, 2);
    ck_assert_uint_eq(script.len, SIZE_MAX);
}
END_TEST

START_TEST(alloc_of_nothing_is_an_aligned_pointer_without_a_call)
{
    static const size_t pairs[][2] = {
        {0, 8}, {8, 0}, {0, 0}, {SIZE_MAX, 0}, {0, SIZE_MAX}};
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        for (int shift = 0; shift < 64; shift++) {
            const size_t alignment = (size_t)1 << shift;
            struct script script = {.alloc_answer = {ALLOC_OUT_OF_MEMORY, NULL}};
            const alloc_result result =
                allocator_alloc(play(&script), pairs[i][0], pairs[i][1], alignment);
            ck_assert_int_eq(result.error, ALLOC_OK);
            ck_assert_ptr_nonnull(result.memory);
            ck_assert_uint_eq((uintptr_t)result.memory % alignment, 0);
            ck_assert_uint_eq(calls(&script), 0);
        }
    }
}
END_TEST

START_TEST(free_passes_block_length_and_alignment)
{
    int object = 0;
    struct script script = {0};
    allocator_free(play(&script), &object, 4, 2);
    ck_assert_uint_eq(script.free_calls, 1);
    ck_assert_ptr_eq(script.memory, &object);
    ck_assert_uint_eq(script.len, 4);
    ck_assert_uint_eq(script.alignment, 2);
}
END_TEST

START_TEST(free_of_length_0_does_nothing)
{
    struct script script = {0};
    allocator_free(play(&script), NULL, 0, 1);
    ck_assert_uint_eq(calls(&script), 0);
}
END_TEST

START_TEST(resize_passes_the_answer_on)
{
    int object = 0;
    struct script script = {.resize_answer = true};
    ck_assert(allocator_resize(play(&script), &object, 4, 2, 9));
    ck_assert_ptr_eq(script.memory, &object);
    ck_assert_uint_eq(script.len, 4);
    ck_assert_uint_eq(script.alignment, 2);
    ck_assert_uint_eq(script.new_len, 9);
    script.resize_answer = false;
    ck_assert(!allocator_resize(play(&script), &object, 4, 2, 3));
    ck_assert_uint_eq(script.resize_calls, 2);
    ck_assert_uint_eq(calls(&script), 2);
}
END_TEST

START_TEST(resize_to_0_frees)
{
    int object = 0;
    struct script script = {.resize_answer = false};
    ck_assert(allocator_resize(play(&script), &object, 4, 2, 0));
    ck_assert_uint_eq(script.free_calls, 1);
    ck_assert_uint_eq(calls(&script), 1);
    ck_assert_ptr_eq(script.memory, &object);
    ck_assert_uint_eq(script.len, 4);
    ck_assert_uint_eq(script.alignment, 2);
}
END_TEST

START_TEST(resize_from_0_is_refused)
{
    struct script script = {.resize_answer = true};
    ck_assert(!allocator_resize(play(&script), NULL, 0, 1, 1));
    ck_assert_uint_eq(calls(&script), 0);
}
END_TEST

START_TEST(resize_from_0_to_0_succeeds)
{
    struct script script = {.resize_answer = false};
    ck_assert(allocator_resize(play(&script), NULL, 0, 1, 0));
    ck_assert_uint_eq(calls(&script), 0);
}
END_TEST

START_TEST(realloc_from_0_allocates)
{
    int object = 0;
    struct script script = {.alloc_answer = {ALLOC_OK, &object}};
    const alloc_result result = allocator_realloc(play(&script), NULL, 0, 8, 24);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(result.memory, &object);
    ck_assert_uint_eq(script.alloc_calls, 1);
    ck_assert_uint_eq(calls(&script), 1);
    ck_assert_uint_eq(script.len, 24);
    ck_assert_uint_eq(script.alignment, 8);
}
END_TEST

START_TEST(realloc_from_0_to_0_calls_nobody)
{
    struct script script = {.alloc_answer = {ALLOC_OUT_OF_MEMORY, NULL}};
    const alloc_result result = allocator_realloc(play(&script), NULL, 0, 8, 0);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_nonnull(result.memory);
    ck_assert_uint_eq(calls(&script), 0);
}
END_TEST

START_TEST(realloc_to_0_frees)
{
    int object = 0;
    struct script script = {.alloc_answer = {ALLOC_OUT_OF_MEMORY, NULL}};
    const alloc_result result = allocator_realloc(play(&script), &object, 4, 4, 0);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_nonnull(result.memory);
    ck_assert_uint_eq((uintptr_t)result.memory % 4, 0);
    ck_assert_uint_eq(script.free_calls, 1);
    ck_assert_uint_eq(calls(&script), 1);
    ck_assert_ptr_eq(script.memory, &object);
}
END_TEST

START_TEST(realloc_in_place_keeps_the_block)
{
    unsigned char object[4] = {1, 2, 3, 4};
    struct script script = {.resize_answer = true};
    const alloc_result result = allocator_realloc(play(&script), object, 4, 1, 8);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(result.memory, object);
    ck_assert_uint_eq(script.resize_calls, 1);
    ck_assert_uint_eq(calls(&script), 1);
    ck_assert_uint_eq(script.new_len, 8);
}
END_TEST

START_TEST(realloc_that_grows_moves_all_bytes)
{
    unsigned char old[4] = {1, 2, 3, 4};
    unsigned char moved[8] = {9, 9, 9, 9, 9, 9, 9, 9};
    struct script script = {.alloc_answer = {ALLOC_OK, moved}};
    const alloc_result result = allocator_realloc(play(&script), old, 4, 1, 8);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(result.memory, moved);
    ck_assert_int_eq(memcmp(moved, (unsigned char[]){1, 2, 3, 4, 9, 9, 9, 9}, 8), 0);
    ck_assert_uint_eq(script.resize_calls, 1);
    ck_assert_uint_eq(script.alloc_calls, 1);
    ck_assert_uint_eq(script.free_calls, 1);
    ck_assert_ptr_eq(script.memory, old);
    ck_assert_uint_eq(script.len, 4);
}
END_TEST

START_TEST(realloc_that_shrinks_moves_what_fits)
{
    unsigned char old[4] = {1, 2, 3, 4};
    unsigned char moved[4] = {9, 9, 9, 9};
    struct script script = {.alloc_answer = {ALLOC_OK, moved}};
    const alloc_result result = allocator_realloc(play(&script), old, 4, 1, 2);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_int_eq(memcmp(moved, (unsigned char[]){1, 2, 9, 9}, 4), 0);
    ck_assert_uint_eq(script.free_calls, 1);
    ck_assert_uint_eq(script.len, 4);
}
END_TEST

START_TEST(realloc_that_fails_leaves_the_block_alone)
{
    unsigned char old[4] = {1, 2, 3, 4};
    unsigned char stray[8] = {9, 9, 9, 9, 9, 9, 9, 9};
    struct script script = {.alloc_answer = {ALLOC_OUT_OF_MEMORY, stray}};
    const alloc_result result = allocator_realloc(play(&script), old, 4, 1, 8);
    ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
    ck_assert_ptr_null(result.memory);
    ck_assert_int_eq(memcmp(old, (unsigned char[]){1, 2, 3, 4}, 4), 0);
    ck_assert_int_eq(stray[0], 9);
    ck_assert_uint_eq(script.free_calls, 0);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &alloc_passes_the_product_and_the_alignment,
        &alloc_passes_the_error_on,
        &alloc_of_a_product_that_overflows_is_out_of_memory,
        &alloc_of_the_largest_product_reaches_the_allocator,
        &alloc_of_nothing_is_an_aligned_pointer_without_a_call,
        &free_passes_block_length_and_alignment,
        &free_of_length_0_does_nothing,
        &resize_passes_the_answer_on,
        &resize_to_0_frees,
        &resize_from_0_is_refused,
        &resize_from_0_to_0_succeeds,
        &realloc_from_0_allocates,
        &realloc_from_0_to_0_calls_nobody,
        &realloc_to_0_frees,
        &realloc_in_place_keeps_the_block,
        &realloc_that_grows_moves_all_bytes,
        &realloc_that_shrinks_moves_what_fits,
        &realloc_that_fails_leaves_the_block_alone,
    };
    return run_tests("allocator", tests, sizeof(tests) / sizeof(tests[0]));
}
