/*
 * channel_child: who is told to renew itself, and what becomes of a child that abuses
 * it. What a renewal is worth, test_renewal.c asks the real runtime.
 */
#include "exercise.h"
#include "fake_children.h"
#include "leaving.h"
#include "run_tests.h"
#include "session.h"

#include <poll.h>
#include <stdio.h>
#include <unistd.h>

enum {
    CPU_MS = 20
};

static void begin_nothing(void)
{
}

static void describe(const struct verdict_call *call, char *text, size_t text_bytes)
{
    snprintf(text, text_bytes, "operation %u", call->operation);
}

const struct exercise exercise = {
    .submission = "fba.c", .begin_test = begin_nothing, .describe_call = describe};

/* ---- Children ---- */

static struct wire_request serve_one(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    const struct wire_reply reply = fake_answer(&request);

    fake_send(ends, &reply, sizeof reply);
    return request;
}

/* All of these answer one call rightly. */

static void says_more_after_it_has_settled(const struct fake_ends *ends)
{
    serve_one(ends);
    const struct wire_request settle = serve_one(ends);
    const struct wire_reply reply = fake_answer(&settle);
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

static void ends_after_it_has_settled(const struct fake_ends *ends)
{
    serve_one(ends);
    serve_one(ends);
}

static void settles_wrongly(const struct fake_ends *ends)
{
    serve_one(ends);
    const struct wire_request settle = fake_receive(ends);
    struct wire_reply reply = fake_answer(&settle);
    reply.nonce ^= 1;
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

static void settles_at_length(const struct fake_ends *ends)
{
    serve_one(ends);
    const struct wire_request settle = fake_receive(ends);
    const struct wire_reply replies[] = {fake_answer(&settle), fake_answer(&settle)};
    fake_send(ends, replies, sizeof replies);
    fake_honest_child(ends);
}

static void does_not_settle(const struct fake_ends *ends)
{
    serve_one(ends);
    pause();
}

static void ends_before_it_has_settled(const struct fake_ends *ends)
{
    serve_one(ends);
}

static void answers_a_renewal(const struct fake_ends *ends)
{
    for (;;) {
        serve_one(ends);
    }
}

static void never_returns(const struct fake_ends *ends)
{
    fake_receive(ends);
    pause();
}

/* ---- The judge's side ---- */

static struct channel *channel(void)
{
    return &session_current()->channel;
}

static const struct verdict *verdict(void)
{
    return &session_current()->verdict;
}

static void call(void *context)
{
    static const uint64_t values[WIRE_VALUES] = {10};
    uint64_t answer[WIRE_VALUES] = {0};

    (void)context;
    channel_call(channel(), CHILD_OPERATION, values, answer);
    ck_assert_uint_eq(answer[0], 10);
}

static void await_surplus(void)
{
    struct pollfd waiting = {.fd = channel()->descriptors.reply, .events = POLLIN};

    ck_assert_int_eq(poll(&waiting, 1, 10000), 1);
}

/* Makes one call in a test that ends with `status`. Returns the child. */
static pid_t serve(enum verdict_status status)
{
    fake_begin_test();
    const pid_t child = channel()->child;
    ck_assert(!leaves_the_test(call, NULL));
    if (status == VERDICT_PASS) {
        channel_settle(channel());
    }
    session_current()->verdict.status = status;
    fake_end_test();
    ck_assert_int_eq(verdict()->status, status);
    return child;
}

START_TEST(an_honest_child_serves_test_after_test)
{
    fake_open_renewing(fake_honest_child, CPU_MS);
    const pid_t first = serve(VERDICT_PASS);
    ck_assert_int_eq(serve(VERDICT_FAIL), first);
    ck_assert_int_eq(serve(VERDICT_PASS), first);
    ck_assert_int_eq(serve(VERDICT_PASS), first);
}
END_TEST

START_TEST(who_cannot_be_renewed_serves_once)
{
    fake_open(fake_honest_child, CPU_MS);
    const pid_t first = serve(VERDICT_PASS);
    ck_assert_int_ne(serve(VERDICT_PASS), first);
}
END_TEST

START_TEST(a_word_too_many_after_a_pass_is_a_violation)
{
    fake_open_renewing(says_more_after_it_has_settled, CPU_MS);
    fake_begin_test();
    const pid_t first = channel()->child;
    ck_assert(!leaves_the_test(call, NULL));
    channel_settle(channel());
    await_surplus();
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    ck_assert_int_ne(serve(VERDICT_PASS), first);
}
END_TEST

/* Between its tests a child owes nothing. The next test finds it dead, in its call. */
START_TEST(who_dies_between_tests_loses_the_next_one)
{
    fake_open_renewing(ends_after_it_has_settled, CPU_MS);
    serve(VERDICT_PASS);
    fake_begin_test();
    ck_assert(leaves_the_test(call, NULL));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_EARLY_EXIT);
    serve(VERDICT_PASS);
}
END_TEST

START_TEST(who_answers_a_renewal_loses_the_next_test)
{
    fake_open_renewing(answers_a_renewal, CPU_MS);
    serve(VERDICT_PASS);
    fake_begin_test();
    ck_assert(leaves_the_test(call, NULL));
    fake_end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PROTOCOL_VIOLATION);
    serve(VERDICT_PASS);
}
END_TEST

START_TEST(who_does_not_settle_after_a_failure_is_replaced)
{
    static const fake_child children[] = {settles_wrongly, settles_at_length,
                                          does_not_settle, ends_before_it_has_settled};

    fake_open_renewing(children[_i], CPU_MS);
    const pid_t first = serve(VERDICT_FAIL);
    ck_assert_int_ne(serve(VERDICT_PASS), first);
}
END_TEST

START_TEST(who_owes_an_answer_is_replaced)
{
    fake_open_renewing(never_returns, CPU_MS);
    fake_begin_test();
    const pid_t first = channel()->child;
    ck_assert(leaves_the_test(call, NULL));
    session_current()->verdict.status = VERDICT_FAIL;
    fake_end_test();
    ck_assert_int_ne(serve(VERDICT_PASS), first);
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("channel_renewal");
    TCase *const tests = tcase_create("channel_renewal");

    suite_add_tcase(suite, tests);
    tcase_add_test(tests, an_honest_child_serves_test_after_test);
    tcase_add_test(tests, who_cannot_be_renewed_serves_once);
    tcase_add_test(tests, a_word_too_many_after_a_pass_is_a_violation);
    tcase_add_test(tests, who_dies_between_tests_loses_the_next_one);
    tcase_add_test(tests, who_answers_a_renewal_loses_the_next_test);
    tcase_add_loop_test(tests, who_does_not_settle_after_a_failure_is_replaced, 0, 4);
    tcase_add_test(tests, who_owes_an_answer_is_replaced);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? 0 : 1;
}
