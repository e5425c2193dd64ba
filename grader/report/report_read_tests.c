#include "report_read_tests.h"

#include "details.h"
#include "report_value.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static int read_points(const struct json_value *entry,
                       int *points,
                       int *max,
                       struct error *error)
{
    if (report_value_number(entry, "points", 0, points, error) != 0 ||
        report_value_number(entry, "max", 1, max, error) != 0) {
        return -1;
    }
    if (*points > *max) {
        return json_error(entry, error, "has %d of %d points, which is more than all",
                          *points, *max);
    }
    return 0;
}

static int read_suite(const struct json_value *entry,
                      size_t index,
                      struct report *report,
                      struct error *error)
{
    static const char *const keys[] = {"id", "title", "lesson", "points", "max", NULL};
    struct report_suite *suite = &report->suites[index];
    if (json_only_keys(entry, keys, error) != 0 ||
        report_value_text(entry, "id", &suite->id, error) != 0 ||
        report_value_text(entry, "title", &suite->title, error) != 0 ||
        report_value_text(entry, "lesson", &suite->lesson, error) != 0) {
        return -1;
    }
    return read_points(entry, &suite->points, &suite->max, error);
}

static int read_clause(const struct json_value *entry,
                       size_t index,
                       struct report *report,
                       struct error *error)
{
    static const char *const keys[] = {"id", "text", "why", NULL};
    struct report_clause *clause = &report->clauses[index];
    if (json_only_keys(entry, keys, error) != 0 ||
        report_value_text(entry, "id", &clause->id, error) != 0 ||
        report_value_text(entry, "text", &clause->text, error) != 0) {
        return -1;
    }
    return report_value_text(entry, "why", &clause->why, error);
}

