/*
 * Common Test Report Format 1.0.0: ctrf-io/ctrf, spec/ctrf.md and
 * schema/ctrf.schema.json.
 *
 * It has no points and refuses keys it does not know, so they stand under `extra`, in a
 * name of our own. There is no clock in a report, so every time is 0. A test that was
 * not run because the file was not built has failed: it earned nothing.
 */
#include "page.h"
#include "writers.h"

static void write_points(struct json_writer *json, int points, int max)
{
    json_open_object(json, "extra");
    json_open_object(json, "fba-grader.points");
    json_write_number(json, "earned", (uint64_t)points);
    json_write_number(json, "max", (uint64_t)max);
    json_close_object(json);
    json_close_object(json);
}

static void write_tool(struct json_writer *json, const struct report *report)
{
    json_open_object(json, "tool");
    json_write_text(json, "name", "fba-grader");
    json_write_text(json, "version", report->version);
    json_close_object(json);
}

static void write_summary(struct page *page, struct json_writer *json)
{
    static const char *const zeros[] = {"skipped", "pending", "other", "start", "stop"};
    const struct report *report = page->report;
    uint64_t passed = 0;
    for (size_t i = 0; i < report->test_count; i++) {
        passed += page_has_passed(&report->tests[i]);
    }
    json_open_object(json, "summary");
    json_write_number(json, "tests", report->test_count);
    json_write_number(json, "passed", passed);
    json_write_number(json, "failed", report->test_count - passed);
    for (size_t i = 0; i < sizeof zeros / sizeof zeros[0]; i++) {
        json_write_number(json, zeros[i], 0);
    }
    write_points(json, report->points, report->max);
    json_close_object(json);
}

static void write_test(struct page *page,
                       struct json_writer *json,
                       const struct report_test *test)
{
    json_open_object(json, NULL);
    json_write_text(json, "name", test->title);
    json_write_text(json, "status", page_has_passed(test) ? "passed" : "failed");
    json_write_number(json, "duration", 0);
    json_write_text(json, "testId", test->id);
    json_open_array(json, "suite");
    json_write_text(json, NULL, test->suite->title);
    json_close_array(json);
    if (!page_has_passed(test)) {
        page_json_text(json, "message", page_detail(page, test));
    }
    json_write_text(json, "rawStatus", test_status_name(test->status));
    json_open_array(json, "tags");
    json_write_text(json, NULL, test->clause->id);
    json_close_array(json);
    write_points(json, test->points, test->max);
    json_close_object(json);
}

void format_ctrf(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_text(&json, "reportFormat", "CTRF");
    json_write_text(&json, "specVersion", "1.0.0");
    json_write_text(&json, "generatedBy", "fba-grader");
    json_open_object(&json, "results");
    write_tool(&json, report);
    write_summary(page, &json);
    json_open_array(&json, "tests");
    for (size_t i = 0; i < report->test_count; i++) {
        write_test(page, &json, &report->tests[i]);
    }
    json_close_array(&json);
    json_open_object(&json, "extra");
    json_open_object(&json, "fba-grader.submission");
    json_write_text(&json, "file", report->file);
    json_write_text(&json, "status", report_status_name(report->status));
    page_json_text(&json, "messages", page_overview(page));
    json_close_object(&json);
    json_close_object(&json);
    json_close_object(&json);
    json_close_object(&json);
}
