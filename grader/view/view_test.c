#include "view_test.h"

#include "picture_text.h"
#include "view_cause.h"
#include "view_example.h"

#include <stdio.h>
#include <string.h>

enum {
    CALLS_SHOWN = 8,
    CALLS_BEFORE_EXAMPLE = 3,
    CALL_INDENT_MAX = 16
};

static const char *status_words(enum test_status status)
{
    switch (status) {
    case TEST_NOT_RUN:
        return "was not run";
    case TEST_PASS:
        return "passed";
    case TEST_FAIL:
        return "failed";
    case TEST_CRASH:
        return "crashed";
    case TEST_TIMEOUT:
        return "took too long";
    case TEST_UNDEFINED_BEHAVIOUR:
        return "undefined behaviour";
    case TEST_FORBIDDEN_CALL:
        return "forbidden call";
    case TEST_FORBIDDEN_SYSCALL:
        return "forbidden system call";
    case TEST_EARLY_EXIT:
        return "ended the program";
    case TEST_PROTOCOL_VIOLATION:
        return "was stopped";
    case TEST_MISSING:
        return "function missing";
    }
    return "";
}

/* "-2 points", or what was earned. */
static void describe_points(const struct manifest_test *test,
                            bool has_passed,
                            char *text,
                            size_t size)
{
    snprintf(text, size, "%c%d %s", has_passed ? '+' : '-', test->points,
             test->points == 1 ? "point" : "points");
}

static void show_title(const struct terminal *terminal,
                       const struct manifest_test *test,
                       const struct outcome *result)
{
    char points[32];
    const bool has_passed = result->status == TEST_PASS;
    describe_points(test, has_passed, points, sizeof points);
    terminal_mark(terminal, has_passed);
    terminal_paragraph_from(terminal, 1, STYLE_STRONG, " ", "  ", test->title);
    char left[256];
    /* The cross says "failed"; only what is worse is said in words. */
    const bool is_plain = has_passed || result->status == TEST_FAIL;
    snprintf(left, sizeof left, "%s%s%s", test->id, is_plain ? "" : ": ",
             is_plain ? "" : status_words(result->status));
    terminal_text(terminal, STYLE_PLAIN, "  ");
    terminal_two_ends(terminal, STYLE_FAINT, 2, left, points);
    terminal_newline(terminal);
}

static void show_clause(const struct terminal *terminal,
                        const struct grading *grading,
                        const struct manifest_test *test)
{
    const struct manifest_clause *clause = &grading->manifest.clauses[test->clause];
    char lead[32];
    const char *const bar = terminal->has_unicode ? "  \u2502 " : "  | ";
    snprintf(lead, sizeof lead, "%s%s  ", bar, clause->id);
    terminal_paragraph(terminal, STYLE_NOTE, lead, bar, clause->text);
    terminal_newline(terminal);
}

/* A call keeps its own indentation: that of a call from within another. */
static void show_call(const struct terminal *terminal,
                      uint64_t number,
                      const char *call)
{
    char first[64];
    char rest[64];
    const size_t spaces = strspn(call, " ");
    const int indent = (int)(spaces < CALL_INDENT_MAX ? spaces : CALL_INDENT_MAX);
    snprintf(first, sizeof first, "  %4llu  %*s", (unsigned long long)number, indent,
             "");
    snprintf(rest, sizeof rest, "  %4s  %*s", "", indent + 2, "");
    terminal_paragraph(terminal, STYLE_PLAIN, first, rest, call);
}

/* Where fewer calls show the same, only the last ones are told. */
static size_t first_shown(const struct outcome *result, enum view_detail detail)
{
    const size_t most =
        view_example_is_shorter(result) ? CALLS_BEFORE_EXAMPLE : CALLS_SHOWN;

    return detail == VIEW_TRACED || result->call_count <= most
               ? 0
               : result->call_count - most;
}

static void show_calls(const struct terminal *terminal,
                       const struct outcome *result,
                       enum view_detail detail)
{
    if (result->call_count == 0) {
        return;
    }
    const size_t first = first_shown(result, detail);
    const uint64_t omitted = result->calls_omitted + first;
    terminal_text(terminal, STYLE_STRONG, "  Called");
    if (omitted > 0) {
        terminal_format(terminal, STYLE_FAINT, " (after %llu earlier %s)",
                        (unsigned long long)omitted, omitted == 1 ? "call" : "calls");
    }
    terminal_newline(terminal);
    for (size_t i = first; i < result->call_count; i++) {
        show_call(terminal, result->calls_omitted + i + 1, result->calls[i]);
    }
    terminal_newline(terminal);
}

static void show_place(const struct terminal *terminal, const struct outcome *result)
{
    if (result->file == NULL) {
        return;
    }
    terminal_format(terminal, STYLE_PLAIN, "  At        %s:%d", result->file,
                    result->line);
    if (result->column > 0) {
        terminal_format(terminal, STYLE_PLAIN, ":%d", result->column);
    }
    if (result->function != NULL) {
        terminal_format(terminal, STYLE_PLAIN, ", in %s", result->function);
    }
    terminal_newline(terminal);
}

