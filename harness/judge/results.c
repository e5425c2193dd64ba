#include "results.h"

#include "exercise.h"
#include "fatal.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many of the last calls a failed test shows. */
#define CALLS_SHOWN 12u
#define CALL_TEXT_BYTES 160u

/* cJSON answers NULL when memory is used up, and for nothing else that we do. */
static cJSON *made(cJSON *item)
{
    if (item == NULL) {
        fatal("out of memory");
    }
    return item;
}

void results_init(struct results *results, size_t selected, bool is_traced)
{
    *results = (struct results){
        .tests = calloc(selected + 1, sizeof *results->tests),
        .saw_block = calloc(selected + 1, sizeof *results->saw_block),
        .selected = selected,
        .is_traced = is_traced,
    };
    if (results->tests == NULL || results->saw_block == NULL) {
        fatal("out of memory");
    }
}

void results_release(struct results *results)
{
    for (size_t i = 0; i < results->count; i++) {
        cJSON_Delete(results->tests[i]);
    }
    free(results->tests);
    free(results->saw_block);
    *results = (struct results){0};
}

/* Deeper calls are indented, so that a callback stands under the call it came from. */
static cJSON *call_text(const struct verdict_call *call)
{
    char text[CALL_TEXT_BYTES];
    char line[CALL_TEXT_BYTES + 2 * UINT8_MAX + sizeof " -> no answer"];

    exercise.describe_call(call, text, sizeof text);
    snprintf(line, sizeof line, "%*s%s%s", 2 * (int)call->depth, "", text,
             call->is_answered ? "" : " -> no answer");
    return made(cJSON_CreateString(line));
}

/* How many of the last calls to keep: of a passed test, those that Check may yet find
 * fault with. */
static size_t count_shown(const struct results *results, const struct verdict *verdict)
{
    if (results->is_traced) {
        return VERDICT_CALLS;
    }
    return verdict->status == VERDICT_PASS && verdict->is_complete &&
                   verdict->blocks_seen > 0
               ? 0
               : CALLS_SHOWN;
}

static void add_calls(cJSON *object, const struct verdict *verdict, size_t shown)
{
    cJSON *const calls = made(cJSON_AddArrayToObject(object, "calls"));
    size_t first = verdict->call_count > shown ? verdict->call_count - shown : 0;

    if (verdict->call_count - first > VERDICT_CALLS) {
        first = verdict->call_count - VERDICT_CALLS;
    }
    for (size_t n = first; n < verdict->call_count; n++) {
        cJSON_AddItemToArray(calls, call_text(verdict_call_at(verdict, n)));
    }
    made(cJSON_AddNumberToObject(object, "calls_omitted", (double)first));
}

static void add_text_or_null(cJSON *object, const char *key, const char *text)
{
    made(text[0] == '\0' ? cJSON_AddNullToObject(object, key)
                         : cJSON_AddStringToObject(object, key, text));
}

static void add_location(cJSON *object, const struct verdict *verdict)
{
    if (verdict->file[0] == '\0') {
        made(cJSON_AddNullToObject(object, "location"));
        return;
    }
    cJSON *const location = made(cJSON_AddObjectToObject(object, "location"));
    made(cJSON_AddStringToObject(location, "file", verdict->file));
    made(cJSON_AddNumberToObject(location, "line", verdict->line));
    made(cJSON_AddNumberToObject(location, "column", verdict->column));
    add_text_or_null(location, "function", verdict->function);
}

/* An address that the child claims; 0 if it is more than a number of JSON can hold. */
static double claimed_place(const struct verdict *verdict, size_t index)
{
    const uint64_t most = (UINT64_C(1) << 53) - 1;
    const uint64_t place = verdict->places[index];

    return place <= most ? (double)place : 0;
}

static void add_places(cJSON *object, const struct verdict *verdict)
{
    made(cJSON_AddNumberToObject(object, "stopped_at", claimed_place(verdict, 0)));
    made(cJSON_AddNumberToObject(object, "called_from", claimed_place(verdict, 1)));
}

