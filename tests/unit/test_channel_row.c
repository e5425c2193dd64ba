/* channel: calls in a row, sent together, are answered and blamed one by one. */
#include "channel.h"

#include "exercise.h"
#include "fake_children.h"
#include "leaving.h"
#include "run_tests.h"
#include "session.h"

#include <stdio.h>

enum {
    CPU_MS = 20
};

static struct verdict *verdict(void)
{
    return &session_current()->verdict;
}

static void begin_exercise(void)
{
}

static void describe(const struct verdict_call *call, char *text, size_t text_bytes)
{
    snprintf(text, text_bytes, "operation %u", call->operation);
}

const struct exercise exercise = {
    .submission = "fba.c",
    .begin_test = begin_exercise,
    .describe_call = describe,
};

static void child_answers_in_disorder(const struct fake_ends *ends)
{
    const struct wire_request first = fake_receive(ends);
    const struct wire_request second = fake_receive(ends);
    const struct wire_reply replies[] = {fake_answer(&second), fake_answer(&first)};

    fake_send(ends, &replies[0], sizeof replies[0]);
    fake_send(ends, &replies[1], sizeof replies[1]);
    fake_honest_child(ends);
}

static void send_row(void *context)
{
    channel_row(&session_current()->channel, context, 2);
}

/* Sends a row to such a child; it is to come to its end, or to be left with `noted`
 * calls, the last of them without an answer. */
static void expect_row(fake_child child, enum verdict_status status, size_t noted)
{
    struct channel_step steps[] = {
        {.operation = CHILD_OPERATION, .values = {10, 20}},
        {.operation = CHILD_OPERATION, .values = {30, 40}},
    };

    fake_open(child, CPU_MS);
    fake_begin_test();
    ck_assert(leaves_the_test(send_row, steps) == (status != VERDICT_PASS));
    ck_assert_uint_eq(verdict()->call_count, noted);
    for (size_t i = 0; i < noted; i++) {
        const struct verdict_call *const call = verdict_call_at(verdict(), i);
        ck_assert_uint_eq(call->values[0], steps[i].values[0]);
        ck_assert(call->is_answered == (status == VERDICT_PASS || i + 1 < noted));
        ck_assert_uint_eq(call->answer[1], call->is_answered ? 21 + i * 20 : 0);
        ck_assert_uint_eq(steps[i].answer[1], call->answer[1]);
    }
    fake_end_test();
    ck_assert_int_eq(verdict()->status, status);
}

START_TEST(a_row_is_noted_and_answered_call_by_call)
{
    expect_row(fake_honest_child, VERDICT_PASS, 2);
}
END_TEST

START_TEST(who_ends_in_a_row_is_blamed_for_the_call_it_was_in)
{
    expect_row(child_exits, VERDICT_EARLY_EXIT, 1);
}
END_TEST

START_TEST(who_answers_and_ends_is_blamed_for_the_next_call)
{
    expect_row(child_answers_and_exits, VERDICT_EARLY_EXIT, 2);
}
END_TEST

START_TEST(answers_in_disorder_are_a_violation)
{
    expect_row(child_answers_in_disorder, VERDICT_PROTOCOL_VIOLATION, 1);
}
END_TEST

START_TEST(nobody_calls_back_from_a_row)
{
    expect_row(child_calls_back_once, VERDICT_PROTOCOL_VIOLATION, 1);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_row_is_noted_and_answered_call_by_call,
        &who_ends_in_a_row_is_blamed_for_the_call_it_was_in,
        &who_answers_and_ends_is_blamed_for_the_next_call,
        &answers_in_disorder_are_a_violation,
        &nobody_calls_back_from_a_row,
    };
    return run_tests("channel_row", tests, sizeof tests / sizeof tests[0]);
}
