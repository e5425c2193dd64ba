/*
 * Exercism's results.json, version 3: exercism/docs,
 * building/tooling/test-runners/interface.md.
 *
 * `error` at the top is for a run in which no test was executed. `output` is what the
 * user's code printed, and an allocator prints nothing, so there is none; the calls of
 * a test stand for its code. A message may have 65535 characters, far more than any
 * text of a page.
 */
#include "page.h"
#include "writers.h"

#include <stdlib.h>

static const char *status_of(const struct report_test *test)
{
    if (page_has_passed(test)) {
        return "pass";
    }
    return test->status == TEST_FAIL ? "fail" : "error";
}

static void write_test(struct page *page,
                       struct json_writer *json,
                       const struct report_test *test)
{
    json_open_object(json, NULL);
    json_write_text(json, "name", test->title);
    json_write_text(json, "status", status_of(test));
    if (page_has_passed(test)) {
        json_write_null(json, "message");
    } else {
        page_json_text(json, "message", page_detail(page, test));
    }
    if (test->calls.count > 0) {
        page_json_text(json, "test_code", page_calls(page, test));
    }
    json_close_object(json);
}

void format_exercism(struct page *page)
{
    const struct report *report = page->report;
    const bool is_perfect = report->points == report->max;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_number(&json, "version", 3);
    if (!page_is_graded(page)) {
        json_write_text(&json, "status", "error");
        page_json_text(&json, "message", page_overview(page));
        json_close_object(&json);
        return;
    }
    json_write_text(&json, "status", is_perfect ? "pass" : "fail");
    json_write_null(&json, "message");
    json_open_array(&json, "tests");
    for (size_t i = 0; i < report->test_count; i++) {
        write_test(page, &json, &report->tests[i]);
    }
    json_close_array(&json);
    json_close_object(&json);
}
