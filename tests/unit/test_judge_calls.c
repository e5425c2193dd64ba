/* judge_calls: what a subject claims is checked before a suite, or a wrapper,
 * uses it. */
#include "exercise.h"
#include "fake_subject.h"
#include "leaving.h"
#include "ops.h"
#include "session.h"
#include "suite.h"

#include <string.h>

enum {
    CAPACITY = 256,
    TURNS = 8
};

/* What the child answers: to the n-th request of an operation, the n-th of its answers
 * here; the last one for ever. */
struct script {
    uint16_t operation;
    size_t turns;
    uint64_t answers[TURNS][2];
};

static struct script scripts[4];
static size_t script_count;

static void answer_with(uint16_t operation, uint64_t first, uint64_t second)
{
    struct script *script = scripts;

    while (script < scripts + script_count && script->operation != operation) {
        script++;
    }
    if (script == scripts + script_count) {
        *script = (struct script){.operation = operation};
        script_count++;
    }
    script->answers[script->turns][0] = first;
    script->answers[script->turns][1] = second;
    script->turns++;
}

static void play(struct wire_reply *reply, size_t turns_taken[4])
{
    memset(reply->values, 0, sizeof reply->values);
    for (size_t i = 0; i < script_count; i++) {
        if (scripts[i].operation == reply->operation) {
            size_t turn = turns_taken[i]++;
            turn = turn < scripts[i].turns ? turn : scripts[i].turns - 1;
            memcpy(reply->values, scripts[i].answers[turn],
                   sizeof scripts[i].answers[turn]);
        }
    }
}

static void scripted_child(const struct fake_ends *ends)
{
    size_t turns_taken[4] = {0};

    for (;;) {
        const struct wire_request request = fake_receive(ends);
        struct wire_reply reply = fake_answer(&request);
        play(&reply, turns_taken);
        fake_send(ends, &reply, sizeof reply);
    }
}

/* Where the first two buffers of a test begin; the child has to know beforehand. */
static uint64_t buffer_address(void)
{
    return WIRE_REGION_BASE;
}

static struct under_test t;

static void begin(void)
{
    fake_open(scripted_child, 60);
    fake_begin_test();
    t = fba_over(buffer_starting_at_guard(CAPACITY), CAPACITY);
}

static const struct verdict *verdict(void)
{
    return &session_current()->verdict;
}

static void expect_failure(void (*attempt)(void *), void *context, const char *words)
{
    ck_assert(leaves_the_test(attempt, context));
    ck_assert_int_eq(verdict()->status, VERDICT_FAIL);
    ck_assert_msg(strstr(verdict()->message, words) != NULL, "%s", verdict()->message);
    ck_assert_uint_eq(verdict()->blocks_seen, 0);
}

static void alloc_16(void *context)
{
    *(alloc_result *)context = allocator_alloc(t.allocator, 1, 16, 1);
}

/* ---- Results of alloc ---- */

START_TEST(a_block_inside_the_buffer_is_handed_on)
{
    alloc_result result = {0};

    answer_with(OP_ALLOC, 0, buffer_address() + CAPACITY - 16);
    begin();
    ck_assert(!leaves_the_test(alloc_16, &result));
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(result.memory, t.buffer + CAPACITY - 16);
    ck_assert_uint_eq(verdict()->blocks_seen, 1);
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
}
END_TEST

static unsigned char in_the_judge[64];

START_TEST(a_block_that_is_not_inside_the_buffer_ends_the_test)
{
    const uint64_t start = buffer_address();
    const uint64_t places[] = {
        start + CAPACITY - 15,
        start - 1,
        start + CAPACITY,
        start + WIRE_SLOT_STRIDE, /* the struct's slot */
        1,
        UINT64_MAX,
        UINT64_MAX - 15,
        (uint64_t)(uintptr_t)in_the_judge,
    };
    alloc_result result = {ALLOC_OUT_OF_MEMORY, NULL};

    answer_with(OP_ALLOC, 0, places[_i]);
    begin();
    expect_failure(alloc_16, &result, "not inside the buffer");
    ck_assert_ptr_null(result.memory);
}
END_TEST

START_TEST(success_without_memory_ends_the_test)
{
    alloc_result result = {0};

    answer_with(OP_ALLOC, 0, 0);
    begin();
    expect_failure(alloc_16, &result, "ALLOC_OK and returned no memory");
}
END_TEST

START_TEST(an_error_that_does_not_exist_ends_the_test)
{
    static const uint64_t errors[] = {2, 7, UINT32_MAX, 1ull << 32, UINT64_MAX};
    alloc_result result = {0};

    answer_with(OP_ALLOC, errors[_i], buffer_address());
    begin();
    expect_failure(alloc_16, &result, "an error that does not exist");
}
END_TEST

START_TEST(a_failure_with_a_pointer_shows_and_cannot_be_followed)
{
    alloc_result result = {0};

    answer_with(OP_ALLOC, 1, (uint64_t)(uintptr_t)in_the_judge);
    begin();
    ck_assert(!leaves_the_test(alloc_16, &result));
    ck_assert_int_eq(result.error, ALLOC_OUT_OF_MEMORY);
    ck_assert_ptr_nonnull(result.memory);
    ck_assert_ptr_ne(result.memory, in_the_judge);
    ck_assert_uint_eq(verdict()->blocks_seen, 0);
}
END_TEST

/* ---- The wrapper that copies ---- */

static void realloc_to_64(void *context)
{
    *(alloc_result *)context = allocator_realloc(t.allocator, t.buffer, 16, 1, 64);
}

