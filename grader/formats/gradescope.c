/*
 * Gradescope's results.json: gradescope-autograders.readthedocs.io, "Autograder
 * Specifications" (gradescope/autograder_samples, docs/specs.md).
 *
 * An instructor's report keeps its details and maps the visibility of each test. That
 * has a price: while a test is hidden, students do not see their total. A student's
 * report has nothing left to hide, so all of it is visible.
 *
 * The text above the tests is visible to students in any case. What it must not say,
 * causes with all evidence and findings, is a hidden entry behind the tests; one is
 * added only where another is hidden, for it would hide the total.
 */
#include "markup.h"
#include "page.h"
#include "writers.h"

#include <stdlib.h>

static const char *visibility_of(const struct page *page,
                                 const struct report_test *test)
{
    if (page->report->is_for_student) {
        return "visible";
    }
    switch (test->visibility) {
    case VISIBILITY_HIDDEN:
        return "hidden";
    case VISIBILITY_VISIBLE:
        return "visible";
    case VISIBILITY_AFTER_DUE_DATE:
        return "after_due_date";
    case VISIBILITY_AFTER_PUBLISHED:
        return "after_published";
    }
    return "hidden";
}

/* Gradescope sorts by it. */
static void write_number(struct json_writer *json, size_t suite, size_t place)
{
    char number[48];
    snprintf(number, sizeof number, "%zu.%zu", suite + 1, place);
    json_write_text(json, "number", number);
}

/* "2.13": the test's place in its suite. */
static void write_place(struct json_writer *json,
                        const struct report *report,
                        size_t index)
{
    const struct report_suite *suite = report->tests[index].suite;
    size_t place = 0;
    for (size_t i = 0; i <= index; i++) {
        place += report->tests[i].suite == suite;
    }
    write_number(json, (size_t)(suite - report->suites), place);
}

/* The words and the picture as HTML; `picture`, an SVG in base64, is freed. */
static char *illustrated(struct page *page,
                         const struct report_test *test,
                         char *picture)
{
    char *html = NULL;
    size_t size = 0;
    char *detail = page_detail(page, test);
    FILE *out = open_memstream(&html, &size);
    if (out == NULL) {
        page_fail_memory(page);
    } else {
        fputs("<pre>", out);
        markup_text(out, detail);
        fprintf(out,
                "</pre><img alt=\"The buffer\" src=\"data:image/svg+xml;base64,%s\">",
                picture);
        if (fclose(out) != 0) {
            page_fail_memory(page);
        }
    }
    free(detail);
    free(picture);
    return html;
}

static void write_words(struct page *page,
                        struct json_writer *json,
                        const struct report_test *test)
{
    char *picture = page_picture_base64(page, test);
    const bool is_illustrated = picture != NULL;
    page_json_text(json, "output",
                   is_illustrated ? illustrated(page, test, picture)
                                  : page_detail(page, test));
    json_write_text(json, "output_format", is_illustrated ? "html" : "text");
}

static void write_test(struct page *page, struct json_writer *json, size_t index)
{
    const struct report_test *test = &page->report->tests[index];
    json_open_object(json, NULL);
    json_write_number(json, "score", (uint64_t)test->points);
    json_write_number(json, "max_score", (uint64_t)test->max);
    json_write_text(json, "status", page_has_passed(test) ? "passed" : "failed");
    json_write_text(json, "name", test->title);
    json_write_text(json, "name_format", "text");
    write_place(json, page->report, index);
    write_words(page, json, test);
    json_open_array(json, "tags");
    json_write_text(json, NULL, test->suite->id);
    json_write_text(json, NULL, test->clause->id);
    json_close_array(json);
    json_write_text(json, "visibility", visibility_of(page, test));
    json_open_object(json, "extra_data");
    json_write_text(json, "id", test->id);
    json_write_text(json, "status", test_status_name(test->status));
    json_close_object(json);
    json_close_object(json);
}

static bool has_hidden(const struct page *page)
{
    bool hides = false;
    for (size_t i = 0; i < page->report->test_count; i++) {
        hides = hides || page->report->tests[i].visibility == VISIBILITY_HIDDEN;
    }
    return hides && !page->report->is_for_student;
}

/* Without points, which Gradescope takes for an entry that only informs. */
static void write_causes(struct page *page, struct json_writer *json)
{
    char *causes = page_causes(page);
    if (causes == NULL || causes[0] == '\0' || !has_hidden(page)) {
        free(causes);
        return;
    }
    json_open_object(json, NULL);
    json_write_text(json, "name", "For instructors: likely causes and findings");
    json_write_text(json, "name_format", "text");
    write_number(json, page->report->suite_count, 1);
    page_json_text(json, "output", causes);
    json_write_text(json, "output_format", "text");
    json_write_text(json, "visibility", "hidden");
    json_close_object(json);
}

void format_gradescope(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_number(&json, "score", (uint64_t)report->points);
    page_json_text(&json, "output", page_overview_shown(page));
    json_write_text(&json, "output_format", "text");
    json_write_text(&json, "visibility", "visible");
    json_write_text(&json, "stdout_visibility", "hidden");
    json_open_array(&json, "tests");
    for (size_t i = 0; i < report->test_count; i++) {
        write_test(page, &json, i);
    }
    write_causes(page, &json);
    json_close_array(&json);
    json_open_object(&json, "extra_data");
    json_write_text(&json, "grader", report->version);
    json_write_text(&json, "exercise", report->exercise_id);
    json_write_text(&json, "exercise_version", report->exercise_version);
    json_write_text(&json, "status", report_status_name(report->status));
    json_write_text(&json, "sha256", report->sha256);
    json_close_object(&json);
    json_close_object(&json);
}
