/* shrink: what it makes of a failure, where the test says what each attempt ends in. */
#include "run_tests.h"
#include "session.h"
#include "shrink.h"
#include "trial.h"

#include <string.h>

bool __wrap_trial_run(trial_body *body, void *argument);
bool __wrap_trial_was_slow(void);

/* Of every attempt. */
static struct {
    enum verdict_status status;
    bool is_slow;
    int count;
} attempts;

/* Nothing is played: an attempt's difference is that of a play that never began. */
bool __wrap_trial_run(trial_body *body, void *argument)
{
    (void)body, (void)argument;
    verdict_init(&session_current()->verdict);
    session_current()->verdict.status = attempts.status;
    attempts.count++;
    return attempts.status == VERDICT_PASS;
}

bool __wrap_trial_was_slow(void)
{
    return attempts.is_slow;
}

static void expect_attempts_to_end(enum verdict_status status, bool is_slow)
{
    attempts.status = status;
    attempts.is_slow = is_slow;
    attempts.count = 0;
}

/* `requests` of an FBA and a buffer that are not the first of their kind. */
static struct sequence second_of_two(size_t requests)
{
    struct sequence sequence = {
        .memories = {{4096, 16}, {8192, 900}}, .memory_count = 2, .fba_count = 2};
    const struct sequence_op init = {SEQUENCE_INIT, .fba = 1, .memory = 1, .len = 900};
    const struct sequence_op handle = {SEQUENCE_HANDLE, .fba = 1};

    sequence_add(&sequence, init);
    const size_t at = sequence_add(&sequence, handle);
    for (size_t i = 0; i < requests; i++) {
        sequence_add(&sequence,
                     (struct sequence_op){SEQUENCE_ALLOC, .fba = 1, .handle = at,
                                          .len = 20, .alignment = 4});
    }
    return sequence;
}

/* The last operation has crashed. */
static struct failure last_of(const struct sequence *sequence)
{
    return (struct failure){.status = VERDICT_CRASH,
                            .play = {.count = sequence->count - 1}};
}

/* The failure tells of buffers by the numbers that they had when it was seen. */
START_TEST(what_no_attempt_shows_again_stays_as_it_was)
{
    struct sequence sequence = second_of_two(3);
    const struct sequence before = sequence;
    struct failure failure = last_of(&sequence);

    failure.play.buffers[1] = 0x1234;
    expect_attempts_to_end(VERDICT_PASS, false);
    shrink(&sequence, &failure);
    ck_assert_int_gt(attempts.count, 0);
    ck_assert_uint_eq(sequence.count, before.count);
    ck_assert_uint_eq(sequence.memory_count, before.memory_count);
    ck_assert_uint_eq(sequence.fba_count, before.fba_count);
    for (size_t i = 0; i < sequence.count; i++) {
        ck_assert_uint_eq(sequence.ops[i].fba, before.ops[i].fba);
        ck_assert_uint_eq(sequence.ops[i].memory, before.ops[i].memory);
        ck_assert_uint_eq(sequence.ops[i].len, before.ops[i].len);
    }
    ck_assert_int_eq(failure.status, VERDICT_CRASH);
    ck_assert_uint_eq(failure.play.buffers[1], 0x1234);
}
END_TEST

START_TEST(what_comes_after_the_failure_goes)
{
    struct sequence sequence = second_of_two(30);
    struct failure failure = last_of(&sequence);

    failure.play.count = 4; /* the third request of 30 */
    expect_attempts_to_end(VERDICT_PASS, false);
    shrink(&sequence, &failure);
    ck_assert_uint_eq(sequence.count, 5);
}
END_TEST

START_TEST(what_every_attempt_shows_becomes_as_small_as_can_be)
{
    struct sequence sequence = second_of_two(300);
    struct failure failure = last_of(&sequence);

    expect_attempts_to_end(VERDICT_CRASH, false);
    shrink(&sequence, &failure);
    ck_assert_uint_eq(sequence.count, 1);
    ck_assert_uint_eq(sequence.memory_count, 1);
    ck_assert_uint_eq(sequence.fba_count, 1);
    ck_assert_uint_eq(sequence.ops[0].fba, 0);
    ck_assert_uint_eq(sequence.ops[0].memory, 0);
}
END_TEST

START_TEST(another_failure_is_not_taken_for_it)
{
    struct sequence sequence = second_of_two(3);
    struct failure failure = last_of(&sequence);

    expect_attempts_to_end(VERDICT_FAIL, false);
    shrink(&sequence, &failure);
    ck_assert_uint_eq(sequence.count, 5);
    ck_assert_int_eq(failure.status, VERDICT_CRASH);
}
END_TEST

START_TEST(attempts_that_hang_or_dawdle_are_few)
{
    static const struct {
        enum verdict_status status;
        bool is_slow;
        int most;
    } cases[] = {
        {VERDICT_PASS, false, 90},
        {VERDICT_PASS, true, 7},
        {VERDICT_TIMEOUT, false, 3},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct sequence sequence = second_of_two(600);
        struct failure failure = last_of(&sequence);
        expect_attempts_to_end(cases[i].status, cases[i].is_slow);
        shrink(&sequence, &failure);
        ck_assert_int_gt(attempts.count, 0);
        ck_assert_int_le(attempts.count, cases[i].most);
    }
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &what_no_attempt_shows_again_stays_as_it_was,
        &what_comes_after_the_failure_goes,
        &what_every_attempt_shows_becomes_as_small_as_can_be,
        &another_failure_is_not_taken_for_it,
        &attempts_that_hang_or_dawdle_are_few,
    };
    return run_tests("shrink", tests, sizeof(tests) / sizeof(tests[0]));
}
