#include "report.h"

#include "json_write.h"
#include "version.h"

#include <stdio.h>
#include <stdlib.h>

static const char *severity_name(enum diagnostic_severity severity)
{
    switch (severity) {
    case DIAGNOSTIC_ERROR:
        return "error";
    case DIAGNOSTIC_WARNING:
        return "warning";
    case DIAGNOSTIC_NOTE:
        return "note";
    }
    return "note";
}

static const char *status_name(enum build_status status)
{
    switch (status) {
    case BUILD_OK:
        return "graded";
    case BUILD_COMPILE_ERROR:
        return "compile_error";
    case BUILD_REJECTED:
        return "rejected";
    }
    return "rejected";
}

static void write_number_or_null(struct json_writer *json, const char *key, int number)
{
    if (number > 0) {
        json_write_number(json, key, (uint64_t)number);
    } else {
        json_write_null(json, key);
    }
}

/* Points are never negative. */
static void write_points(struct json_writer *json, int points, int max)
{
    json_write_number(json, "points", (uint64_t)points);
    json_write_number(json, "max", (uint64_t)max);
}

static void write_origin(struct json_writer *json, const struct grading *grading)
{
    const struct manifest *manifest = &grading->manifest;
    const struct build *build = &grading->build;

    json_open_object(json, "grader");
    json_write_text(json, "version", GRADER_VERSION);
    json_close_object(json);

    json_open_object(json, "exercise");
    json_write_text(json, "id", manifest->id);
    json_write_text(json, "title", manifest->title);
    json_write_text(json, "version", manifest->version);
    json_write_text(json, "hidden_feedback",
                    hidden_feedback_name(manifest->hidden_feedback));
    json_close_object(json);

    json_open_object(json, "submission");
    json_write_text(json, "file", grading->file);
    json_write_text(json, "sha256", build->sha256[0] != '\0' ? build->sha256 : NULL);
    json_write_number(json, "bytes", build->bytes);
    json_close_object(json);

    json_open_object(json, "toolchain");
    json_write_text(json, "compiler", build->compiler);
    json_open_array(json, "flags");
    /* A submission that no compiler has seen was compiled with no flags. */
    for (size_t i = 0; build->compiler != NULL && build_compile_flags[i] != NULL; i++) {
        json_write_text(json, NULL, build_compile_flags[i]);
    }
    json_close_array(json);
    json_close_object(json);
}

