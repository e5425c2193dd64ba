/* results, the judge's: a test passes only if nobody had anything against it. */
#include "exercise.h"
#include "results.h"
#include "run_tests.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void describe(const struct verdict_call *call, char *text, size_t text_bytes)
{
    snprintf(text, text_bytes, "call %u", call->operation);
}

const struct exercise exercise = {.describe_call = describe};

static const struct test_case a_case = {.id = "suite.a", .suite = "suite"};

static struct verdict verdict;
static struct results results;

/* One test taken down and settled, written, and read back. */
static cJSON *written(const char *failure, bool is_traced)
{
    char text[65536] = "";
    const int descriptor = memfd_create("results", 0);

    results_init(&results, 1, is_traced);
    results_add(&results, &a_case, &verdict);
    results_settle(&results, 0, failure);
    ck_assert_int_eq(results_write(&results, descriptor), 0);
    const ssize_t size = pread(descriptor, text, sizeof text - 1, 0);
    ck_assert_int_gt(size, 0);
    ck_assert_int_eq(text[size - 1], '\n');
    ck_assert_ptr_eq(strchr(text, '\n'), text + size - 1);
    close(descriptor);
    results_release(&results);
    cJSON *const line = cJSON_Parse(text);
    ck_assert_ptr_nonnull(line);
    return line;
}

static const char *text_of(const cJSON *line, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(line, key));
}

static void note_calls(size_t count)
{
    static const uint64_t values[WIRE_VALUES] = {0};

    for (size_t i = 0; i < count; i++) {
        verdict_note_call(&verdict, (uint16_t)i, 0, values)->is_answered = true;
    }
}

static void expect_status(const char *failure, const char *status)
{
    cJSON *const line = written(failure, false);

    ck_assert_str_eq(text_of(line, "status"), status);
    ck_assert_str_eq(text_of(line, "id"), "suite.a");
    cJSON_Delete(line);
}

START_TEST(a_test_without_a_block_does_not_pass)
{
    verdict_init(&verdict);
    cJSON *const line = written(NULL, false);
    ck_assert_str_eq(text_of(line, "status"), "fail");
    ck_assert_ptr_nonnull(
        strstr(text_of(line, "message"), "No request was ever granted"));
    cJSON_Delete(line);
    verdict.blocks_seen = 1;
    expect_status(NULL, "pass");
}
END_TEST

START_TEST(a_failed_assertion_is_a_fail)
{
    verdict_init(&verdict);
    verdict.blocks_seen = 1;
    cJSON *const line = written("1 == 2", false);
    ck_assert_str_eq(text_of(line, "status"), "fail");
    ck_assert_str_eq(text_of(line, "message"), "1 == 2");
    cJSON_Delete(line);
}
END_TEST

START_TEST(a_verdict_is_stronger_than_an_assertion)
{
    for (int status = VERDICT_FAIL; status <= VERDICT_MISSING; status++) {
        verdict_init(&verdict);
        verdict.status = (enum verdict_status)status;
        verdict.blocks_seen = 1;
        strcpy(verdict.message, "because");
        expect_status("1 == 2", verdict_status_name(verdict.status));
        expect_status(NULL, verdict_status_name(verdict.status));
        cJSON *const line = written("1 == 2", false);
        ck_assert_str_eq(text_of(line, "message"), "because");
        cJSON_Delete(line);
    }
}
END_TEST

static void expect_calls_listed(bool is_traced,
                                int count,
                                int omitted,
                                const char *first)
{
    cJSON *const line = written(NULL, is_traced);
    const cJSON *const calls = cJSON_GetObjectItemCaseSensitive(line, "calls");

    ck_assert_int_eq(cJSON_GetArraySize(calls), count);
    ck_assert_int_eq((int)cJSON_GetNumberValue(
                         cJSON_GetObjectItemCaseSensitive(line, "calls_omitted")),
                     omitted);
    if (count > 0) {
        ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetArrayItem(calls, 0)), first);
    }
    cJSON_Delete(line);
}

START_TEST(a_failed_test_shows_its_last_calls)
{
    verdict_init(&verdict);
    note_calls(15);
    expect_calls_listed(false, 12, 3, "call 3");
    expect_calls_listed(true, 15, 0, "call 0");
}
END_TEST

START_TEST(a_passed_test_shows_calls_only_when_traced)
{
    verdict_init(&verdict);
    verdict.blocks_seen = 1;
    note_calls(3);
    expect_calls_listed(false, 0, 0, NULL);
    expect_calls_listed(true, 3, 0, "call 0");
}
END_TEST

START_TEST(a_very_long_trace_says_what_is_missing)
{
    verdict_init(&verdict);
    note_calls(VERDICT_CALLS + 5);
    expect_calls_listed(true, VERDICT_CALLS, 5, "call 5");
}
END_TEST

START_TEST(a_callback_stands_under_its_call)
{
    static const uint64_t values[WIRE_VALUES] = {0};

    verdict_init(&verdict);
    verdict_note_call(&verdict, 7, 0, values);
    verdict_note_call(&verdict, 8, 2, values)->is_answered = true;
    cJSON *const line = written(NULL, false);
    const cJSON *const calls = cJSON_GetObjectItemCaseSensitive(line, "calls");
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetArrayItem(calls, 0)),
                     "call 7 -> no answer");
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetArrayItem(calls, 1)), "    call 8");
    cJSON_Delete(line);
}
END_TEST

START_TEST(a_location_and_a_comparison_are_told)
{
    verdict_init(&verdict);
    cJSON *line = written(NULL, false);
    ck_assert(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(line, "location")));
    ck_assert(cJSON_IsNull(cJSON_GetObjectItemCaseSensitive(line, "expected")));
    cJSON_Delete(line);
    strcpy(verdict.file, "fba.c");
    verdict.line = 12;
    verdict.column = 5;
    strcpy(verdict.expected, "\"a\"\n");
    line = written(NULL, false);
    const cJSON *const location = cJSON_GetObjectItemCaseSensitive(line, "location");
    ck_assert_str_eq(text_of(location, "file"), "fba.c");
    ck_assert_int_eq(
        (int)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(location, "line")),
        12);
    ck_assert_str_eq(text_of(line, "expected"), "\"a\"\n");
    cJSON_Delete(line);
}
END_TEST

START_TEST(results_that_cannot_be_written_are_an_error)
{
    verdict_init(&verdict);
    results_init(&results, 1, false);
    results_add(&results, &a_case, &verdict);
    ck_assert_int_eq(results_write(&results, -1), -1);
    results_release(&results);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_test_without_a_block_does_not_pass,
        &a_failed_assertion_is_a_fail,
        &a_verdict_is_stronger_than_an_assertion,
        &a_failed_test_shows_its_last_calls,
        &a_passed_test_shows_calls_only_when_traced,
        &a_very_long_trace_says_what_is_missing,
        &a_callback_stands_under_its_call,
        &a_location_and_a_comparison_are_told,
        &results_that_cannot_be_written_are_an_error,
    };

    return run_tests("judge_results", tests, sizeof tests / sizeof tests[0]);
}
