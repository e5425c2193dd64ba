/*
 * The outcome of a CodeRunner combinator template grader: trampgeek/moodle-
 * qtype_coderunner, docs/index.md, "Combinator-template grading".
 *
 * A key that CodeRunner does not know fails the whole outcome, and so do columnformats
 * that are not one for each column but iscorrect and ishidden. An instructor's report
 * hides the rows that students may not see yet; a student's has nothing left to hide.
 */
#include "markup.h"
#include "page.h"
#include "writers.h"

#include <stdlib.h>

static bool is_hidden(const struct page *page, const struct report_test *test)
{
    return !page->report->is_for_student && test->visibility != VISIBILITY_VISIBLE;
}

/* A text as HTML that keeps its lines. */
static char *preformatted(struct page *page, char *text)
{
    char *html = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&html, &size);
    if (out == NULL) {
        page_fail_memory(page);
        free(text);
        return NULL;
    }
    fputs("<pre>", out);
    markup_text(out, text);
    fputs("</pre>", out);
    free(text);
    if (fclose(out) != 0) {
        free(html);
        page_fail_memory(page);
        return NULL;
    }
    return html;
}

static void write_row(struct page *page,
                      struct json_writer *json,
                      const struct report_test *test)
{
    char points[32];
    snprintf(points, sizeof points, "%d/%d", test->points, test->max);
    json_open_array(json, NULL);
    json_write_number(json, NULL, page_has_passed(test));
    json_write_text(json, NULL, test->title);
    json_write_text(json, NULL, points);
    page_json_text(json, NULL, preformatted(page, page_detail(page, test)));
    json_write_number(json, NULL, is_hidden(page, test));
    json_close_array(json);
}

static void write_table(struct page *page, struct json_writer *json)
{
    static const char *const headers[] = {"iscorrect", "Test", "Points",
                                          "What happened", "ishidden"};
    const struct report *report = page->report;
    json_open_array(json, "testresults");
    json_open_array(json, NULL);
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        json_write_text(json, NULL, headers[i]);
    }
    json_close_array(json);
    for (size_t i = 0; i < report->test_count; i++) {
        write_row(page, json, &report->tests[i]);
    }
    json_close_array(json);
    json_open_array(json, "columnformats");
    json_write_text(json, NULL, "%s");
    json_write_text(json, NULL, "%s");
    json_write_text(json, NULL, "%h");
    json_close_array(json);
}

void format_coderunner(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_fraction(&json, "fraction", report->points, report->max);
    if (!page_is_graded(page)) {
        page_json_text(&json, "prologuehtml", preformatted(page, page_overview(page)));
    } else {
        page_json_text(&json, "prologuehtml", preformatted(page, page_summary(page)));
        write_table(page, &json);
        page_json_text(&json, "epiloguehtml",
                       preformatted(page, page_diagnostics(page)));
    }
    if (!report->is_for_student) {
        page_json_text(&json, "instructorhtml", preformatted(page, page_causes(page)));
    }
    json_close_object(&json);
}
