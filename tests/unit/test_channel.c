/* channel: a child that misbehaves loses its own test, and the judge goes on. */
#include "events.h"
#include "exercise.h"
#include "fake_children.h"
#include "leaving.h"
#include "session.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    CPU_MS = 20
};

static const uint64_t values[WIRE_VALUES] = {10, 20, 30, 40, 50, 60};

static struct verdict *verdict(void)
{
    return &session_current()->verdict;
}

/* ---- An exercise of this test alone: its callbacks call the subject in turn ---- */

static bool serving_calls_back;
static size_t served_callbacks;

static void begin_exercise(void)
{
    served_callbacks = 0;
}

static void serve(uint16_t operation,
                  const uint64_t asked[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES])
{
    served_callbacks++;
    if (serving_calls_back) {
        channel_call(&session_current()->channel, CHILD_OPERATION, asked, answer);
    } else {
        answer[0] = operation + asked[0];
    }
}

static void describe(const struct verdict_call *call, char *text, size_t text_bytes)
{
    snprintf(text, text_bytes, "operation %u", call->operation);
}

const struct exercise exercise = {
    .submission = "fba.c",
    .forbidden_reason = "it may not",
    .begin_test = begin_exercise,
    .serve_callback = serve,
    .describe_call = describe,
};

/* ---- Calls ---- */

static void call(void *context)
{
    channel_call(&session_current()->channel, CHILD_OPERATION, values, context);
}

/* The test that follows a bad one: everything is as if nothing had happened. */
static void expect_next_test_works(void)
{
    fake_begin_test();
    for (uint64_t i = 0; i < 3; i++) {
        uint64_t answer[WIRE_VALUES] = {0};
        ck_assert(!leaves_the_test(call, answer));
        ck_assert_uint_eq(answer[0], 10);
        ck_assert_uint_eq(answer[5], 65);
    }
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
}

struct misbehaviour {
    fake_child child;
    enum verdict_status status;
    const char *words; /* in the message */
};

static const struct misbehaviour misbehaviours[] = {
    {child_wrong_nonce, VERDICT_PROTOCOL_VIOLATION, "a question that was not asked"},
    {child_wrong_sequence, VERDICT_PROTOCOL_VIOLATION, "a question that was not asked"},
    {child_answers_before_it_is_asked, VERDICT_PROTOCOL_VIOLATION,
     "that was not asked"},
    {child_wrong_operation, VERDICT_PROTOCOL_VIOLATION,
     "an answer to another question"},
    {child_kind_zero, VERDICT_PROTOCOL_VIOLATION, "an answer to another question"},
    {child_kind_unknown, VERDICT_PROTOCOL_VIOLATION, "an answer to another question"},
    {child_event_zero, VERDICT_PROTOCOL_VIOLATION, "a message of an unknown kind"},
    {child_event_unknown, VERDICT_PROTOCOL_VIOLATION, "a message of an unknown kind"},
    {child_event_told, VERDICT_CRASH, "operation 3"},
    {child_too_short, VERDICT_PROTOCOL_VIOLATION, "a message of the wrong size"},
    {child_one_byte, VERDICT_PROTOCOL_VIOLATION, "a message of the wrong size"},
    {child_one_byte_more, VERDICT_PROTOCOL_VIOLATION, "a message of the wrong size"},
    {child_two_glued_together, VERDICT_PROTOCOL_VIOLATION, "of the wrong size"},
    {child_two_pieces, VERDICT_PROTOCOL_VIOLATION, "a message of the wrong size"},
    {child_floods, VERDICT_PROTOCOL_VIOLATION, "a message of the wrong size"},
    {child_calls_back_for_ever, VERDICT_PROTOCOL_VIOLATION, "more than 64 times"},
    {child_sleeps, VERDICT_TIMEOUT, "waits for something that never comes"},
    {child_never_reads, VERDICT_TIMEOUT, "waits for something that never comes"},
    {child_falls_silent, VERDICT_TIMEOUT, "waits for something that never comes"},
    {child_spins, VERDICT_TIMEOUT, "20 ms of processor time"},
    {child_exits, VERDICT_EARLY_EXIT, "ended the whole program"},
    {child_is_killed, VERDICT_CRASH, "signal 9"},
    {child_crashes, VERDICT_CRASH, "signal 11"},
    {child_dies_of_a_system_call, VERDICT_FORBIDDEN_SYSCALL, "it may not"},
};

START_TEST(a_misbehaving_child_loses_its_own_test)
{
    const struct misbehaviour *const bad = &misbehaviours[_i];
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(bad->child, CPU_MS);
    fake_begin_test();
    ck_assert(leaves_the_test(call, answer));
    fake_end_test();
    ck_assert_str_eq(verdict_status_name(verdict()->status),
                     verdict_status_name(bad->status));
    ck_assert_msg(strstr(verdict()->message, bad->words) != NULL, "%s",
                  verdict()->message);
    for (size_t i = 0; i < WIRE_VALUES; i++) {
        ck_assert_uint_eq(answer[i], 0);
    }
    expect_next_test_works();
}
END_TEST

