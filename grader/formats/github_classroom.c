/*
 * The result of a GitHub Classroom runner, before base64: what
 * classroom-resources/autograding-grading-reporter reads (src/main.js and beside it).
 *
 * The reporter shows two totals: the sum of the scores, and max_score times the share
 * of tests that passed. They agree only if every entry is worth the same, so a test of
 * several points becomes as many entries of one (or of what all points have in common).
 * It prints what it is given into a log where a line that begins with "::" is a
 * command, so no text has two colons in a row.
 */
#include "page.h"
#include "writers.h"

#include <stdlib.h>
#include <string.h>

/* Takes the meaning out of "::command::" and "##[command]". */
static char *defuse(char *text)
{
    for (char *at = text; at != NULL && *at != '\0'; at++) {
        if ((at[0] == ':' || at[0] == '#') && at[1] == at[0]) {
            at[1] = ' ';
        }
    }
    return text;
}

static char *defused_copy(struct page *page, const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) {
        page_fail_memory(page);
    }
    return defuse(copy);
}

static int common_divisor(int a, int b)
{
    while (b != 0) {
        const int rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* The points of one entry. */
static int points_of_entry(const struct report *report)
{
    int points = 0;
    for (size_t i = 0; i < report->test_count; i++) {
        points = common_divisor(report->tests[i].max, points);
    }
    return points > 0 ? points : 1;
}

static const char *status_of(const struct page *page, const struct report_test *test)
{
    if (!page_is_graded(page)) {
        return "error";
    }
    return page_has_passed(test) ? "pass" : "fail";
}

/* Its name, with the number of the entry where a test has several. */
static char *name_of(struct page *page,
                     const struct report_test *test,
                     int entry,
                     int entries)
{
    char *name = NULL;
    if (entries == 1) {
        return defused_copy(page, test->title);
    }
    if (asprintf(&name, "%s (%d of %d)", test->title, entry + 1, entries) < 0) {
        page_fail_memory(page);
        return NULL;
    }
    return defuse(name);
}

/* The words stand in the first entry of a test only. The reporter prints `message` for
 * errors and `test_code` for everything. */
static void write_entry(struct page *page,
                        struct json_writer *json,
                        const struct report_test *test,
                        int entry,
                        int points)
{
    const bool has_words = entry == 0 && !page_has_passed(test);
    json_open_object(json, NULL);
    page_json_text(json, "name", name_of(page, test, entry, test->max / points));
    json_write_text(json, "status", status_of(page, test));
    json_write_number(json, "score", page_has_passed(test) ? (uint64_t)points : 0);
    if (page_is_graded(page)) {
        json_write_null(json, "message");
        page_json_text(json, "test_code",
                       has_words ? defuse(page_detail(page, test)) : NULL);
    } else {
        page_json_text(json, "message", defuse(page_summary(page)));
        json_write_text(json, "test_code", "");
    }
    json_write_text(json, "filename", "");
    json_write_number(json, "line_no", 0);
    json_close_object(json);
}

void format_github_classroom(struct page *page)
{
    const struct report *report = page->report;
    const int points = points_of_entry(report);
    const bool is_perfect = report->points == report->max;
    struct json_writer json;
    page_json_begin(page, &json);
    json_write_number(&json, "version", 1);
    json_write_text(&json, "status",
                    !page_is_graded(page) ? "error"
                    : is_perfect          ? "pass"
                                          : "fail");
    json_write_number(&json, "max_score", (uint64_t)report->max);
    json_open_array(&json, "tests");
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        for (int entry = 0; entry < test->max / points; entry++) {
            write_entry(page, &json, test, entry, points);
        }
    }
    json_close_array(&json);
    json_close_object(&json);
}
