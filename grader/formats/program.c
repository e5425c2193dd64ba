/*
 * The counterexample of the first failed test that has one: a C program to compile with
 * the submission, for a debugger.
 */
#include "page.h"
#include "writers.h"

void format_program(struct page *page)
{
    for (size_t i = 0; i < page->report->test_count; i++) {
        const struct report_test *test = &page->report->tests[i];
        if (test->has_counterexample) {
            fputs(test->counterexample.program, page->out);
            return;
        }
    }
    page->has_failed = true;
    error_set(page->error, ERROR_USAGE, "%s; there is no example to debug",
              page->report->points == page->report->max
                  ? "every test passes"
                  : "no test that failed comes with calls that may be shown");
}
