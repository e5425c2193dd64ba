#include "page.h"

#include "text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A text that is being made, and what it becomes. */
struct draft {
    FILE *out;
    char *text;
    size_t length;
};

void page_fail_memory(struct page *page)
{
    if (!page->has_failed) {
        page->has_failed = true;
        error_set(page->error, ERROR_GRADER, "out of memory");
    }
}

static bool draft_begin(struct page *page, struct draft *draft)
{
    *draft = (struct draft){0};
    draft->out = open_memstream(&draft->text, &draft->length);
    if (draft->out == NULL) {
        page_fail_memory(page);
        return false;
    }
    return true;
}

/* Cuts `text`, which has more than `page->text_bytes` bytes, and says so. */
static char *cut(struct page *page, char *text, size_t length)
{
    char *shorter = NULL;
    const size_t kept = text_cut(text, length, page->text_bytes);
    const int written = asprintf(&shorter, "%.*s%s[cut: %zu of %zu bytes are shown]",
                                 (int)kept, text, kept > 0 ? "\n" : "", kept, length);
    free(text);
    if (written < 0) {
        page_fail_memory(page);
        return NULL;
    }
    return shorter;
}

static char *draft_end(struct page *page, struct draft *draft)
{
    const int has_failed = ferror(draft->out);
    if (fclose(draft->out) != 0 || has_failed) {
        free(draft->text);
        page_fail_memory(page);
        return NULL;
    }
    /* The last line's end is whoever shows it to write. */
    while (draft->length > 0 && draft->text[draft->length - 1] == '\n') {
        draft->text[--draft->length] = '\0';
    }
    return draft->length > page->text_bytes ? cut(page, draft->text, draft->length)
                                            : draft->text;
}

char *page_text(struct page *page, const char *text)
{
    char *copy = strdup(text);
    if (copy == NULL) {
        page_fail_memory(page);
        return NULL;
    }
    const size_t length = strlen(copy);
    return length > page->text_bytes ? cut(page, copy, length) : copy;
}

bool page_is_graded(const struct page *page)
{
    return page->report->status == REPORT_GRADED;
}

bool page_has_passed(const struct report_test *test)
{
    return test->status == TEST_PASS;
}

static void write_summary(const struct report *report, FILE *out)
{
    switch (report->status) {
    case REPORT_GRADED:
        fprintf(out, "%d of %d points.", report->points, report->max);
        break;
    case REPORT_COMPILE_ERROR:
        fprintf(out, "%s does not compile, so no test was run.", report->file);
        break;
    case REPORT_REJECTED:
        fprintf(out, "%s cannot be graded as it is, so no test was run.", report->file);
        break;
    }
}

char *page_summary(struct page *page)
{
    struct draft draft;
    if (!draft_begin(page, &draft)) {
        return NULL;
    }
    write_summary(page->report, draft.out);
    return draft_end(page, &draft);
}

static void write_calls(const struct report_texts *calls, uint64_t omitted, FILE *out)
{
    if (omitted > 0) {
        fprintf(out, "  (after %" PRIu64 " earlier %s)\n", omitted,
                omitted == 1 ? "call" : "calls");
    }
    for (size_t i = 0; i < calls->count; i++) {
        fprintf(out, "%5" PRIu64 "  %s\n", omitted + i + 1, calls->items[i]);
    }
}

static void write_pair(const char *expected, const char *actual, FILE *out)
{
    if (expected != NULL) {
        fprintf(out, "Expected  %s\n", expected);
    }
    if (actual != NULL) {
        fprintf(out, "But got   %s\n", actual);
    }
}

static void write_counterexample(const struct report_counterexample *counterexample,
                                 FILE *out)
{
    fputs("A smaller example\n", out);
    write_calls(&counterexample->calls, 0, out);
    write_pair(counterexample->expected, counterexample->actual, out);
    fprintf(out, "The same as a program\n%s\n", counterexample->program);
}

static void write_place(const struct report_test *test, FILE *out)
{
    if (test->file == NULL) {
        return;
    }
    fprintf(out, "At        %s:%d", test->file, test->line);
    if (test->column > 0) {
        fprintf(out, ":%d", test->column);
    }
    if (test->function != NULL) {
        fprintf(out, ", in %s", test->function);
    }
    fputc('\n', out);
}

/* A hint is about a wrong answer; where there was none, the message says what to do. */
static bool helps_hint(enum test_status status)
{
    return status == TEST_FAIL || status == TEST_CRASH ||
           status == TEST_UNDEFINED_BEHAVIOUR;
}

