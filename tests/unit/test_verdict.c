/* verdict: the first end of a test counts, and its calls are kept. */
#include "verdict.h"

#include "leaving.h"
#include "run_tests.h"

#include <string.h>

static void crash(void *context)
{
    verdict_end(context, VERDICT_CRASH, "%s crashed", "alloc");
}

static void time_out(void *context)
{
    verdict_end(context, VERDICT_TIMEOUT, "too late");
}

static void talk_long(void *context)
{
    verdict_end(context, VERDICT_FAIL, "%2000d", 1);
}

START_TEST(a_new_verdict_is_a_pass_that_has_seen_nothing)
{
    static struct verdict verdict;

    memset(&verdict, 0xff, sizeof verdict);
    verdict_init(&verdict);
    ck_assert_int_eq(verdict.status, VERDICT_PASS);
    ck_assert_str_eq(verdict.message, "");
    ck_assert_str_eq(verdict.expected, "");
    ck_assert_str_eq(verdict.actual, "");
    ck_assert_str_eq(verdict.file, "");
    ck_assert_uint_eq(verdict.blocks_seen, 0);
    ck_assert_uint_eq(verdict.call_count, 0);
    ck_assert_ptr_null(verdict_call_at(&verdict, 0));
}
END_TEST

START_TEST(the_first_end_counts)
{
    static struct verdict verdict;

    verdict_init(&verdict);
    ck_assert(leaves_the_test(crash, &verdict));
    ck_assert(leaves_the_test(time_out, &verdict));
    ck_assert_int_eq(verdict.status, VERDICT_CRASH);
    ck_assert_str_eq(verdict.message, "alloc crashed");
}
END_TEST

START_TEST(a_long_message_is_cut)
{
    static struct verdict verdict;

    verdict_init(&verdict);
    ck_assert(leaves_the_test(talk_long, &verdict));
    ck_assert_uint_eq(strlen(verdict.message), VERDICT_TEXT_BYTES - 1);
}
END_TEST

START_TEST(the_last_calls_are_kept)
{
    static struct verdict verdict;
    const size_t count = VERDICT_CALLS + 10;

    verdict_init(&verdict);
    for (size_t n = 0; n < count; n++) {
        const uint64_t values[WIRE_VALUES] = {n};
        struct verdict_call *const call =
            verdict_note_call(&verdict, (uint16_t)(n % 7), 0, values);
        ck_assert(!call->is_answered);
        call->is_answered = true;
    }
    ck_assert_uint_eq(verdict.call_count, count);
    ck_assert_ptr_null(verdict_call_at(&verdict, count));
    ck_assert_ptr_null(verdict_call_at(&verdict, 9));
    for (size_t n = 10; n < count; n++) {
        ck_assert_uint_eq(verdict_call_at(&verdict, n)->values[0], n);
        ck_assert_uint_eq(verdict_call_at(&verdict, n)->operation, n % 7);
    }
}
END_TEST

START_TEST(every_status_has_a_name_of_its_own)
{
    for (int a = VERDICT_PASS; a <= VERDICT_MISSING; a++) {
        for (int b = a + 1; b <= VERDICT_MISSING; b++) {
            ck_assert_str_ne(verdict_status_name((enum verdict_status)a),
                             verdict_status_name((enum verdict_status)b));
        }
    }
    ck_assert_str_eq(verdict_status_name(VERDICT_PASS), "pass");
    /* A number that is no status must never read as a pass. */
    ck_assert_str_eq(verdict_status_name((enum verdict_status)99), "fail");
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_new_verdict_is_a_pass_that_has_seen_nothing,
        &the_first_end_counts,
        &a_long_message_is_cut,
        &the_last_calls_are_kept,
        &every_status_has_a_name_of_its_own,
    };

    return run_tests("verdict", tests, sizeof tests / sizeof tests[0]);
}
