/* channel: a batch is noted, copied and blamed call by call, whatever a child says. */
#include "channel.h"

#include "exercise.h"
#include "fake_children.h"
#include "leaving.h"
#include "run_tests.h"
#include "session.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    CPU_MS = 20,
    STEPS = 4
};

static struct verdict *verdict(void)
{
    return &session_current()->verdict;
}

/* ---- An exercise of this test alone ---- */

static void begin_exercise(void)
{
}

static void serve(uint16_t operation,
                  const uint64_t asked[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES])
{
    (void)operation, (void)asked, (void)answer;
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

/* ---- Children ---- */

/* The first answer of a step is the sum of its values, the second their number. */
static void carry_out(struct wire_batch *batch, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++) {
        uint64_t sum = 0;
        for (unsigned n = 0; n < WIRE_VALUES; n++) {
            const uint64_t value = batch->steps[i].values[n];
            sum += (batch->steps[i].refers >> n & 1u) != 0
                       ? batch->steps[value / WIRE_STEP_ANSWERS]
                             .answer[value % WIRE_STEP_ANSWERS]
                       : value;
        }
        batch->begun = i + 1;
        batch->steps[i].answer[0] = sum;
        batch->steps[i].answer[1] = WIRE_VALUES;
    }
}

static struct wire_batch *batch_of(const struct wire_request *request)
{
    return (struct wire_batch *)(uintptr_t)request->values[0];
}

static void answer(const struct fake_ends *ends, const struct wire_request *request)
{
    const struct wire_reply reply = fake_answer(request);

    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

static void child_carries_out(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);

    carry_out(batch_of(&request), request.values[1]);
    answer(ends, &request);
}

static void child_does_nothing(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);

    answer(ends, &request);
}

/* Ends in the third step, and says that it was in step number `begun`. */
static _Noreturn void end_with(const struct fake_ends *ends, uint64_t begun)
{
    const struct wire_request request = fake_receive(ends);

    carry_out(batch_of(&request), 3);
    batch_of(&request)->begun = begun;
    _exit(0);
}

static void child_ends_in_the_third(const struct fake_ends *ends)
{
    end_with(ends, 3);
}

static void child_ends_before_the_first(const struct fake_ends *ends)
{
    end_with(ends, 0);
}

static void child_ends_beyond_the_last(const struct fake_ends *ends)
{
    end_with(ends, UINT64_MAX);
}

/* Writes over its own steps and answers while it is asked to leave them alone. */
static void child_scribbles(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    struct wire_batch *const batch = batch_of(&request);

    memset(batch, 0xff, sizeof *batch + request.values[1] * sizeof batch->steps[0]);
    answer(ends, &request);
}

