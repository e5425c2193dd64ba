/*
 * What `check50 -o json` writes: cs50/check50, docs/source/json_specification.rst.
 *
 * The checks depend on a first one, "compiles". Where it does not pass, the others were
 * skipped: passed is null, as check50 has it. Points have no place there but `data`.
 */
#include "page.h"
#include "writers.h"

static void write_points(struct json_writer *json, const struct report_test *test)
{
    json_open_object(json, "data");
    json_write_number(json, "points", (uint64_t)test->points);
    json_write_number(json, "max", (uint64_t)test->max);
    json_write_text(json, "suite", test->suite->id);
    json_write_text(json, "status", test_status_name(test->status));
    json_close_object(json);
}

static void write_compiles(struct page *page, struct json_writer *json)
{
    const bool is_graded = page_is_graded(page);
    json_open_object(json, NULL);
    json_write_text(json, "name", "compiles");
    json_write_text(json, "description", "the file compiles and can be graded");
    json_write_bool(json, "passed", is_graded);
    json_open_array(json, "log");
    page_json_text(json, NULL, page_diagnostics(page));
    json_close_array(json);
    if (is_graded) {
        json_write_null(json, "cause");
    } else {
        json_open_object(json, "cause");
        page_json_text(json, "rationale", page_summary(page));
        json_write_null(json, "help");
        json_close_object(json);
    }
    json_open_object(json, "data");
    json_close_object(json);
    json_write_null(json, "dependency");
    json_close_object(json);
}

static void write_cause(struct page *page,
                        struct json_writer *json,
                        const struct report_test *test)
{
    if (page_has_passed(test)) {
        json_write_null(json, "cause");
        return;
    }
    json_open_object(json, "cause");
    if (page_is_graded(page)) {
        page_json_text(json, "rationale", page_text(page, test->message));
        page_json_text(json, "help", page_detail(page, test));
    } else {
        json_write_text(json, "rationale", "not checked: the file was not built");
        json_write_null(json, "help");
    }
    /* The two come as a pair or not at all. */
    if (test->expected != NULL && test->actual != NULL) {
        page_json_text(json, "expected", page_text(page, test->expected));
        page_json_text(json, "actual", page_text(page, test->actual));
    }
    json_close_object(json);
}

static void write_test(struct page *page,
                       struct json_writer *json,
                       const struct report_test *test)
{
    json_open_object(json, NULL);
    json_write_text(json, "name", test->id);
    json_write_text(json, "description", test->title);
    if (page_is_graded(page)) {
        json_write_bool(json, "passed", page_has_passed(test));
    } else {
        json_write_null(json, "passed");
    }
    json_open_array(json, "log");
    for (size_t i = 0; i < test->calls.count; i++) {
        json_write_text(json, NULL, test->calls.items[i]);
    }
    json_close_array(json);
    write_cause(page, json, test);
    write_points(json, test);
    json_write_text(json, "dependency", "compiles");
    json_close_object(json);
}

void format_check50(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_text(&json, "slug", report->exercise_id);
    json_open_array(&json, "results");
    write_compiles(page, &json);
    for (size_t i = 0; i < report->test_count; i++) {
        write_test(page, &json, &report->tests[i]);
    }
    json_close_array(&json);
    json_write_text(&json, "version", report->version);
    json_close_object(&json);
}
