/* served: what a submission asks of the judge's allocators is checked before they see
 * it. */
#include "served.h"

#include "fake_subject.h"
#include "leaving.h"
#include "ops.h"
#include "session.h"
#include "suite.h"

#include <string.h>

/* One callback after the other, sent by a child in answer to build_array. A value of
 * LAST_BLOCK stands for the memory that the last callback was answered with. */
#define LAST_BLOCK 0x1a57b10c

struct callback {
    uint16_t operation;
    uint64_t values[WIRE_VALUES];
};

static const struct callback *script;
static size_t script_length;

static uint64_t call_back(const struct fake_ends *ends,
                          const struct wire_request *last,
                          const struct callback *callback,
                          uint64_t memory)
{
    struct wire_reply reply = {.nonce = last->nonce,
                               .sequence = last->sequence,
                               .kind = WIRE_CALLBACK,
                               .operation = callback->operation};

    for (size_t i = 0; i < WIRE_VALUES; i++) {
        reply.values[i] =
            callback->values[i] == LAST_BLOCK ? memory : callback->values[i];
    }
    fake_send(ends, &reply, sizeof reply);
    return reply.values[1];
}

/* Plays the script, then returns the last block as the array. */
static void calling_child(const struct fake_ends *ends)
{
    struct wire_request request = fake_receive(ends);
    uint64_t memory = 0;

    for (size_t i = 0; i < script_length; i++) {
        call_back(ends, &request, &script[i], memory);
        request = fake_receive(ends);
        if (script[i].operation == OP_CALLBACK_ALLOC) {
            memory = request.values[1];
        }
    }
    struct wire_reply reply = fake_answer(&request);
    reply.operation = OP_BUILD_ARRAY;
    reply.values[0] = 0;
    reply.values[1] = memory;
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

static struct recorder recorder;

static void build(void *context)
{
    *(alloc_result *)context = build_array(recorder_init(&recorder, 4096), 4);
}

static bool plays(const struct callback *callbacks, size_t count, alloc_result *result)
{
    script = callbacks;
    script_length = count;
    fake_open(calling_child, 60);
    fake_begin_test();
    return !leaves_the_test(build, result);
}

static const struct callback ask_16 = {OP_CALLBACK_ALLOC, {0, 16, 4}};

START_TEST(an_honest_array_is_built)
{
    alloc_result result = {0};

    ck_assert(plays(&ask_16, 1, &result));
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(result.memory, recorder.heap);
    ck_assert_uint_eq(recorder.alloc_calls, 1);
    ck_assert_uint_eq(session_current()->verdict.blocks_seen, 1);
}
END_TEST

START_TEST(a_block_is_resized_and_freed_as_it_was_asked_for)
{
    const struct callback calls[] = {
        ask_16,
        {OP_CALLBACK_RESIZE, {0, LAST_BLOCK, 16, 4, 32}},
        {OP_CALLBACK_FREE, {0, LAST_BLOCK, 16, 4}},
        ask_16,
    };
    alloc_result result = {0};

    ck_assert(plays(calls, 4, &result));
    ck_assert_uint_eq(recorder.alloc_calls, 2);
    ck_assert_uint_eq(recorder.resize_calls, 1);
    ck_assert_uint_eq(recorder.free_calls, 1);
}
END_TEST

START_TEST(an_array_that_was_freed_is_refused)
{
    const struct callback calls[] = {ask_16,
                                     {OP_CALLBACK_FREE, {0, LAST_BLOCK, 16, 4}}};
    alloc_result result = {0};

    ck_assert(!plays(calls, 2, &result));
    ck_assert_ptr_nonnull(strstr(session_current()->verdict.message, "not from its"));
}
END_TEST

START_TEST(an_array_shorter_than_its_elements_is_refused)
{
    const struct callback ask_15 = {OP_CALLBACK_ALLOC, {0, 15, 4}};
    alloc_result result = {0};

    ck_assert(!plays(&ask_15, 1, &result));
    ck_assert_int_eq(session_current()->verdict.status, VERDICT_FAIL);
}
END_TEST

struct bad_callback {
    struct callback callback;
    const char *words;
};

static const struct bad_callback bad_callbacks[] = {
    {{OP_CALLBACK_ALLOC, {1, 16, 4}}, "a ctx that is not"},
    {{OP_CALLBACK_ALLOC, {UINT64_MAX, 16, 4}}, "a ctx that is not"},
    {{OP_CALLBACK_ALLOC, {1ull << 32, 16, 4}}, "a ctx that is not"},
    {{OP_CALLBACK_ALLOC, {0, 0, 4}}, "for nothing"},
    {{OP_CALLBACK_ALLOC, {0, 16, 0}}, "impossible alignment"},
    {{OP_CALLBACK_ALLOC, {0, 16, 3}}, "impossible alignment"},
    {{OP_CALLBACK_ALLOC, {0, 16, UINT64_MAX}}, "impossible alignment"},
    {{OP_CALLBACK_RESIZE, {0, LAST_BLOCK, 16, 4, 0}}, "for nothing"},
    {{OP_CALLBACK_RESIZE, {0, LAST_BLOCK, 17, 4, 32}}, "another length"},
    {{OP_CALLBACK_RESIZE, {0, 0, 16, 4, 32}}, "it does not have"},
    {{OP_CALLBACK_RESIZE, {9, LAST_BLOCK, 16, 4, 32}}, "a ctx that is not"},
    {{OP_CALLBACK_FREE, {0, LAST_BLOCK, 16, 8}}, "another length or alignment"},
    {{OP_CALLBACK_FREE, {0, LAST_BLOCK, UINT64_MAX, 4}}, "another length"},
    {{OP_CALLBACK_FREE, {0, UINT64_MAX, 16, 4}}, "it does not have"},
    {{OP_CALLBACK_FREE, {0, 1, 16, 4}}, "it does not have"},
    {{OP_CALLBACK_FREE, {UINT64_MAX, LAST_BLOCK, 16, 4}}, "a ctx that is not"},
    {{OP_FBA_INIT, {0, 16, 4}}, "a call that does not exist"},
    {{UINT16_MAX, {0, 16, 4}}, "a call that does not exist"},
};

START_TEST(a_callback_that_no_right_submission_makes_ends_the_test)
{
    const struct bad_callback *const bad = &bad_callbacks[_i];
    const struct callback calls[] = {ask_16, bad->callback};
    alloc_result result = {0};

    ck_assert(!plays(calls, 2, &result));
    ck_assert_int_ne(session_current()->verdict.status, VERDICT_PASS);
    ck_assert_msg(strstr(session_current()->verdict.message, bad->words) != NULL, "%s",
                  session_current()->verdict.message);
    ck_assert_uint_eq(recorder.alloc_calls, 1);
    ck_assert_uint_eq(recorder.resize_calls, 0);
    ck_assert_uint_eq(recorder.free_calls, 0);
}
END_TEST

START_TEST(a_request_beyond_all_memory_is_out_of_memory)
{
    static const uint64_t wild[][2] = {
        {UINT64_MAX, 1}, {UINT64_MAX, 1ull << 63}, {1, 1ull << 63}, {4097, 1}};
    const struct callback calls[] = {
        ask_16, {OP_CALLBACK_ALLOC, {0, wild[_i][0], wild[_i][1]}}};
    alloc_result result = {0};

    /* The script forgets the first block with the failure: it claims NULL. */
    ck_assert(!plays(calls, 2, &result));
    ck_assert_uint_eq(recorder.alloc_calls, 2);
    ck_assert_ptr_null(recorder.last_memory);
}
END_TEST

/* ---- An arena of the judge on an FBA of the subject ---- */

static struct under_test t;
static arena layered;
static struct notebook notebook;

enum {
    DEPTH = WIRE_CALLBACK_DEPTH
};

static uint64_t next_chunk = WIRE_REGION_BASE;
static struct wire_request last_request;

static void serve_call(const struct fake_ends *ends, const struct wire_request *call);

/* Asks the arena for 100 bytes, serving what the judge calls meanwhile; the answer. */
static uint64_t ask_arena(const struct fake_ends *ends, const struct wire_request *last)
{
    const struct callback ask_100 = {OP_CALLBACK_ALLOC, {0, 100, 1}};

    call_back(ends, last, &ask_100, 0);
    struct wire_request request = fake_receive(ends);
    while (request.kind == WIRE_CALL) {
        serve_call(ends, &request);
        request = fake_receive(ends);
    }
    last_request = request;
    return request.values[1];
}

/*
 * While the judge's arena asks this child's FBA for a chunk, the child asks that arena
 * for more, until it may not go deeper: the arena is entered in the middle of its work.
 */
static void serve_call(const struct fake_ends *ends, const struct wire_request *call)
{
    uint64_t memory = 0;

    last_request = *call;
    if (call->operation == OP_BUILD_ARRAY) {
        memory = ask_arena(ends, call);
    } else if (call->operation == OP_ALLOC) {
        memory = next_chunk;
        next_chunk += 1024;
        if (next_chunk < WIRE_REGION_BASE + (DEPTH - 1) * 1024 + 1) {
            ask_arena(ends, call);
        }
    }
    struct wire_reply reply = fake_answer(&last_request);
    reply.operation = call->operation;
    reply.values[0] = 0;
    reply.values[1] = memory;
    fake_send(ends, &reply, sizeof reply);
}

static void reentering_child(const struct fake_ends *ends)
{
    for (;;) {
        const struct wire_request request = fake_receive(ends);
        serve_call(ends, &request);
    }
}

static void build_on_arena(void *context)
{
    t = fba_over(buffer_starting_at_guard(4096), 4096);
    arena_init(&layered, t.allocator, notebook_init(&notebook));
    *(alloc_result *)context = build_array(arena_allocator(&layered), 4);
}

START_TEST(an_allocator_that_is_entered_again_stays_whole)
{
    alloc_result result = {0};

    fake_open(reentering_child, 60);
    fake_begin_test();
    ck_assert(!leaves_the_test(build_on_arena, &result));
    /* fba_init, fba_allocator, build_array; then a callback and an alloc at
     * each level */
    ck_assert_uint_eq(session_current()->verdict.call_count, 3 + 2 * DEPTH);
    ck_assert_int_eq(result.error, ALLOC_OK);
    ck_assert_ptr_eq(region_find(&session_current()->region,
                                 (uint64_t)(uintptr_t)result.memory, 100),
                     &session_current()->region.objects[0]);
    ck_assert_uint_le(arena_capacity(&layered), 4096);
    ck_assert_uint_le(notebook.used, sizeof notebook.bytes);
    fake_end_test();
    ck_assert_int_eq(session_current()->verdict.status, VERDICT_PASS);
}
END_TEST

int main(void)
{
    const int count = (int)(sizeof bad_callbacks / sizeof bad_callbacks[0]);
    Suite *const suite = suite_create("served");
    TCase *const all = tcase_create("served");

    tcase_add_test(all, an_honest_array_is_built);
    tcase_add_test(all, a_block_is_resized_and_freed_as_it_was_asked_for);
    tcase_add_test(all, an_array_that_was_freed_is_refused);
    tcase_add_test(all, an_array_shorter_than_its_elements_is_refused);
    tcase_add_loop_test(all, a_callback_that_no_right_submission_makes_ends_the_test, 0,
                        count);
    tcase_add_loop_test(all, a_request_beyond_all_memory_is_out_of_memory, 0, 4);
    tcase_add_test(all, an_allocator_that_is_entered_again_stays_whole);
    suite_add_tcase(suite, all);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