/* Calls the judge back, and carries out none of its steps. */
static void child_calls_back(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    struct wire_reply reply = fake_answer(&request);

    reply.kind = WIRE_CALLBACK;
    fake_send(ends, &reply, sizeof reply);
    const struct wire_request served = fake_receive(ends);
    reply = fake_answer(&served);
    reply.operation = WIRE_BATCH;
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

/* Says that it is done before it has begun. */
static void child_answers_something_else(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    struct wire_reply reply = fake_answer(&request);

    reply.nonce++;
    carry_out(batch_of(&request), 1);
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

/* ---- The judge's side ---- */

struct observed {
    struct channel_step steps[STEPS];
    size_t answered;
    size_t fails_at; /* the step at which the test is ended */
};

static void note_answer(void *argument, size_t step)
{
    struct observed *const observed = argument;

    ck_assert_uint_eq(step, observed->answered);
    observed->answered++;
    if (step == observed->fails_at) {
        session_fail("right", "wrong", "step %zu is wrong", step);
    }
}

/* Operations 10, 11, ...; from the second on with the answer of the one before. */
static void send_batch(void *context)
{
    struct observed *const observed = context;

    for (size_t i = 0; i < STEPS; i++) {
        observed->steps[i] = (struct channel_step){
            .operation = (uint16_t)(10 + i), .about = 100 + i, .values = {1, 2}};
        if (i > 0) {
            observed->steps[i].refers = 1;
            observed->steps[i].values[0] = wire_answer(i - 1, 0);
        }
    }
    const struct channel_batch batch = {
        .steps = observed->steps,
        .count = STEPS,
        .shared = session_place(channel_batch_bytes(STEPS), REGION_AT_END, 0, "calls"),
        .answered = note_answer,
        .argument = observed,
    };
    channel_batch(&session_current()->channel, &batch);
}

static struct observed observe(fake_child child, size_t fails_at)
{
    struct observed observed = {.fails_at = fails_at};

    fake_open(child, CPU_MS);
    fake_begin_test();
    const bool leaves = leaves_the_test(send_batch, &observed);
    ck_assert_int_eq(leaves, verdict()->status != VERDICT_PASS);
    fake_end_test();
    return observed;
}

static void expect_blamed(uint16_t operation, size_t answered)
{
    char words[32];

    snprintf(words, sizeof words, "operation %u ended", operation);
    ck_assert_int_eq(verdict()->status, VERDICT_EARLY_EXIT);
    ck_assert_msg(strstr(verdict()->message, words) != NULL, "%s", verdict()->message);
    ck_assert_uint_eq(verdict()->call_count, answered + 1);
    ck_assert(!verdict_call_at(verdict(), answered)->is_answered);
}

START_TEST(every_step_is_noted_as_a_call)
{
    const struct observed observed = observe(child_carries_out, STEPS);

    ck_assert_uint_eq(observed.answered, STEPS);
    ck_assert_uint_eq(verdict()->call_count, STEPS);
    for (size_t i = 0; i < STEPS; i++) {
        const struct verdict_call *const call = verdict_call_at(verdict(), i);
        ck_assert_uint_eq(call->operation, 10 + i);
        ck_assert_uint_eq(call->about, 100 + i);
        ck_assert(call->is_answered);
        /* 1 + 2, and 2 more with each answer that was passed on. */
        ck_assert_uint_eq(call->values[0], i == 0 ? 1 : 1 + 2 * i);
        ck_assert_uint_eq(call->answer[0], 3 + 2 * i);
        ck_assert_uint_eq(observed.steps[i].answer[1], WIRE_VALUES);
    }
}
END_TEST

START_TEST(a_child_that_stops_is_blamed_for_the_step_it_was_in)
{
    const struct observed observed = observe(child_ends_in_the_third, STEPS);

    ck_assert_uint_eq(observed.answered, 2);
    expect_blamed(12, 2);
}
END_TEST

START_TEST(a_child_that_began_no_step_is_blamed_for_the_first)
{
    ck_assert_uint_eq(observe(child_ends_before_the_first, STEPS).answered, 0);
    expect_blamed(10, 0);
}
END_TEST

START_TEST(a_count_beyond_the_last_step_is_cut)
{
    ck_assert_uint_eq(observe(child_ends_beyond_the_last, STEPS).answered, STEPS - 1);
    expect_blamed(10 + STEPS - 1, STEPS - 1);
}
END_TEST

START_TEST(the_first_wrong_answer_counts_whatever_came_after_it)
{
    const struct observed observed = observe(child_ends_in_the_third, 0);

    ck_assert_uint_eq(observed.answered, 1);
    ck_assert_int_eq(verdict()->status, VERDICT_FAIL);
    ck_assert_str_eq(verdict()->message, "step 0 is wrong");
    ck_assert_uint_eq(verdict()->call_count, 1);
}
END_TEST

START_TEST(what_was_not_carried_out_is_answered_with_zeroes)
{
    const struct observed observed = observe(child_does_nothing, STEPS);

    ck_assert_uint_eq(observed.answered, STEPS);
    for (size_t i = 0; i < STEPS; i++) {
        ck_assert_uint_eq(observed.steps[i].answer[0], 0);
    }
}
END_TEST

START_TEST(steps_that_were_written_over_change_no_step_of_the_judge)
{
    const struct observed observed = observe(child_scribbles, STEPS);

    ck_assert_uint_eq(observed.answered, STEPS);
    for (size_t i = 0; i < STEPS; i++) {
        ck_assert_uint_eq(observed.steps[i].operation, 10 + i);
        ck_assert_uint_eq(observed.steps[i].answer[0], UINT64_MAX);
        ck_assert_uint_eq(verdict_call_at(verdict(), i)->values[1], 2);
    }
}
END_TEST

/* Else the answers that are still to come would never be looked at. */
START_TEST(nobody_calls_back_from_a_batch)
{
    ck_assert_uint_eq(observe(child_calls_back, STEPS).answered, 0);
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
}
END_TEST

/* Nor would a report be the same twice. */
START_TEST(no_step_is_looked_at_when_a_message_answers_nothing)
{
    ck_assert_uint_eq(observe(child_answers_something_else, STEPS).answered, 0);
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    ck_assert_uint_eq(verdict()->call_count, 0);
}
END_TEST

START_TEST(the_next_test_works)
{
    struct observed observed = {.fails_at = STEPS};
    uint64_t answered[WIRE_VALUES] = {0};
    const uint64_t values[WIRE_VALUES] = {10};

    fake_open(child_ends_beyond_the_last, CPU_MS);
    fake_begin_test();
    ck_assert(leaves_the_test(send_batch, &observed));
    fake_end_test();
    fake_begin_test();
    channel_call(&session_current()->channel, CHILD_OPERATION, values, answered);
    ck_assert_uint_eq(answered[0], 10);
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &every_step_is_noted_as_a_call,
        &a_child_that_stops_is_blamed_for_the_step_it_was_in,
        &a_child_that_began_no_step_is_blamed_for_the_first,
        &a_count_beyond_the_last_step_is_cut,
        &the_first_wrong_answer_counts_whatever_came_after_it,
        &what_was_not_carried_out_is_answered_with_zeroes,
        &steps_that_were_written_over_change_no_step_of_the_judge,
        &nobody_calls_back_from_a_batch,
        &no_step_is_looked_at_when_a_message_answers_nothing,
        &the_next_test_works,
    };
    return run_tests("channel_batch", tests, sizeof tests / sizeof tests[0]);
}