static void show_outcome(const struct terminal *terminal, const struct outcome *result)
{
    static const char rest[] = "            ";
    if (result->message != NULL) {
        terminal_paragraph(terminal, STYLE_PLAIN, "  ", "  ", result->message);
    }
    if (result->expected != NULL) {
        terminal_paragraph(terminal, STYLE_GOOD, "  Expected  ", rest,
                           result->expected);
    }
    if (result->actual != NULL) {
        terminal_paragraph(terminal, STYLE_BAD, "  But got   ", rest, result->actual);
    }
    show_place(terminal, result);
}

/* The buffer as it was then, and less that shows the same; each after a blank line. */
static void show_more(const struct terminal *terminal,
                      const struct outcome *result,
                      enum view_detail detail)
{
    if (detail != VIEW_WORDS && picture_text_has_any(result->buffer)) {
        terminal_newline(terminal);
        picture_text(terminal, result->buffer);
    }
    if (view_example_is_shorter(result)) {
        terminal_newline(terminal);
        view_example(terminal, result);
    }
    if (detail >= VIEW_SELECTED && result->counterexample != NULL) {
        terminal_newline(terminal);
        view_example_program(terminal, result);
    }
}

/* Whether show_more shows anything. */
static bool has_more(const struct outcome *result, enum view_detail detail)
{
    return (detail != VIEW_WORDS && picture_text_has_any(result->buffer)) ||
           view_example_is_shorter(result) ||
           (detail >= VIEW_SELECTED && result->counterexample != NULL);
}

/* A hint is about a wrong answer; where there was none, the message says what to do. */
static bool helps_hint(enum test_status status)
{
    return status == TEST_FAIL || status == TEST_CRASH ||
           status == TEST_UNDEFINED_BEHAVIOUR;
}

/* What the cause above has not said already. */
static void show_advice(const struct terminal *terminal,
                        const struct grading *grading,
                        size_t index,
                        bool is_apart)
{
    const struct manifest_test *test = &grading->manifest.tests[index];
    const enum test_status status = grading->results.tests[index].status;
    static const char rest[] = "            ";
    const struct manifest_suite *suite = &grading->manifest.suites[test->suite];
    if (view_cause_explains(grading, index)) {
        return;
    }
    terminal_text(terminal, STYLE_PLAIN, is_apart ? "\n" : "");
    if (helps_hint(status)) {
        terminal_paragraph(terminal, STYLE_PLAIN, "  Hint      ", rest, test->hint);
    }
    terminal_format(terminal, STYLE_PLAIN, "  Read on   lesson.md, \"%s\"",
                    suite->lesson);
    terminal_newline(terminal);
}

void view_test_full(const struct terminal *terminal,
                    const struct grading *grading,
                    size_t test,
                    enum view_detail detail)
{
    const struct manifest_test *entry = &grading->manifest.tests[test];
    const struct outcome *result = &grading->results.tests[test];
    show_title(terminal, entry, result);
    show_clause(terminal, grading, entry);
    show_calls(terminal, result, detail);
    show_outcome(terminal, result);
    show_more(terminal, result, detail);
    if (result->status == TEST_PASS) {
        terminal_text(terminal, STYLE_GOOD, "  This test passed.\n");
    } else {
        show_advice(terminal, grading, test, has_more(result, detail));
    }
}

void view_test_as_above(const struct terminal *terminal,
                        const struct grading *grading,
                        size_t test)
{
    const char *message = grading->results.tests[test].message;
    terminal_paragraph(terminal, STYLE_PLAIN, "  As above: ", "  ",
                       message != NULL ? message : "the same happened.");
}

void view_test_short(const struct terminal *terminal,
                     const struct grading *grading,
                     size_t test)
{
    const struct manifest_test *entry = &grading->manifest.tests[test];
    const struct outcome *result = &grading->results.tests[test];
    show_title(terminal, entry, result);
    show_clause(terminal, grading, entry);
    view_test_as_above(terminal, grading, test);
    show_advice(terminal, grading, test, false);
}

void view_test_line(const struct terminal *terminal,
                    const struct grading *grading,
                    size_t test)
{
    const struct manifest_test *entry = &grading->manifest.tests[test];
    const struct outcome *result = &grading->results.tests[test];
    char lead[16];
    char title[256];
    /* "failed" stands above the list; only what is worse is said again. */
    const bool is_plain = result->status == TEST_FAIL;
    snprintf(lead, sizeof lead, " -%d  ", entry->points);
    snprintf(title, sizeof title, "%s%s%s%s", entry->title, is_plain ? "" : " (",
             is_plain ? "" : status_words(result->status), is_plain ? "" : ")");
    terminal_text(terminal, STYLE_PLAIN, "  ");
    terminal_mark(terminal, false);
    terminal_paragraph_from(terminal, 3, STYLE_PLAIN, lead, "        ", title);
}