static int find_suite(const struct json_value *entry,
                      const struct report *report,
                      const struct report_suite **suite,
                      struct error *error)
{
    const char *id = NULL;
    if (report_value_text(entry, "suite", &id, error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < report->suite_count; i++) {
        if (strcmp(report->suites[i].id, id) == 0) {
            *suite = &report->suites[i];
            return 0;
        }
    }
    return json_error(entry, error, "is of a suite \"%s\" that is not listed", id);
}

int report_find_clause(const struct json_value *entry,
                       const struct report *report,
                       const struct report_clause **clause,
                       struct error *error)
{
    const char *id = NULL;
    if (report_value_text(entry, "clause", &id, error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < report->clause_count; i++) {
        if (strcmp(report->clauses[i].id, id) == 0) {
            *clause = &report->clauses[i];
            return 0;
        }
    }
    return json_error(entry, error, "names a clause \"%s\" that is not listed", id);
}

static int read_location(const struct json_value *entry,
                         struct report_test *test,
                         struct error *error)
{
    static const char *const keys[] = {"file", "line", "column", "function", NULL};
    struct json_value object = {0};
    if (json_member(entry, "location", &object, error) != 0) {
        return -1;
    }
    if (json_is_null(&object)) {
        return 0;
    }
    if (json_only_keys(&object, keys, error) != 0 ||
        report_value_text(&object, "file", &test->file, error) != 0 ||
        report_value_number(&object, "line", 1, &test->line, error) != 0 ||
        report_value_number_or_null(&object, "column", &test->column, error) != 0) {
        return -1;
    }
    return report_value_text_or_null(&object, "function", &test->function, error);
}

int report_read_counterexample(const struct json_value *entry,
                               bool *has,
                               struct report_counterexample *counterexample,
                               struct error *error)
{
    struct json_value object = {0};
    if (json_member(entry, "counterexample", &object, error) != 0) {
        return -1;
    }
    if (json_is_null(&object)) {
        return 0;
    }
    if (details_check_counterexample(&object, error) != 0 ||
        report_value_texts(&object, "calls", &counterexample->calls, error) != 0 ||
        report_value_text(&object, "expected", &counterexample->expected, error) != 0 ||
        report_value_text(&object, "actual", &counterexample->actual, error) != 0 ||
        report_value_text(&object, "program", &counterexample->program, error) != 0) {
        return -1;
    }
    *has = true;
    return 0;
}

static int read_buffer(const struct json_value *entry,
                       struct report_test *test,
                       struct error *error)
{
    struct json_value object = {0};
    if (json_member(entry, "buffer", &object, error) != 0) {
        return -1;
    }
    if (json_is_null(&object)) {
        return 0;
    }
    test->buffer = object.node;
    return details_check_buffer(&object, error);
}

static int read_visibility(const struct json_value *entry,
                           struct report_test *test,
                           struct error *error)
{
    static const enum visibility all[] = {VISIBILITY_HIDDEN, VISIBILITY_VISIBLE,
                                          VISIBILITY_AFTER_DUE_DATE,
                                          VISIBILITY_AFTER_PUBLISHED};
    const char *names[sizeof all / sizeof all[0] + 1] = {NULL};
    size_t choice = 0;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        names[i] = visibility_name(all[i]);
    }
    if (report_value_choice(entry, "visibility", names, &choice, error) != 0) {
        return -1;
    }
    test->visibility = all[choice];
    return 0;
}

static int read_status(const struct json_value *entry,
                       struct report_test *test,
                       struct error *error)
{
    const char *names[TEST_STATUS_COUNT + 1] = {NULL};
    size_t choice = 0;
    for (int i = 0; i < TEST_STATUS_COUNT; i++) {
        names[i] = test_status_name((enum test_status)i);
    }
    if (report_value_choice(entry, "status", names, &choice, error) != 0) {
        return -1;
    }
    test->status = (enum test_status)choice;
    if (test->points > 0 && test->status != TEST_PASS) {
        return json_error(entry, error, "has points, though its status is \"%s\"",
                          names[choice]);
    }
    return 0;
}

/* What happened in it. */
static int read_outcome(const struct json_value *entry,
                        struct report_test *test,
                        struct error *error)
{
    if (report_value_any_text(entry, "message", &test->message, error) != 0 ||
        report_value_text_or_null(entry, "expected", &test->expected, error) != 0 ||
        report_value_text_or_null(entry, "actual", &test->actual, error) != 0 ||
        read_location(entry, test, error) != 0 ||
        report_value_texts(entry, "calls", &test->calls, error) != 0 ||
        json_whole(entry, "calls_omitted", 0, JSON_LARGEST_INTEGER,
                   &test->calls_omitted, error) != 0 ||
        read_buffer(entry, test, error) != 0) {
        return -1;
    }
    return report_read_counterexample(entry, &test->has_counterexample,
                                      &test->counterexample, error);
}

static int read_test(const struct json_value *entry,
                     size_t index,
                     struct report *report,
                     struct error *error)
{
    static const char *const keys[] = {
        "id",       "suite", "title",         "clause",   "visibility",     "status",
        "points",   "max",   "message",       "expected", "actual",         "hint",
        "location", "calls", "calls_omitted", "buffer",   "counterexample", NULL};
    struct report_test *test = &report->tests[index];
    if (json_only_keys(entry, keys, error) != 0 ||
        report_value_text(entry, "id", &test->id, error) != 0 ||
        report_value_text(entry, "title", &test->title, error) != 0 ||
        find_suite(entry, report, &test->suite, error) != 0 ||
        report_find_clause(entry, report, &test->clause, error) != 0 ||
        read_visibility(entry, test, error) != 0 ||
        report_value_text(entry, "hint", &test->hint, error) != 0 ||
        read_points(entry, &test->points, &test->max, error) != 0 ||
        read_status(entry, test, error) != 0) {
        return -1;
    }
    return read_outcome(entry, test, error);
}

/* A suite has the points of its tests. */
static int check_suites(const struct json_value *root,
                        const struct report *report,
                        struct error *error)
{
    for (size_t i = 0; i < report->suite_count; i++) {
        const struct report_suite *suite = &report->suites[i];
        long points = 0;
        long max = 0;
        for (size_t j = 0; j < report->test_count; j++) {
            if (report->tests[j].suite == suite) {
                points += report->tests[j].points;
                max += report->tests[j].max;
            }
        }
        if (points != suite->points || max != suite->max) {
            return json_error(root, error,
                              "does not add up: the suite \"%s\" has %d of %d points, "
                              "its tests have %ld of %ld",
                              suite->id, suite->points, suite->max, points, max);
        }
    }
    return 0;
}

static int read_suites(const struct json_value *root,
                       struct report *report,
                       struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(root, "suites", sizeof *report->suites, &array, &list, &count,
                          error) != 0) {
        return -1;
    }
    report->suites = list;
    report->suite_count = count;
    return report_value_entries(&array, count, read_suite, report, error);
}

static int read_clauses(const struct json_value *root,
                        struct report *report,
                        struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(root, "clauses", sizeof *report->clauses, &array, &list,
                          &count, error) != 0) {
        return -1;
    }
    report->clauses = list;
    report->clause_count = count;
    return report_value_entries(&array, count, read_clause, report, error);
}

static int read_all_tests(const struct json_value *root,
                          struct report *report,
                          struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(root, "tests", sizeof *report->tests, &array, &list, &count,
                          error) != 0) {
        return -1;
    }
    report->tests = list;
    report->test_count = count;
    return report_value_entries(&array, count, read_test, report, error);
}

int report_read_tests(const struct json_value *root,
                      struct report *report,
                      struct error *error)
{
    if (read_suites(root, report, error) != 0 ||
        read_clauses(root, report, error) != 0 ||
        read_all_tests(root, report, error) != 0) {
        return -1;
    }
    return check_suites(root, report, error);
}
