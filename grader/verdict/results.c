#include "results.h"

#include "details.h"
#include "json_read.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const status_names[TEST_STATUS_COUNT] = {
    [TEST_NOT_RUN] = "not_run",
    [TEST_PASS] = "pass",
    [TEST_FAIL] = "fail",
    [TEST_CRASH] = "crash",
    [TEST_TIMEOUT] = "timeout",
    [TEST_UNDEFINED_BEHAVIOUR] = "undefined_behaviour",
    [TEST_FORBIDDEN_CALL] = "forbidden_call",
    [TEST_FORBIDDEN_SYSCALL] = "forbidden_syscall",
    [TEST_EARLY_EXIT] = "early_exit",
    [TEST_PROTOCOL_VIOLATION] = "protocol_violation",
    [TEST_MISSING] = "missing"};

const char *test_status_name(enum test_status status)
{
    return status_names[status];
}

static void release_test(struct outcome *test)
{
    for (size_t i = 0; test->calls != NULL && i < test->call_count; i++) {
        free(test->calls[i]);
    }
    free(test->calls);
    free(test->message);
    free(test->expected);
    free(test->actual);
    free(test->file);
    free(test->function);
    json_free(test->buffer);
    json_free(test->counterexample);
    *test = (struct outcome){0};
}

void results_release(struct results *results)
{
    for (size_t i = 0; results->tests != NULL && i < results->count; i++) {
        release_test(&results->tests[i]);
    }
    free(results->tests);
    json_free(results->diagnosis);
    json_free(results->findings);
    *results = (struct results){0};
}

int results_init(const struct manifest *manifest,
                 struct results *results,
                 struct error *error)
{
    *results = (struct results){
        .tests = calloc(manifest->test_count, sizeof *results->tests),
        .count = manifest->test_count,
        .diagnosis = cJSON_CreateArray(),
        .findings = cJSON_CreateArray(),
    };
    if (results->tests == NULL || results->diagnosis == NULL ||
        results->findings == NULL) {
        results_release(results);
        error_set(error, ERROR_GRADER, "out of memory");
        return -1;
    }
    return 0;
}

static int read_status(const struct json_value *line,
                       enum test_status *status,
                       struct error *error)
{
    struct json_value member = {0};
    char *name = NULL;
    if (json_member(line, "status", &member, error) != 0 ||
        json_string(&member, &name, error) != 0) {
        return -1;
    }
    bool is_known = false;
    for (int i = 0; i < TEST_STATUS_COUNT; i++) {
        /* A judge that was to run a test cannot say that it did not. */
        if (i != TEST_NOT_RUN && strcmp(name, status_names[i]) == 0) {
            *status = (enum test_status)i;
            is_known = true;
        }
    }
    if (!is_known) {
        json_error(&member, error, "is \"%s\", which is no status of a test", name);
    }
    free(name);
    return is_known ? 0 : -1;
}

/* Text or null; an empty text says nothing and is null as well. */
static int read_words(const struct json_value *line,
                      const char *key,
                      char **words,
                      struct error *error)
{
    char *text = NULL;
    if (json_text_or_null(line, key, &text, error) != 0) {
        return -1;
    }
    if (text != NULL && text[0] == '\0') {
        free(text);
        text = NULL;
    }
    *words = text;
    return 0;
}

static int read_location(const struct json_value *line,
                         struct outcome *test,
                         struct error *error)
{
    static const char *const keys[] = {"file", "line", "column", "function", NULL};
    struct json_value location = {0};
    uint64_t number = 0;
    uint64_t column = 0;
    if (json_member(line, "location", &location, error) != 0) {
        return -1;
    }
    if (json_is_null(&location)) {
        return 0;
    }
    if (json_only_keys(&location, keys, error) != 0 ||
        json_text(&location, "file", &test->file, error) != 0 ||
        json_whole(&location, "line", 1, INT32_MAX, &number, error) != 0 ||
        json_whole(&location, "column", 0, INT32_MAX, &column, error) != 0 ||
        read_words(&location, "function", &test->function, error) != 0) {
        return -1;
    }
    test->line = (int)number;
    test->column = (int)column;
    return 0;
}

