/*
 * page: what the writers have in common: the words about a test, cut to what a platform
 * takes, and the ways to write them.
 *
 * Texts made here belong to the caller and are NULL when memory is out, which is then
 * noted in the page; every function that writes a text takes NULL as "".
 */
#ifndef FORMATS_PAGE_H
#define FORMATS_PAGE_H

#include "format.h"
#include "json_write.h"

/* Notes that memory is out. */
void page_fail_memory(struct page *page);

/* A text of the report, cut if it is too long. */
char *page_text(struct page *page, const char *text);

/* "93 of 100 points." or why no test was run. */
char *page_summary(struct page *page);

/* What happened in a test and what to read: everything the report says, in plain lines;
 * "" for a test that passed. */
char *page_detail(struct page *page, const struct report_test *test);

/* The calls of a test, one a line. */
char *page_calls(struct page *page, const struct report_test *test);

/* What the compiler and the audit said, as compilers write it; "" if nothing. */
char *page_diagnostics(struct page *page);

/* The likely causes; for an instructor the findings too; "" if there are none. */
char *page_causes(struct page *page);

/* What stands before the tests: summary, diagnostics and causes. */
char *page_overview(struct page *page);

/* The same as students may see it, whoever the page is for: where a platform shows them
 * one part of what instructors are given. */
char *page_overview_shown(struct page *page);

/* Writes such a text as JSON and frees it. */
void page_json_text(struct json_writer *json, const char *key, char *text);

/* Begins a page that is one JSON object. */
void page_json_begin(struct page *page, struct json_writer *json);

/* The picture of a test's buffer, an SVG. NULL: there is nothing to see, or no room. */
char *page_picture(struct page *page, const struct report_test *test);

/* The same in base64. */
char *page_picture_base64(struct page *page, const struct report_test *test);

bool page_is_graded(const struct page *page);
bool page_has_passed(const struct report_test *test);

#endif