static void write_suites(struct json_writer *json, const struct grading *grading)
{
    json_open_array(json, "suites");
    for (size_t i = 0; i < grading->manifest.suite_count; i++) {
        const struct manifest_suite *suite = &grading->manifest.suites[i];
        const struct score_suite *score = &grading->score.suites[i];
        json_open_object(json, NULL);
        json_write_text(json, "id", suite->id);
        json_write_text(json, "title", suite->title);
        json_write_text(json, "lesson", suite->lesson);
        write_points(json, score->points, score->max);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_clauses(struct json_writer *json, const struct manifest *manifest)
{
    json_open_array(json, "clauses");
    for (size_t i = 0; i < manifest->clause_count; i++) {
        json_open_object(json, NULL);
        json_write_text(json, "id", manifest->clauses[i].id);
        json_write_text(json, "text", manifest->clauses[i].text);
        json_write_text(json, "why", manifest->clauses[i].why);
        json_close_object(json);
    }
    json_close_array(json);
}

static void write_location(struct json_writer *json, const struct outcome *result)
{
    if (result->file == NULL) {
        json_write_null(json, "location");
        return;
    }
    json_open_object(json, "location");
    json_write_text(json, "file", result->file);
    json_write_number(json, "line", (uint64_t)result->line);
    write_number_or_null(json, "column", result->column);
    json_write_text(json, "function", result->function);
    json_close_object(json);
}

static void write_test(struct json_writer *json,
                       const struct manifest *manifest,
                       const struct manifest_test *test,
                       const struct outcome *result)
{
    json_open_object(json, NULL);
    json_write_text(json, "id", test->id);
    json_write_text(json, "suite", manifest->suites[test->suite].id);
    json_write_text(json, "title", test->title);
    json_write_text(json, "clause", manifest->clauses[test->clause].id);
    json_write_text(json, "visibility", visibility_name(test->visibility));
    json_write_text(json, "status", test_status_name(result->status));
    write_points(json, score_of_test(test, result), test->points);
    json_write_text(json, "message", result->message != NULL ? result->message : "");
    json_write_text(json, "expected", result->expected);
    json_write_text(json, "actual", result->actual);
    json_write_text(json, "hint", test->hint);
    write_location(json, result);
    json_open_array(json, "calls");
    for (size_t i = 0; i < result->call_count; i++) {
        json_write_text(json, NULL, result->calls[i]);
    }
    json_close_array(json);
    json_write_number(json, "calls_omitted", result->calls_omitted);
    json_write_tree(json, "buffer", result->buffer);
    json_write_tree(json, "counterexample", result->counterexample);
    json_close_object(json);
}

static void write_tests(struct json_writer *json, const struct grading *grading)
{
    const struct manifest *manifest = &grading->manifest;
    json_open_array(json, "tests");
    for (size_t i = 0; i < manifest->test_count; i++) {
        write_test(json, manifest, &manifest->tests[i], &grading->results.tests[i]);
    }
    json_close_array(json);
}

static void write_diagnostic(struct json_writer *json, const struct diagnostic *entry)
{
    json_open_object(json, NULL);
    json_write_text(json, "phase", entry->phase);
    json_write_text(json, "severity", severity_name(entry->severity));
    json_write_text(json, "message", entry->message);
    json_write_text(json, "file", entry->file);
    write_number_or_null(json, "line", entry->line);
    write_number_or_null(json, "column", entry->column);
    json_write_text(json, "option", entry->option);
    json_write_text(json, "source", entry->source);
    json_close_object(json);
}

static void write_diagnostics(struct json_writer *json, const struct grading *grading)
{
    json_open_array(json, "diagnostics");
    for (size_t i = 0; i < grading->build.diagnostic_count; i++) {
        write_diagnostic(json, &grading->build.diagnostics[i]);
    }
    for (size_t i = 0; i < grading->remark_count; i++) {
        const struct remark *remark = &grading->remarks[i];
        const struct diagnostic entry = {
            .phase = "audit", .severity = remark->severity, .message = remark->message};
        write_diagnostic(json, &entry);
    }
    json_close_array(json);
    json_write_bool(json, "diagnostics_truncated",
                    grading->build.diagnostics_truncated);
}

static void write_all(struct json_writer *json, const struct grading *grading)
{
    json_open_object(json, NULL);
    json_write_text(json, "schema", REPORT_SCHEMA);
    /* A student's is made of this one (audience.h). */
    json_write_text(json, "audience", "instructor");
    write_origin(json, grading);
    json_write_text(json, "seed", grading->seed);
    json_write_text(json, "status", status_name(grading->build.status));
    json_open_object(json, "score");
    write_points(json, grading->score.points, grading->score.max);
    json_close_object(json);
    write_suites(json, grading);
    write_clauses(json, &grading->manifest);
    write_tests(json, grading);
    json_write_tree(json, "diagnosis", grading->results.diagnosis);
    json_write_tree(json, "findings", grading->results.findings);
    write_diagnostics(json, grading);
    json_close_object(json);
}

int report_write(const struct grading *grading,
                 char **text,
                 size_t *length,
                 struct error *error)
{
    char *bytes = NULL;
    size_t size = 0;
    struct json_writer json;
    FILE *out = open_memstream(&bytes, &size);
    if (out == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    json_writer_init(&json, out);
    write_all(&json, grading);
    const int has_failed = ferror(out);
    if (fclose(out) != 0 || has_failed) {
        free(bytes);
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    *text = bytes;
    *length = size;
    return 0;
}
