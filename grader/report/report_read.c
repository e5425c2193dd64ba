#include "report_read.h"

#include "report.h"
#include "report_read_tests.h"
#include "report_value.h"
#include "text.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const char *const status_names[] = {"graded", "compile_error", "rejected", NULL};

const char *report_status_name(enum report_status status)
{
    return status_names[status];
}

/* An object of texts and numbers only, whose keys are all named. */
static int read_object(const struct json_value *root,
                       const char *key,
                       const char *const *keys,
                       struct json_value *object,
                       struct error *error)
{
    if (json_member(root, key, object, error) != 0) {
        return -1;
    }
    return json_only_keys(object, keys, error);
}

static int read_exercise(const struct json_value *root,
                         struct report *report,
                         struct error *error)
{
    static const char *const keys[] = {"id", "title", "version", "hidden_feedback",
                                       NULL};
    static const char *const policies[] = {"full", "actual-only", "category", "none",
                                           NULL};
    struct json_value object = {0};
    size_t policy = 0;
    if (read_object(root, "exercise", keys, &object, error) != 0 ||
        report_value_text(&object, "id", &report->exercise_id, error) != 0 ||
        report_value_text(&object, "title", &report->exercise_title, error) != 0 ||
        report_value_text(&object, "version", &report->exercise_version, error) != 0 ||
        report_value_choice(&object, "hidden_feedback", policies, &policy, error) !=
            0) {
        return -1;
    }
    report->hidden_feedback = (enum hidden_feedback)policy;
    return 0;
}

static int read_submission(const struct json_value *root,
                           struct report *report,
                           struct error *error)
{
    static const char *const keys[] = {"file", "sha256", "bytes", NULL};
    struct json_value object = {0};
    uint64_t bytes = 0;
    if (read_object(root, "submission", keys, &object, error) != 0 ||
        report_value_text(&object, "file", &report->file, error) != 0 ||
        report_value_text_or_null(&object, "sha256", &report->sha256, error) != 0) {
        return -1;
    }
    return json_whole(&object, "bytes", 0, JSON_LARGEST_INTEGER, &bytes, error);
}

static int read_toolchain(const struct json_value *root,
                          struct report *report,
                          struct error *error)
{
    static const char *const keys[] = {"compiler", "flags", NULL};
    struct json_value object = {0};
    struct report_texts flags = {0};
    int status = -1;
    if (read_object(root, "toolchain", keys, &object, error) == 0 &&
        report_value_text_or_null(&object, "compiler", &report->compiler, error) == 0) {
        status = report_value_texts(&object, "flags", &flags, error);
    }
    free(flags.items);
    return status;
}

/* What stands before the lists. */
static int read_origin(const struct json_value *root,
                       struct report *report,
                       struct error *error)
{
    static const char *const version[] = {"version", NULL};
    static const char *const audiences[] = {"instructor", "student", NULL};
    struct json_value grader = {0};
    size_t audience = 0;
    size_t status = 0;
    if (report_value_choice(root, "audience", audiences, &audience, error) != 0 ||
        read_object(root, "grader", version, &grader, error) != 0 ||
        report_value_text(&grader, "version", &report->version, error) != 0 ||
        read_exercise(root, report, error) != 0 ||
        read_submission(root, report, error) != 0 ||
        read_toolchain(root, report, error) != 0 ||
        report_value_text(root, "seed", &report->seed, error) != 0 ||
        report_value_choice(root, "status", status_names, &status, error) != 0) {
        return -1;
    }
    report->is_for_student = audience == 1;
    report->status = (enum report_status)status;
    return 0;
}

static int read_score(const struct json_value *root,
                      struct report *report,
                      struct error *error)
{
    static const char *const keys[] = {"points", "max", NULL};
    struct json_value object = {0};
    long points = 0;
    long max = 0;
    if (read_object(root, "score", keys, &object, error) != 0 ||
        report_value_number(&object, "points", 0, &report->points, error) != 0 ||
        report_value_number(&object, "max", 1, &report->max, error) != 0) {
        return -1;
    }
    if (report->max > REPORT_POINTS_MAX) {
        return json_error(&object, error, "is of %d points; %d are the most there are",
                          report->max, REPORT_POINTS_MAX);
    }
    for (size_t i = 0; i < report->test_count; i++) {
        points += report->tests[i].points;
        max += report->tests[i].max;
    }
    if (points != report->points || max != report->max) {
        return json_error(&object, error,
                          "is %d of %d points, but the tests add up to %ld of %ld",
                          report->points, report->max, points, max);
    }
    return 0;
}