static int read_places(const struct json_value *line,
                       struct outcome *test,
                       struct error *error)
{
    const uint64_t most = JSON_LARGEST_INTEGER;
    if (json_whole(line, "stopped_at", 0, most, &test->places[0], error) != 0) {
        return -1;
    }
    return json_whole(line, "called_from", 0, most, &test->places[1], error);
}

static int read_calls(const struct json_value *line,
                      struct outcome *test,
                      struct error *error)
{
    struct json_value array = {0};
    size_t count = 0;
    void *calls = NULL;
    if (json_whole(line, "calls_omitted", 0, JSON_LARGEST_INTEGER, &test->calls_omitted,
                   error) != 0 ||
        json_array(line, "calls", &array, &count, error) != 0) {
        return -1;
    }
    if (count == 0) {
        return 0;
    }
    if (json_new_list(&array, count, sizeof *test->calls, &calls, error) != 0) {
        return -1;
    }
    test->calls = calls;
    test->call_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct json_value call = json_element(&array, i);
        if (json_string(&call, &test->calls[i], error) != 0) {
            return -1;
        }
    }
    return 0;
}

static int read_test(const struct json_value *line,
                     struct outcome *test,
                     struct error *error)
{
    static const char *const keys[] = {
        "id",       "status",         "message",     "expected", "actual",
        "location", "stopped_at",     "called_from", "calls",    "calls_omitted",
        "buffer",   "counterexample", NULL};
    if (json_only_keys(line, keys, error) != 0 ||
        read_status(line, &test->status, error) != 0 ||
        read_words(line, "message", &test->message, error) != 0 ||
        read_words(line, "expected", &test->expected, error) != 0 ||
        read_words(line, "actual", &test->actual, error) != 0 ||
        read_location(line, test, error) != 0 || read_places(line, test, error) != 0 ||
        read_calls(line, test, error) != 0 ||
        details_read(line, "buffer", details_check_buffer, &test->buffer, error) != 0) {
        return -1;
    }
    return details_read(line, "counterexample", details_check_counterexample,
                        &test->counterexample, error);
}

/* What was read so far, and what it is compared with. */
struct reading {
    const struct manifest *manifest;
    ptrdiff_t selected;
    struct results *results;
    size_t lines;
    size_t tests;
    bool has_ended;
};

/* Takes the result of one line into its place; a test may have one only. */
static int take_test(const struct json_value *line,
                     struct reading *reading,
                     struct error *error)
{
    char *id = NULL;
    int status = -1;
    if (json_text(line, "id", &id, error) != 0) {
        return -1;
    }
    assert(id != NULL && reading->results->tests != NULL);
    const ptrdiff_t index = manifest_find_test(reading->manifest, id);
    if (index < 0 || (reading->selected >= 0 && index != reading->selected)) {
        json_error(line, error,
                   "is about the test %s, which was not asked for; bring "
                   "exercise.json and the judge in step with `make manifest`",
                   id);
    } else if (reading->results->tests[index].status != TEST_NOT_RUN) {
        json_error(line, error, "is a second result for the test %s", id);
    } else {
        status = read_test(line, &reading->results->tests[index], error);
        reading->tests++;
    }
    free(id);
    return status;
}

/* A line {"<key>": object}, behind the tests. */
static int take_detail(const struct json_value *line,
                       const char *key,
                       details_check *check,
                       struct cJSON *array,
                       struct error *error)
{
    const char *const keys[] = {key, NULL};
    struct cJSON *detail = NULL;
    if (json_only_keys(line, keys, error) != 0 ||
        details_read(line, key, check, &detail, error) != 0) {
        return -1;
    }
    if (detail == NULL) {
        return json_error(line, error, "says nothing");
    }
    cJSON_AddItemToArray(array, detail);
    return 0;
}

