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

/* `picture` is an SVG in base64, or NULL; it is freed. */
static void write_images(struct page *page, struct json_writer *json, char *picture)
{
    static const char kind[] = "data:image/svg+xml;base64,";
    char *url = NULL;
    if (picture == NULL) {
        return;
    }
    if (asprintf(&url, "%s%s", kind, picture) < 0) {
        url = NULL;
        page_fail_memory(page);
    }
    free(picture);
    json_open_array(json, "images");
    json_open_object(json, NULL);
    json_write_text(json, "label", "The buffer");
    page_json_text(json, "url", url);
    json_close_object(json);
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
        page_json_text(json, "message", page_text(page, test->message));
        page_json_text(json, "output", page_detail(page, test));
        write_images(page, json, page_picture_base64(page, test));
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