START_TEST(an_honest_child_passes)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(fake_honest_child, CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
    ck_assert_str_eq(verdict()->message, "");
    ck_assert_uint_eq(answer[3], 43);
    ck_assert_uint_eq(verdict()->call_count, 1);
    ck_assert(verdict_call_at(verdict(), 0)->is_answered);
    ck_assert_mem_eq(verdict_call_at(verdict(), 0)->values, values, sizeof values);
    ck_assert_mem_eq(verdict_call_at(verdict(), 0)->answer, answer, sizeof answer);
    expect_next_test_works();
}
END_TEST

/* Waits, for a few seconds at most, until the pipe holds something. */
static void await_surplus(void)
{
    int waiting = 0;

    for (int i = 0; i < 5000 && waiting == 0; i++) {
        usleep(1000);
        ck_assert_int_eq(
            ioctl(session_current()->channel.descriptors.reply, FIONREAD, &waiting), 0);
    }
}

/* A right answer counts; what comes behind it does not, and is told. */
START_TEST(an_answer_behind_the_last_answer_is_noticed)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(child_two_answers, CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    await_surplus();
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    ck_assert_ptr_nonnull(strstr(verdict()->message, "messages of its own"));
    expect_next_test_works();
}
END_TEST

static void settle(void *context)
{
    (void)context;
    channel_settle(&session_current()->channel);
}

/* A test that got to its end has one more round, so that no surplus is still on its
 * way: whether it is found must not be a matter of time. */
START_TEST(a_surplus_that_comes_late_is_awaited)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(child_sends_more_later, CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    ck_assert(leaves_the_test(settle, NULL));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    expect_next_test_works();
}
END_TEST

START_TEST(settling_an_honest_child_leaves_no_trace)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(fake_honest_child, CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    ck_assert(!leaves_the_test(settle, NULL));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
    ck_assert_uint_eq(verdict()->call_count, 1);
}
END_TEST

START_TEST(what_was_sent_in_advance_answers_no_later_call)
{
    static const fake_child children[] = {child_two_answers, child_sends_more_later};
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(children[_i], CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    ck_assert(leaves_the_test(call, answer));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    expect_next_test_works();
}
END_TEST

START_TEST(a_valid_last_word_counts_and_no_later_call_does)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(child_answers_and_exits, CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    ck_assert_uint_eq(answer[1], 21);
    ck_assert(leaves_the_test(call, answer));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_EARLY_EXIT);
    expect_next_test_works();
}
END_TEST

START_TEST(a_callback_is_served_once_and_answered)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(child_calls_back_once, CPU_MS);
    fake_begin_test();
    ck_assert(!leaves_the_test(call, answer));
    ck_assert_uint_eq(served_callbacks, 1);
    ck_assert_uint_eq(answer[0], WIRE_CALLBACK_ANSWER);
    ck_assert_uint_eq(answer[1], CHILD_CALLBACK + 10);
    ck_assert_uint_eq(verdict()->call_count, 2);
    ck_assert_uint_eq(verdict_call_at(verdict(), 1)->depth, 1);
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
}
END_TEST

START_TEST(callbacks_have_a_number)
{
    uint64_t answer[WIRE_VALUES] = {0};

    fake_open(child_calls_back_for_ever, CPU_MS);
    fake_begin_test();
    ck_assert(leaves_the_test(call, answer));
    ck_assert_uint_eq(served_callbacks, WIRE_CALLBACKS_PER_CALL);
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
}
END_TEST

START_TEST(callbacks_have_a_depth)
{
    uint64_t answer[WIRE_VALUES] = {0};

    serving_calls_back = true;
    fake_open(child_calls_back_for_ever, CPU_MS);
    fake_begin_test();
    ck_assert(leaves_the_test(call, answer));
    ck_assert_uint_eq(served_callbacks, WIRE_CALLBACK_DEPTH);
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    serving_calls_back = false;
    expect_next_test_works();
}
END_TEST

int main(void)
{
    const int count = (int)(sizeof misbehaviours / sizeof misbehaviours[0]);
    Suite *const suite = suite_create("channel");
    TCase *const all = tcase_create("channel");

    tcase_set_timeout(all, 30);
    tcase_add_loop_test(all, a_misbehaving_child_loses_its_own_test, 0, count);
    tcase_add_loop_test(all, what_was_sent_in_advance_answers_no_later_call, 0, 2);
    tcase_add_test(all, an_honest_child_passes);
    tcase_add_test(all, an_answer_behind_the_last_answer_is_noticed);
    tcase_add_test(all, a_surplus_that_comes_late_is_awaited);
    tcase_add_test(all, settling_an_honest_child_leaves_no_trace);
    tcase_add_test(all, a_valid_last_word_counts_and_no_later_call_does);
    tcase_add_test(all, a_callback_is_served_once_and_answered);
    tcase_add_test(all, callbacks_have_a_number);
    tcase_add_test(all, callbacks_have_a_depth);
    suite_add_tcase(suite, all);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
