/*
 * channel_child, with the real runtime: which child serves another test, and that it is
 * then what it was when it began. For children that misbehave: test_channel_renewal.c.
 */
#include "leaving.h"
#include "ops.h"
#include "real_subject.h"
#include "run_tests.h"
#include "session.h"

#include <check.h>
#include <sys/types.h>
#include <unistd.h>

enum {
    CPU_MS = 20 /* of start_subject */
};

/* A test that makes one call and ends with `status`. Returns the child that served. */
static pid_t serve(enum probe probe, uint64_t a, enum verdict_status status)
{
    begin_test();
    const pid_t child = channel()->child;
    const bool has_returned = returns_from(probe, a, 0);
    if (has_returned && status == VERDICT_PASS) {
        channel_settle(channel());
    }
    if (has_returned) {
        session_current()->verdict.status = status;
    }
    end_test();
    ck_assert_msg(verdict()->status == status, "%s: %s",
                  verdict_status_name(verdict()->status), verdict()->message);
    return child;
}

static pid_t next_child(void)
{
    return serve(PROBE_NOTHING, 0, VERDICT_PASS);
}

/* ---- What a renewed child is ---- */

START_TEST(a_renewed_child_finds_nothing_of_the_test_before)
{
    start_subject();
    const pid_t first = serve(PROBE_SOIL, 0, VERDICT_PASS);
    ck_assert_int_eq(serve(PROBE_CLEAN, 0, VERDICT_PASS), first);
    serve(PROBE_SOIL, 0, VERDICT_PASS);
    ck_assert_int_eq(serve(PROBE_CLEAN, 0, VERDICT_PASS), first);
    /* The control: within a test it is all there. */
    begin_test();
    ck_assert(returns_from(PROBE_SOIL, 0, 0));
    ck_assert(!returns_from(PROBE_CLEAN, 0, 0));
    end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_TIMEOUT);
}
END_TEST

START_TEST(the_stack_of_signals_is_emptied_as_well)
{
    const uint64_t address = WIRE_SIGNAL_STACK_BASE + WIRE_SIGNAL_STACK_BYTES - 100;

    start_subject();
    const pid_t first = serve(PROBE_WRITE, address, VERDICT_PASS);
    ck_assert_int_eq(serve(PROBE_ZERO, address, VERDICT_PASS), first);
    begin_test();
    ck_assert(returns_from(PROBE_WRITE, address, 0));
    ck_assert(!returns_from(PROBE_ZERO, address, 0));
    end_test();
}
END_TEST

START_TEST(the_copy_of_the_first_state_cannot_be_written_to)
{
    start_subject();
    expect_stop(PROBE_WRITE, WIRE_FIRST_STATE_BASE, 0, VERDICT_CRASH, "wrote to");
    expect_return(PROBE_READ, WIRE_FIRST_STATE_BASE);
}
END_TEST

START_TEST(a_test_in_a_renewed_child_has_all_of_its_time)
{
    start_subject();
    for (int i = 0; i < 3; i++) {
        next_child(); /* who comes after one that was too slow serves once */
        const pid_t first = next_child();
        ck_assert_int_eq(serve(PROBE_SPIN, 0, VERDICT_TIMEOUT), first);
        ck_assert_uint_ge(channel()->used_cpu_ms, CPU_MS);
    }
}
END_TEST

/* ---- Which child serves again ---- */

START_TEST(a_child_serves_again_after_a_pass_and_after_a_failure)
{
    start_subject();
    const pid_t first = next_child();
    ck_assert_int_eq(serve(PROBE_NOTHING, 0, VERDICT_FAIL), first);
    ck_assert_int_eq(serve(PROBE_NOTHING, 0, VERDICT_FAIL), first);
    ck_assert_int_eq(next_child(), first);
}
END_TEST

START_TEST(no_child_serves_again_after_anything_else)
{
    start_subject();
    for (int status = VERDICT_CRASH; status <= VERDICT_MISSING; status++) {
        const pid_t first = next_child();
        ck_assert_int_eq(serve(PROBE_NOTHING, 0, (enum verdict_status)status), first);
        ck_assert_int_ne(next_child(), first);
    }
    const pid_t first = next_child();
    ck_assert_int_eq(serve(PROBE_ABORT, 0, VERDICT_CRASH), first);
    ck_assert_int_ne(next_child(), first);
}
END_TEST

START_TEST(a_child_that_was_not_heard_out_does_not_serve_again)
{
    start_subject();
    begin_test();
    const pid_t first = channel()->child;
    ck_assert(returns_from(PROBE_NOTHING, 0, 0));
    end_test(); /* a pass without channel_settle: an assertion of Check has failed */
    ck_assert_int_ne(next_child(), first);
}
END_TEST

START_TEST(parted_tests_share_no_child)
{
    start_subject();
    const pid_t first = next_child();
    channel_part(channel());
    const pid_t second = next_child();
    ck_assert_int_ne(second, first);
    channel_part(channel());
    channel_part(channel()); /* there is none: nothing happens */
    ck_assert_int_ne(next_child(), second);
}
END_TEST

START_TEST(after_a_test_that_was_too_slow_a_child_serves_once)
{
    start_subject();
    serve(PROBE_SPIN, 0, VERDICT_TIMEOUT);
    const pid_t once = serve(PROBE_SPIN, 0, VERDICT_TIMEOUT);
    ck_assert_uint_ge(channel()->used_cpu_ms, CPU_MS);
    ck_assert_uint_eq(channel()->reserve_cpu_ms, 0);
    const pid_t last = next_child();
    ck_assert_int_ne(last, once);
    const pid_t first = next_child();
    ck_assert_int_ne(first, last);
    ck_assert_int_eq(next_child(), first);
}
END_TEST

START_TEST(a_child_grows_old)
{
    start_subject();
    const pid_t first = next_child();
    size_t served = 1;
    while (next_child() == first) {
        served++;
        ck_assert_uint_lt(served, 1000000);
    }
    ck_assert_uint_gt(served, 1);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_renewed_child_finds_nothing_of_the_test_before,
        &the_stack_of_signals_is_emptied_as_well,
        &the_copy_of_the_first_state_cannot_be_written_to,
        &a_test_in_a_renewed_child_has_all_of_its_time,
        &a_child_serves_again_after_a_pass_and_after_a_failure,
        &no_child_serves_again_after_anything_else,
        &a_child_that_was_not_heard_out_does_not_serve_again,
        &parted_tests_share_no_child,
        &after_a_test_that_was_too_slow_a_child_serves_once,
        &a_child_grows_old,
    };

    return run_tests("renewal", tests, sizeof tests / sizeof tests[0]);
}