/* Takes `value`; NULL is written as null. */
static void add_or_null(cJSON *object, const char *key, cJSON *value)
{
    cJSON_AddItemToObject(object, key,
                          value != NULL ? value : made(cJSON_CreateNull()));
}

/* The search for one takes long, and a second one of a suite would mostly be the same:
 * beyond_keep_examples. */
static bool has_example(const struct results *results, const char *suite)
{
    const size_t length = strlen(suite);

    for (size_t i = 0; i < results->count; i++) {
        const char *const id = cJSON_GetStringValue(
            cJSON_GetObjectItemCaseSensitive(results->tests[i], "id"));
        if (strncmp(id, suite, length) == 0 && id[length] == '.' &&
            cJSON_IsObject(cJSON_GetObjectItemCaseSensitive(results->tests[i],
                                                            "counterexample"))) {
            return true;
        }
    }
    return false;
}

void results_add(struct results *results,
                 const struct test_case *test,
                 const struct verdict *verdict)
{
    cJSON *const object = made(cJSON_CreateObject());
    const char *const status = verdict_status_name(verdict->status);
    const bool has_failed = verdict->status != VERDICT_PASS;

    made(cJSON_AddStringToObject(object, "id", test->id));
    made(cJSON_AddStringToObject(object, "status", status));
    made(cJSON_AddStringToObject(object, "message", verdict->message));
    add_text_or_null(object, "expected", verdict->expected);
    add_text_or_null(object, "actual", verdict->actual);
    add_location(object, verdict);
    add_places(object, verdict);
    add_calls(object, verdict, count_shown(results, verdict));
    results->saw_block[results->count] = verdict->blocks_seen > 0;
    results->tests[results->count++] = object;
    add_or_null(object, "buffer",
                has_failed && exercise.picture != NULL ? exercise.picture(verdict)
                                                       : NULL);
    add_or_null(object, "counterexample",
                has_failed && exercise.counterexample != NULL &&
                        !has_example(results, test->suite)
                    ? exercise.counterexample(test, verdict)
                    : NULL);
}

static bool has_passed(const cJSON *test)
{
    const char *const status =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "status"));

    return strcmp(status, verdict_status_name(VERDICT_PASS)) == 0;
}

static void replace_text(cJSON *object, const char *key, const char *text)
{
    cJSON *const item = made(cJSON_CreateString(text));

    cJSON_ReplaceItemInObjectCaseSensitive(object, key, item);
}

void results_settle(struct results *results, size_t index, const char *failure)
{
    cJSON *const test = results->tests[index];

    if (failure == NULL && !results->saw_block[index]) {
        failure =
            "No request was ever granted in this test, so there is nothing to judge.";
    }
    if (failure != NULL && has_passed(test)) {
        replace_text(test, "status", verdict_status_name(VERDICT_FAIL));
        replace_text(test, "message", failure);
    }
}

int results_write_bytes(int descriptor, const char *bytes, size_t count)
{
    while (count > 0) {
        const ssize_t written = write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return -1;
        }
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

/* A passed test needs no calls, unless somebody asked to see everything. */
static void forget_calls(cJSON *test)
{
    cJSON_ReplaceItemInObjectCaseSensitive(test, "calls", made(cJSON_CreateArray()));
    cJSON_ReplaceItemInObjectCaseSensitive(test, "calls_omitted",
                                           made(cJSON_CreateNumber(0)));
}

int results_write(const struct results *results, int descriptor)
{
    for (size_t i = 0; i < results->count; i++) {
        cJSON *const test = results->tests[i];
        if (!results->is_traced && has_passed(test)) {
            forget_calls(test);
        }
        char *const line = cJSON_PrintUnformatted(test);
        if (line == NULL) {
            errno = ENOMEM;
            return -1;
        }
        const int status = results_write_bytes(descriptor, line, strlen(line)) != 0 ||
                           results_write_bytes(descriptor, "\n", 1) != 0;
        cJSON_free(line);
        if (status != 0) {
            return -1;
        }
    }
    return 0;
}
