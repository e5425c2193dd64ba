/*
 * Autolab's last two lines of standard output: autolab/Autolab, docs/lab.md and
 * docs/features/formatted-feedback.md.
 *
 * The last line is the scores. Autolab puts quotes around every `word:` in it before it
 * reads it, so it has names and numbers only; all words stand in the line before it.
 * Each suite is a problem of its lab: define them by the suites' ids.
 */
#include "page.h"
#include "writers.h"

#include <string.h>

/* Keys that begin so are Autolab's own. */
static const char *key_of(const char *text)
{
    return text + strspn(text, "_");
}

static void begin_line(struct page *page, struct json_writer *json)
{
    json_writer_init(json, page->out);
    json->is_compact = true;
    json_open_object(json, NULL);
}

static void write_build(struct page *page, struct json_writer *json)
{
    json_open_object(json, "Build");
    json_open_object(json, "compile");
    json_write_bool(json, "passed", page_is_graded(page));
    if (!page_is_graded(page)) {
        page_json_text(json, "hint", page_overview(page));
    }
    json_close_object(json);
    json_close_object(json);
}

/* Tests of one suite that have the same title are told apart by their id. */
static bool is_repeated(const struct report *report, const struct report_test *test)
{
    for (const struct report_test *other = report->tests; other < test; other++) {
        if (other->suite == test->suite && strcmp(other->title, test->title) == 0) {
            return true;
        }
    }
    return false;
}

static void write_suite(struct page *page,
                        struct json_writer *json,
                        const struct report_suite *suite)
{
    const struct report *report = page->report;
    json_open_object(json, key_of(suite->id));
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        if (test->suite != suite) {
            continue;
        }
        json_open_object(json,
                         key_of(is_repeated(report, test) ? test->id : test->title));
        json_write_bool(json, "passed", page_has_passed(test));
        if (!page_has_passed(test)) {
            page_json_text(json, "hint", page_detail(page, test));
        }
        json_close_object(json);
    }
    json_close_object(json);
}

static void write_presentation(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    begin_line(page, &json);
    json_write_text(&json, "_presentation", "semantic");
    json_open_array(&json, "stages");
    json_write_text(&json, NULL, "Build");
    for (size_t i = 0; i < report->suite_count && page_is_graded(page); i++) {
        json_write_text(&json, NULL, key_of(report->suites[i].id));
    }
    json_close_array(&json);
    write_build(page, &json);
    for (size_t i = 0; i < report->suite_count && page_is_graded(page); i++) {
        write_suite(page, &json, &report->suites[i]);
    }
    json_close_object(&json);
}

/* In an id from a file that is not ours there may be anything. */
static bool is_plain(const char *id)
{
    return id[strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789_-")] == '\0';
}

void format_autolab(struct page *page)
{
    const struct report *report = page->report;
    struct json_writer json;
    write_presentation(page);
    begin_line(page, &json);
    json_open_object(&json, "scores");
    for (size_t i = 0; i < report->suite_count; i++) {
        const struct report_suite *suite = &report->suites[i];
        if (!is_plain(suite->id) && !page->has_failed) {
            page->has_failed = true;
            error_set(
                page->error, ERROR_USAGE,
                "the suite \"%s\" cannot be a problem of Autolab; its id may have "
                "letters, digits, '_' and '-'",
                suite->id);
        }
        json_write_number(&json, suite->id, (uint64_t)suite->points);
    }
    json_close_object(&json);
    json_open_array(&json, "scoreboard");
    json_write_number(&json, NULL, (uint64_t)report->points);
    json_close_array(&json);
    json_close_object(&json);
}