START_TEST(realloc_copies_nothing_into_the_judge)
{
    alloc_result result = {0};

    memset(in_the_judge, 0x11, sizeof in_the_judge);
    answer_with(OP_RESIZE, 0, 0);
    answer_with(OP_ALLOC, 0, (uint64_t)(uintptr_t)in_the_judge);
    begin();
    memset(t.buffer, 0x22, CAPACITY);
    expect_failure(realloc_to_64, &result, "not inside the buffer");
    for (size_t i = 0; i < sizeof in_the_judge; i++) {
        ck_assert_uint_eq(in_the_judge[i], 0x11);
    }
}
END_TEST

START_TEST(realloc_copies_within_the_buffer)
{
    alloc_result result = {0};

    answer_with(OP_RESIZE, 0, 0);
    answer_with(OP_ALLOC, 0, buffer_address() + 128);
    begin();
    memset(t.buffer, 0x22, 16);
    ck_assert(!leaves_the_test(realloc_to_64, &result));
    ck_assert_ptr_eq(result.memory, t.buffer + 128);
    ck_assert_mem_eq(t.buffer + 128, t.buffer, 16);
}
END_TEST

/* ---- resize ---- */

struct resizing {
    size_t new_len;
    bool is_resized;
};

static void resize(void *context)
{
    struct resizing *const resizing = context;

    resizing->is_resized =
        allocator_resize(t.allocator, t.buffer, 16, 1, resizing->new_len);
}

START_TEST(a_resize_that_is_neither_true_nor_false_ends_the_test)
{
    static const uint64_t answers[] = {2, 255, 256, 1ull << 32, UINT64_MAX};
    struct resizing resizing = {.new_len = 32};

    answer_with(OP_RESIZE, answers[_i], 0);
    begin();
    expect_failure(resize, &resizing, "neither true nor false");
}
END_TEST

START_TEST(a_resize_beyond_the_buffer_ends_the_test)
{
    static const size_t lengths[] = {CAPACITY + 1, SIZE_MAX, SIZE_MAX - 15};
    struct resizing resizing = {.new_len = lengths[_i]};

    answer_with(OP_RESIZE, 1, 0);
    begin();
    expect_failure(resize, &resizing,
                   "resize said true, although the block would reach outside");
}
END_TEST

START_TEST(a_resize_inside_the_buffer_is_believed)
{
    struct resizing resizing = {.new_len = CAPACITY};

    answer_with(OP_RESIZE, 1, 0);
    begin();
    ck_assert(!leaves_the_test(resize, &resizing));
    ck_assert(resizing.is_resized);
}
END_TEST

/* ---- build_array ---- */

static struct recorder recorder;

struct building {
    size_t n;
    alloc_result result;
};

static void build(void *context)
{
    struct building *const building = context;

    building->result = build_array(recorder_init(&recorder, 4096), building->n);
}

static void build_on_fba(void *context)
{
    struct building *const building = context;

    building->result = build_array(t.allocator, building->n);
}

START_TEST(an_array_that_nobody_handed_out_ends_the_test)
{
    const uint64_t places[] = {(uint64_t)(uintptr_t)in_the_judge, buffer_address(), 1,
                               UINT64_MAX};
    struct building building = {.n = 4};

    answer_with(OP_BUILD_ARRAY, 0, places[_i]);
    begin();
    expect_failure(build, &building, "memory that is not from its allocator");
}
END_TEST

START_TEST(an_array_longer_than_the_address_space_ends_the_test)
{
    static const size_t counts[] = {SIZE_MAX, SIZE_MAX / 4 + 1, SIZE_MAX / 4, 65};
    struct building building = {.n = counts[_i]};

    answer_with(OP_BUILD_ARRAY, 0, buffer_address());
    begin();
    expect_failure(build_on_fba, &building, "not inside the buffer");
}
END_TEST

START_TEST(an_empty_array_has_a_pointer_that_nobody_can_follow)
{
    struct building building = {.n = 0};

    answer_with(OP_BUILD_ARRAY, 0, (uint64_t)(uintptr_t)in_the_judge);
    begin();
    ck_assert(!leaves_the_test(build, &building));
    ck_assert_int_eq(building.result.error, ALLOC_OK);
    ck_assert_ptr_nonnull(building.result.memory);
    ck_assert_ptr_ne(building.result.memory, in_the_judge);
    ck_assert_uint_eq(verdict()->blocks_seen, 0);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("judge_calls");
    TCase *const all = tcase_create("judge_calls");

    tcase_add_test(all, a_block_inside_the_buffer_is_handed_on);
    tcase_add_loop_test(all, a_block_that_is_not_inside_the_buffer_ends_the_test, 0, 8);
    tcase_add_test(all, success_without_memory_ends_the_test);
    tcase_add_loop_test(all, an_error_that_does_not_exist_ends_the_test, 0, 5);
    tcase_add_test(all, a_failure_with_a_pointer_shows_and_cannot_be_followed);
    tcase_add_test(all, realloc_copies_nothing_into_the_judge);
    tcase_add_test(all, realloc_copies_within_the_buffer);
    tcase_add_loop_test(all, a_resize_that_is_neither_true_nor_false_ends_the_test, 0,
                        5);
    tcase_add_loop_test(all, a_resize_beyond_the_buffer_ends_the_test, 0, 3);
    tcase_add_test(all, a_resize_inside_the_buffer_is_believed);
    tcase_add_loop_test(all, an_array_that_nobody_handed_out_ends_the_test, 0, 4);
    tcase_add_loop_test(all, an_array_longer_than_the_address_space_ends_the_test, 0,
                        4);
    tcase_add_test(all, an_empty_array_has_a_pointer_that_nobody_can_follow);
    suite_add_tcase(suite, all);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
