/*
 * One SVG for people: the total, and the buffer of the first failed test of each suite
 * that has one to show. W3C, Scalable Vector Graphics (SVG) 2.
 *
 * Each buffer is a drawing of its own (picture_svg.h) within this one.
 */
#include "markup.h"
#include "page.h"
#include "writers.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WIDTH = 760,
    MARGIN = 20,
    TITLE_Y = 26,
    TOTAL_Y = 48,
    HEAD = 64,
    LINE = 28,
    GAP = 12
};

static const char style[] =
    "<style>.fbp-head,.fbp-line{font:14px ui-monospace,Menlo,Consolas,monospace;"
    "fill:#1b1f24}.fbp-head{font-weight:bold}.fbp-sheet{fill:#ffffff}\n"
    "@media (prefers-color-scheme:dark){.fbp-head,.fbp-line{fill:#e6edf3}"
    ".fbp-sheet{fill:#0d1117}}</style>\n";

static void write_line(FILE *out, const char *class, size_t y, const char *text)
{
    fprintf(out, "<text class=\"%s\" x=\"%d\" y=\"%zu\">", class, MARGIN, y);
    markup_text(out, text);
    fputs("</text>\n", out);
}

/* The first failed test of a suite that has a picture, which belongs to the caller. */
static const struct report_test *first_drawn(struct page *page,
                                             const struct report_suite *suite,
                                             char **picture)
{
    for (size_t i = 0; i < page->report->test_count; i++) {
        const struct report_test *test = &page->report->tests[i];
        if (test->suite == suite && !page_has_passed(test)) {
            *picture = page_picture(page, test);
            if (*picture != NULL) {
                return test;
            }
        }
    }
    return NULL;
}

/* The height that a drawing of ours has. */
static size_t height_of(const char *picture)
{
    const char *const height = strstr(picture, " height=\"");

    return height == NULL ? 0 : strtoul(height + strlen(" height=\""), NULL, 10);
}

/* Writes the pictures. Returns where they end. */
static size_t write_pictures(struct page *page, FILE *out)
{
    size_t y = HEAD;

    for (size_t i = 0; i < page->report->suite_count; i++) {
        char *picture = NULL;
        const struct report_test *test =
            first_drawn(page, &page->report->suites[i], &picture);
        if (test == NULL) {
            continue;
        }
        write_line(out, "fbp-line", y + LINE - GAP, test->title);
        fprintf(out, "<svg y=\"%zu\"%s", y + LINE, picture + strlen("<svg"));
        y += LINE + height_of(picture) + GAP;
        free(picture);
    }
    return y;
}

static void write_head(struct page *page)
{
    const struct report *report = page->report;
    char *const summary = page_summary(page);
    char *title = NULL;

    if (asprintf(&title, "%s: %s", report->exercise_title, report->file) < 0) {
        page_fail_memory(page);
        title = NULL;
    }
    fputs("<title>", page->out);
    markup_text(page->out, title);
    fputs("</title>\n", page->out);
    fputs(style, page->out);
    fputs("<rect class=\"fbp-sheet\" width=\"100%\" height=\"100%\"/>\n", page->out);
    write_line(page->out, "fbp-head", TITLE_Y, title);
    write_line(page->out, "fbp-line", TOTAL_Y, summary);
    free(title);
    free(summary);
}

void format_svg(struct page *page)
{
    char *pictures = NULL;
    size_t length = 0;
    FILE *const out = open_memstream(&pictures, &length);

    if (out == NULL) {
        page_fail_memory(page);
        return;
    }
    const size_t height = write_pictures(page, out);
    const bool has_failed = ferror(out) != 0;
    if (fclose(out) != 0 || has_failed) {
        page_fail_memory(page);
    }
    fprintf(page->out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"%d\" "
            "height=\"%zu\" viewBox=\"0 0 %d %zu\">\n",
            WIDTH, height, WIDTH, height);
    write_head(page);
    fputs(pictures != NULL ? pictures : "", page->out);
    fputs("</svg>\n", page->out);
    free(pictures);
}
