/*
 * JUnit XML. There is no official description; what is written here is valid in both
 * schemas in use, windyroad/JUnit-Schema's JUnit.xsd (Ant) and junit-10.xsd of
 * Jenkins's xunit plugin, and follows testmoapp/junitxml's page on what readers make of
 * it.
 *
 * A failure is a wrong answer, an error everything else: a crash, a timeout, a test
 * that was not run. There is no clock in a report, so the time is the beginning of the
 * epoch.
 */
#include "markup.h"
#include "page.h"
#include "writers.h"

#include <stdlib.h>

static void write_attribute(FILE *out, const char *name, const char *value)
{
    fprintf(out, " %s=\"", name);
    markup_text(out, value);
    fputc('"', out);
}

static void write_element(FILE *out, const char *name, char *text)
{
    fprintf(out, "    <%s>", name);
    markup_text(out, text);
    fprintf(out, "</%s>\n", name);
    free(text);
}

static bool is_failure(const struct report_test *test)
{
    return test->status == TEST_FAIL;
}

static void write_test(struct page *page, const struct report_test *test)
{
    FILE *out = page->out;
    const char *element = is_failure(test) ? "failure" : "error";
    fputs("    <testcase", out);
    write_attribute(out, "name", test->title);
    write_attribute(out, "classname", test->id);
    fputs(" time=\"0.000\"", out);
    if (page_has_passed(test)) {
        fputs("/>\n", out);
        return;
    }
    fprintf(out, ">\n      <%s type=\"%s\"", element, test_status_name(test->status));
    write_attribute(out, "message",
                    test->message[0] != '\0' ? test->message : "not run");
    fputc('>', out);
    char *detail = page_detail(page, test);
    markup_text(out, detail);
    free(detail);
    fprintf(out, "</%s>\n    </testcase>\n", element);
}

static void write_counts(struct page *page, const struct report_suite *suite)
{
    const struct report *report = page->report;
    size_t tests = 0;
    size_t failures = 0;
    size_t errors = 0;
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        if (test->suite == suite) {
            tests++;
            failures += is_failure(test);
            errors += !is_failure(test) && !page_has_passed(test);
        }
    }
    fprintf(page->out,
            " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"0\" "
            "time=\"0.000\"",
            tests, failures, errors);
}

static void write_suite(struct page *page, size_t index)
{
    const struct report *report = page->report;
    const struct report_suite *suite = &report->suites[index];
    FILE *out = page->out;
    fputs("  <testsuite", out);
    write_attribute(out, "name", suite->id);
    write_attribute(out, "package", report->exercise_id);
    fprintf(out, " id=\"%zu\" timestamp=\"1970-01-01T00:00:00\" hostname=\"localhost\"",
            index);
    write_counts(page, suite);
    fprintf(out,
            ">\n    <properties>\n"
            "      <property name=\"points\" value=\"%d\"/>\n"
            "      <property name=\"max\" value=\"%d\"/>\n"
            "    </properties>\n",
            suite->points, suite->max);
    for (size_t i = 0; i < report->test_count; i++) {
        if (report->tests[i].suite == suite) {
            write_test(page, &report->tests[i]);
        }
    }
    /* What is said of the whole file is said once. */
    write_element(out, "system-out", index == 0 ? page_overview(page) : NULL);
    write_element(out, "system-err", NULL);
    fputs("  </testsuite>\n", out);
}

void format_junit(struct page *page)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites>\n", page->out);
    for (size_t i = 0; i < page->report->suite_count; i++) {
        write_suite(page, i);
    }
    fputs("</testsuites>\n", page->out);
}
