/*
 * The outcome of a CodeRunner combinator template grader: trampgeek/moodle-
 * qtype_coderunner, docs/index.md, "Combinator-template grading".
 *
 * A key that CodeRunner does not know fails the whole outcome, and so do columnformats
 * that are not one for each column but iscorrect and ishidden. An instructor's report
 * hides the rows that students may not see yet; a student's has nothing left to hide.
 * What stands above the table is for students in any case.
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

/* What CodeRunner calls the picture of a test, beside the page. */
static void name_picture(const struct page *page,
                         const struct report_test *test,
                         char name[48])
{
    snprintf(name, 48, "buffer-%zu.svg", (size_t)(test - page->report->tests) + 1);
}

/* A file beside the page can be asked for by whoever guesses its name, so the pictures
 * of hidden tests are no files. */
static void show_picture(struct page *page, const struct report_test *test, FILE *out)
{
    char name[48];
    char *picture = page_picture_base64(page, test);
    if (picture != NULL) {
        fputs("<p>", out);
        markup_text(out, test->title);
        fputs("</p><img alt=\"The buffer\" src=\"", out);
        if (is_hidden(page, test)) {
            fprintf(out, "data:image/svg+xml;base64,%s", picture);
        } else {
            name_picture(page, test, name);
            fputs(name, out);
        }
        fputs("\">", out);
    }
    free(picture);
}

/* What is `said`, which is freed, and the pictures: those of hidden tests go where only
 * teachers look. */
static void write_html(struct page *page,
                       struct json_writer *json,
                       const char *key,
                       char *said,
                       bool of_hidden)
{
    const struct report *report = page->report;
    char *html = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&html, &size);
    if (out == NULL) {
        page_fail_memory(page);
        free(said);
        return;
    }
    fputs(said != NULL ? said : "", out);
    free(said);
    for (size_t i = 0; i < report->test_count; i++) {
        if (is_hidden(page, &report->tests[i]) == of_hidden) {
            show_picture(page, &report->tests[i], out);
        }
    }
    if (fclose(out) != 0) {
        page_fail_memory(page);
    }
    page_json_text(json, key, html);
}

static void write_files(struct page *page, struct json_writer *json)
{
    const struct report *report = page->report;
    json_open_object(json, "files");
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        char name[48];
        char *picture = is_hidden(page, test) ? NULL : page_picture_base64(page, test);
        if (picture != NULL) {
            name_picture(page, test, name);
            page_json_text(json, name, picture);
        }
    }
    json_close_object(json);
}

void format_coderunner(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_fraction(&json, "fraction", report->points, report->max);
    page_json_text(&json, "prologuehtml",
                   preformatted(page, page_overview_shown(page)));
    if (page_is_graded(page)) {
        write_table(page, &json);
        write_html(page, &json, "epiloguehtml", NULL, false);
        write_files(page, &json);
    }
    if (!report->is_for_student) {
        write_html(page, &json, "instructorhtml", preformatted(page, page_causes(page)),
                   true);
    }
    json_close_object(&json);
}
