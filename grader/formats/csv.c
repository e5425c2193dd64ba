/*
 * Comma-separated values, one line a test: RFC 4180, with a line of headings.
 *
 * Spreadsheets run what begins with '=', '+', '-' or '@' as a formula, and a submission
 * can choose its file's name, so such a value gets an apostrophe in front, as OWASP's
 * page on CSV injection advises.
 */
#include "page.h"
#include "writers.h"

#include <string.h>

static void write_text(FILE *out, const char *text)
{
    fputc('"', out);
    if (text != NULL && text[0] != '\0' && strchr("=+-@\t\r", text[0]) != NULL) {
        fputc('\'', out);
    }
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '"') {
            fputc('"', out);
        }
        fputc(*text, out);
    }
    fputc('"', out);
}

static void write_texts(FILE *out, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        write_text(out, texts[i]);
        fputc(',', out);
    }
}

static void write_test(struct page *page, const struct report_test *test)
{
    const struct report *report = page->report;
    const char *const texts[] = {report->file,
                                 report->sha256,
                                 test->id,
                                 test->suite->id,
                                 test->title,
                                 test->clause->id,
                                 visibility_name(test->visibility),
                                 test_status_name(test->status)};
    write_texts(page->out, texts, sizeof texts / sizeof texts[0]);
    fprintf(page->out, "%d,%d,", test->points, test->max);
    write_text(page->out, test->message);
    fputs("\r\n", page->out);
}

void format_csv(struct page *page)
{
    fputs(
        "file,sha256,test,suite,title,clause,visibility,status,points,max,message\r\n",
        page->out);
    for (size_t i = 0; i < page->report->test_count; i++) {
        write_test(page, &page->report->tests[i]);
    }
}
