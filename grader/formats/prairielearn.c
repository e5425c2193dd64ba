/*
 * PrairieLearn's results.json: docs/externalGrading.md of PrairieLearn, "Grading
 * results".
 *
 * What was not built is not gradable, with the reasons as format errors: that page
 * names a syntax error that prevents compilation as the example, and no attempt is
 * lost. Every test has points and max_points, for one without them would hide all.
 */
#include "page.h"
#include "writers.h"

#include <stdlib.h>

static void write_not_built(struct page *page, struct json_writer *json)
{
    json_write_bool(json, "gradable", false);
    json_write_fraction(json, "score", 0, page->report->max);
    json_open_array(json, "format_errors");
    page_json_text(json, NULL, page_overview(page));
    json_close_array(json);
}

static void write_test(struct page *page,
                       struct json_writer *json,
                       const struct report_test *test)
{
    json_open_object(json, NULL);
    json_write_text(json, "name", test->title);
    json_write_text(json, "description", test->id);
    json_write_number(json, "points", (uint64_t)test->points);
    json_write_number(json, "max_points", (uint64_t)test->max);
    if (!page_has_passed(test)) {
        json_write_text(json, "message", test->message);
        page_json_text(json, "output", page_detail(page, test));
    }
    json_close_object(json);
}

void format_prairielearn(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    if (!page_is_graded(page)) {
        write_not_built(page, &json);
        json_close_object(&json);
        return;
    }
    json_write_bool(&json, "gradable", true);
    json_write_fraction(&json, "score", report->points, report->max);
    json_write_number(&json, "points", (uint64_t)report->points);
    json_write_number(&json, "max_points", (uint64_t)report->max);
    page_json_text(&json, "message", page_summary(page));
    page_json_text(&json, "output", page_overview(page));
    json_open_array(&json, "tests");
    for (size_t i = 0; i < report->test_count; i++) {
        write_test(page, &json, &report->tests[i]);
    }
    json_close_array(&json);
    json_close_object(&json);
}