static int read_root(const struct json_value *root,
                     struct report *report,
                     struct error *error)
{
    static const char *const schemas[] = {REPORT_SCHEMA, NULL};
    static const char *const keys[] = {
        "schema",    "audience", "grader",   "exercise",    "submission",
        "toolchain", "seed",     "status",   "score",       "suites",
        "clauses",   "tests",    "findings", "diagnostics", "diagnostics_truncated",
        "diagnosis", NULL};
    size_t schema = 0;
    /* Of a version that is not known no key means anything, so this comes first. */
    if (report_value_choice(root, "schema", schemas, &schema, error) != 0 ||
        json_only_keys(root, keys, error) != 0 ||
        read_origin(root, report, error) != 0 ||
        report_read_tests(root, report, error) != 0 ||
        report_read_findings(root, report, error) != 0 ||
        read_score(root, report, error) != 0) {
        return -1;
    }
    return report_value_bool(root, "diagnostics_truncated",
                             &report->is_diagnostics_truncated, error);
}

/* Every text is made fit to be shown. -1: there is a list that is too long. */
static int clean_tree(cJSON *tree)
{
    size_t entries = 0;
    for (cJSON *node = tree->child; node != NULL; node = node->next) {
        entries++;
        if (cJSON_IsString(node)) {
            text_clean(node->valuestring, strlen(node->valuestring));
        }
        if (entries > REPORT_ENTRIES_MAX || clean_tree(node) != 0) {
            return -1;
        }
    }
    return 0;
}

static void release_lists(struct report *report)
{
    for (size_t i = 0; i < report->test_count; i++) {
        free(report->tests[i].calls.items);
        free(report->tests[i].counterexample.calls.items);
    }
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        free(report->diagnosis[i].evidence.items);
        free(report->diagnosis[i].tests.items);
    }
    for (size_t i = 0; i < report->finding_count; i++) {
        free(report->findings[i].counterexample.calls.items);
    }
    free(report->suites);
    free(report->clauses);
    free(report->tests);
    free(report->diagnosis);
    free(report->findings);
    free(report->diagnostics);
}

void report_release(struct report *report)
{
    release_lists(report);
    json_free(report->root);
    *report = (struct report){0};
}

int report_reread(const char *name, struct report *report, struct error *error)
{
    struct report read = {.root = report->root};
    const struct json_value root = json_root(name, report->root);
    if (read_root(&root, &read, error) != 0) {
        release_lists(&read);
        return -1;
    }
    release_lists(report);
    *report = read;
    return 0;
}

int report_copy(const struct report *report, struct report *copy, struct error *error)
{
    struct report copied = {.root = cJSON_Duplicate(report->root, 1)};
    if (copied.root == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    if (report_reread("the report", &copied, error) != 0) {
        report_release(&copied);
        return -1;
    }
    *copy = copied;
    return 0;
}

static int read_text(const char *name,
                     const char *text,
                     size_t length,
                     struct report *report,
                     struct error *error)
{
    if (length > REPORT_BYTES_MAX) {
        return error_set(error, ERROR_USAGE,
                         "%s is larger than %u MiB; a report of this grader is smaller",
                         name, REPORT_BYTES_MAX >> 20);
    }
    if (json_parse(name, text, length, 1, &report->root, error) != 0) {
        return -1;
    }
    if (clean_tree(report->root) != 0) {
        return error_set(error, ERROR_USAGE,
                         "%s has a list of more than %u entries; a report of this "
                         "grader has none",
                         name, REPORT_ENTRIES_MAX);
    }
    return report_reread(name, report, error);
}

int report_read(const char *name,
                const char *text,
                size_t length,
                struct report *report,
                struct error *error)
{
    struct report read = {0};
    if (read_text(name, text, length, &read, error) != 0) {
        report_release(&read);
        error->kind = ERROR_USAGE;
        return -1;
    }
    *report = read;
    return 0;
}
