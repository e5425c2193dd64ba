/*
 * Test Anything Protocol, version 14: TestAnything/Specification,
 * tap-version-14-specification.md.
 *
 * Whatever comes from a submission could look like a line of TAP, so each description
 * is one line with `\` and `#` escaped, and each value a JSON string, which YAML reads
 * as the same. What was not built bails out: then every reader counts the run as
 * failed.
 */
#include "page.h"
#include "writers.h"

#include <stdlib.h>

/* On one line, and without the meaning of '#' where `is_escaped`. */
static void write_line(FILE *out, const char *text, bool is_escaped)
{
    for (; text != NULL && *text != '\0'; text++) {
        if (is_escaped && (*text == '\\' || *text == '#')) {
            fputc('\\', out);
        }
        fputc(*text == '\n' ? ' ' : *text, out);
    }
}

/* As a comment, line by line. */
static void write_comment(FILE *out, char *text)
{
    const char *at = text;
    while (at != NULL && *at != '\0') {
        fputs("# ", out);
        for (; *at != '\0' && *at != '\n'; at++) {
            fputc(*at, out);
        }
        fputc('\n', out);
        at += *at == '\n';
    }
    free(text);
}

static void write_value(FILE *out, const char *lead, const char *key, const char *value)
{
    struct json_writer json;
    json_writer_init(&json, out);
    fprintf(out, "%s%s: ", lead, key);
    json_write_text(&json, NULL, value);
    fputc('\n', out);
}

static void write_yaml(struct page *page, const struct report_test *test)
{
    FILE *out = page->out;
    fputs("  ---\n", out);
    write_value(out, "  ", "id", test->id);
    write_value(out, "  ", "clause", test->clause->id);
    fprintf(out, "  points: %d\n  max: %d\n", test->points, test->max);
    if (!page_has_passed(test)) {
        char *detail = page_detail(page, test);
        write_value(out, "  ", "message", detail != NULL ? detail : "");
        free(detail);
        write_value(out, "  ", "severity", "fail");
        write_value(out, "  ", "status", test_status_name(test->status));
        if (test->expected != NULL && test->actual != NULL) {
            fputs("  data:\n", out);
            write_value(out, "    ", "got", test->actual);
            write_value(out, "    ", "expect", test->expected);
        }
        if (test->file != NULL) {
            fputs("  at:\n", out);
            write_value(out, "    ", "file", test->file);
            fprintf(out, "    line: %d\n", test->line);
        }
    }
    fputs("  ...\n", out);
}

void format_tap(struct page *page)
{
    const struct report *report = page->report;
    FILE *out = page->out;
    fprintf(out, "TAP version 14\n1..%zu\n", report->test_count);
    write_comment(out, page_overview(page));
    if (!page_is_graded(page)) {
        char *summary = page_summary(page);
        fputs("Bail out! ", out);
        write_line(out, summary, false);
        fputc('\n', out);
        free(summary);
        return;
    }
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        fprintf(out, "%sok %zu - ", page_has_passed(test) ? "" : "not ", i + 1);
        write_line(out, test->title, true);
        fputc('\n', out);
        write_yaml(page, test);
    }
}