/* The closing line, with the number of results the judge says it wrote. */
static int take_end(const struct json_value *line,
                    struct reading *reading,
                    struct error *error)
{
    static const char *const keys[] = {"end", "tests", NULL};
    struct json_value end = {0};
    uint64_t tests = 0;
    if (json_only_keys(line, keys, error) != 0 ||
        json_member(line, "end", &end, error) != 0 ||
        json_whole(line, "tests", 0, JSON_LARGEST_INTEGER, &tests, error) != 0) {
        return -1;
    }
    if (!json_is_true(&end)) {
        return json_error(&end, error, "is not true");
    }
    if (tests != reading->tests) {
        return json_error(line, error, "closes %llu results, but there are %zu",
                          (unsigned long long)tests, reading->tests);
    }
    reading->has_ended = true;
    return 0;
}

static int take_value(const struct json_value *line,
                      struct reading *reading,
                      struct error *error)
{
    if (json_has(line, "end")) {
        return take_end(line, reading, error);
    }
    if (json_has(line, "diagnosis")) {
        return take_detail(line, "diagnosis", details_check_diagnosis,
                           reading->results->diagnosis, error);
    }
    if (json_has(line, "finding")) {
        return take_detail(line, "finding", details_check_finding,
                           reading->results->findings, error);
    }
    return take_test(line, reading, error);
}

/* `text` is one line, ended by a NUL in place of its newline. */
static int take_line(const char *text,
                     size_t length,
                     struct reading *reading,
                     struct error *error)
{
    char name[64];
    struct cJSON *root = NULL;
    snprintf(name, sizeof name, "line %zu of the judge's results", ++reading->lines);
    if (reading->has_ended) {
        return error_set(error, ERROR_GRADER, "%s stands behind the closing line",
                         name);
    }
    if (json_parse(name, text, length, 1, &root, error) != 0) {
        return -1;
    }
    const struct json_value line = json_root(name, root);
    const int status = take_value(&line, reading, error);
    json_free(root);
    return status;
}

static int check_complete(const struct reading *reading, struct error *error)
{
    if (!reading->has_ended) {
        return error_set(error, ERROR_GRADER,
                         "the judge stopped after %zu results without a closing line",
                         reading->tests);
    }
    for (size_t i = 0; i < reading->results->count; i++) {
        const bool was_asked_for =
            reading->selected < 0 || (size_t)reading->selected == i;
        if (was_asked_for && reading->results->tests[i].status == TEST_NOT_RUN) {
            return error_set(error, ERROR_GRADER,
                             "the judge has no result for the test %s; bring "
                             "exercise.json and the judge in step with `make manifest`",
                             reading->manifest->tests[i].id);
        }
    }
    return 0;
}

/* Cuts `text` into lines, in place. */
static int take_lines(char *text,
                      size_t length,
                      struct reading *reading,
                      struct error *error)
{
    char *const end = text + length;
    for (char *line = text; line < end;) {
        char *newline = memchr(line, '\n', (size_t)(end - line));
        if (newline == NULL) {
            return error_set(error, ERROR_GRADER, "the judge's last line is cut off");
        }
        *newline = '\0';
        if (take_line(line, (size_t)(newline - line), reading, error) != 0) {
            return -1;
        }
        line = newline + 1;
    }
    return check_complete(reading, error);
}

int results_parse(const char *text,
                  size_t length,
                  const struct manifest *manifest,
                  ptrdiff_t selected,
                  struct results *results,
                  struct error *error)
{
    struct results parsed = {0};
    struct reading reading = {
        .manifest = manifest, .selected = selected, .results = &parsed};
    char *copy = malloc(length + 1);
    int status = -1;
    if (copy == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (results_init(manifest, &parsed, error) == 0 &&
        take_lines(copy, length, &reading, error) == 0) {
        *results = parsed;
        parsed = (struct results){0};
        status = 0;
    }
    results_release(&parsed);
    free(copy);
    return status;
}