static void write_detail(const struct report_test *test, FILE *out)
{
    if (test->message[0] != '\0') {
        fprintf(out, "%s\n", test->message);
    }
    if (test->status == TEST_PASS || test->status == TEST_NOT_RUN) {
        return;
    }
    if (test->calls.count > 0) {
        fputs("Called\n", out);
        write_calls(&test->calls, test->calls_omitted, out);
    }
    write_pair(test->expected, test->actual, out);
    write_place(test, out);
    if (test->has_counterexample) {
        write_counterexample(&test->counterexample, out);
    }
    fprintf(out, "Clause    %s  %s\n", test->clause->id, test->clause->text);
    if (helps_hint(test->status)) {
        fprintf(out, "Hint      %s\n", test->hint);
    }
    fprintf(out, "Read on   lesson.md, \"%s\"\n", test->suite->lesson);
}

char *page_detail(struct page *page, const struct report_test *test)
{
    struct draft draft;
    if (!draft_begin(page, &draft)) {
        return NULL;
    }
    if (test->status == TEST_NOT_RUN) {
        write_summary(page->report, draft.out);
    } else {
        write_detail(test, draft.out);
    }
    return draft_end(page, &draft);
}

char *page_calls(struct page *page, const struct report_test *test)
{
    struct draft draft;
    if (!draft_begin(page, &draft)) {
        return NULL;
    }
    for (size_t i = 0; i < test->calls.count; i++) {
        fprintf(draft.out, "%s\n", test->calls.items[i]);
    }
    return draft_end(page, &draft);
}

static void write_diagnostic(const struct report_diagnostic *diagnostic, FILE *out)
{
    if (diagnostic->file != NULL) {
        fputs(diagnostic->file, out);
        if (diagnostic->line > 0) {
            fprintf(out, ":%d", diagnostic->line);
        }
        if (diagnostic->column > 0) {
            fprintf(out, ":%d", diagnostic->column);
        }
        fputs(": ", out);
    }
    fprintf(out, "%s: %s\n", diagnostic->severity, diagnostic->message);
    if (diagnostic->source != NULL) {
        fprintf(out, "    %s\n", diagnostic->source);
    }
}

static void write_diagnostics(const struct report *report, FILE *out)
{
    for (size_t i = 0; i < report->diagnostic_count; i++) {
        write_diagnostic(&report->diagnostics[i], out);
    }
    if (report->is_diagnostics_truncated) {
        fputs("There are more messages than these.\n", out);
    }
}

char *page_diagnostics(struct page *page)
{
    struct draft draft;
    if (!draft_begin(page, &draft)) {
        return NULL;
    }
    write_diagnostics(page->report, draft.out);
    return draft_end(page, &draft);
}

static void write_causes(const struct report *report, FILE *out)
{
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const struct report_diagnosis *diagnosis = &report->diagnosis[i];
        fprintf(out, "Likely cause: %s\n  %s  %s\n", diagnosis->cause,
                diagnosis->clause->id, diagnosis->clause->text);
        for (size_t j = 0; j < diagnosis->evidence.count; j++) {
            fprintf(out, "  - %s\n", diagnosis->evidence.items[j]);
        }
        fprintf(out, "  Read on: lesson.md, \"%s\"\n", diagnosis->lesson);
    }
    for (size_t i = 0; i < report->finding_count; i++) {
        const struct report_finding *finding = &report->findings[i];
        fprintf(out, "For the instructor (no points): %s\n  %s  %s\n", finding->message,
                finding->clause->id, finding->clause->text);
        write_pair(finding->expected, finding->actual, out);
        if (finding->has_counterexample) {
            write_counterexample(&finding->counterexample, out);
        }
    }
}

char *page_causes(struct page *page)
{
    struct draft draft;
    if (!draft_begin(page, &draft)) {
        return NULL;
    }
    write_causes(page->report, draft.out);
    return draft_end(page, &draft);
}

static char *overview_of(struct page *page, const struct report *report)
{
    struct draft draft;
    if (!draft_begin(page, &draft)) {
        return NULL;
    }
    write_summary(report, draft.out);
    fputc('\n', draft.out);
    write_diagnostics(report, draft.out);
    write_causes(report, draft.out);
    return draft_end(page, &draft);
}

char *page_overview(struct page *page)
{
    return overview_of(page, page->report);
}

char *page_overview_shown(struct page *page)
{
    return overview_of(page, page->shown);
}

void page_json_text(struct json_writer *json, const char *key, char *text)
{
    json_write_text(json, key, text != NULL ? text : "");
    free(text);
}

void page_json_begin(struct page *page, struct json_writer *json)
{
    json_writer_init(json, page->out);
    json_open_object(json, NULL);
}
