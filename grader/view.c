#include "view.h"

#include "view_messages.h"
#include "view_test.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TITLE_CELLS = 28,
    SUITE_BAR_CELLS = 20,
    SCORE_BAR_CELLS = 50,
    /* Up to so many failed tests are all shown in full. */
    FULL_MAX = 4,
    /* And so many warnings, where something else matters more. */
    MESSAGES_MAX = 5
};

static bool has_failed(const struct grading *grading, size_t test)
{
    return grading->results.tests[test].status != TEST_PASS;
}

static size_t count_failed(const struct grading *grading)
{
    size_t failed = 0;
    for (size_t i = 0; i < grading->manifest.test_count; i++) {
        failed += has_failed(grading, i);
    }
    return failed;
}

/* ---- The first lines ---- */

static void show_heading(const struct terminal *terminal, const struct grading *grading)
{
    const struct score *score = &grading->score;
    terminal_newline(terminal);
    terminal_format(terminal, STYLE_STRONG, "%s: %s", grading->manifest.title,
                    grading->file);
    terminal_newline(terminal);
    terminal_newline(terminal);
    terminal_text(terminal, STYLE_PLAIN, "  ");
    terminal_bar(terminal, score->points, score->max, SCORE_BAR_CELLS);
    terminal_format(terminal, STYLE_STRONG, "  %d of %d points", score->points,
                    score->max);
    terminal_newline(terminal);
    terminal_newline(terminal);
}

static void show_suites(const struct terminal *terminal, const struct grading *grading)
{
    for (size_t i = 0; i < grading->manifest.suite_count; i++) {
        const struct score_suite *score = &grading->score.suites[i];
        terminal_text(terminal, STYLE_PLAIN, "  ");
        terminal_mark(terminal, score->points == score->max);
        terminal_format(terminal, STYLE_PLAIN, " %-*s ", TITLE_CELLS,
                        grading->manifest.suites[i].title);
        terminal_bar(terminal, score->points, score->max, SUITE_BAR_CELLS);
        terminal_format(terminal, STYLE_PLAIN, " %3d / %-3d", score->points,
                        score->max);
        if (score->passed < score->tests) {
            terminal_format(terminal, STYLE_FAINT, " %zu of %zu failed",
                            score->tests - score->passed, score->tests);
        }
        terminal_newline(terminal);
    }
    terminal_newline(terminal);
}

/* ---- The failed tests ---- */

/* Whether two texts differ in their numbers at most. */
static bool is_alike(const char *a, const char *b)
{
    static const char digits[] = "0123456789";
    if (a == NULL || b == NULL) {
        return a == b;
    }
    while (*a != '\0' && *b != '\0') {
        const size_t a_digits = strspn(a, digits);
        const size_t b_digits = strspn(b, digits);
        if ((a_digits > 0) != (b_digits > 0) || (a_digits == 0 && *a != *b)) {
            return false;
        }
        a += a_digits > 0 ? a_digits : 1;
        b += b_digits > 0 ? b_digits : 1;
    }
    return *a == *b;
}

/* Whether two tests failed in the same way, as far as words can tell. */
static bool failed_alike(const struct outcome *a, const struct outcome *b)
{
    return a->status == b->status && is_alike(a->message, b->message) &&
           is_alike(a->expected, b->expected) && is_alike(a->actual, b->actual);
}

/* The first failed test of a suite, or test_count. */
static size_t first_failed(const struct grading *grading, size_t suite)
{
    size_t i = 0;
    while (i < grading->manifest.test_count &&
           (grading->manifest.tests[i].suite != suite || !has_failed(grading, i))) {
        i++;
    }
    return i;
}

/* Whether an earlier suite's first failure, which was shown in full, reads the same. */
static bool was_shown_alike(const struct grading *grading, size_t test)
{
    const struct results *results = &grading->results;
    for (size_t suite = 0; suite < grading->manifest.tests[test].suite; suite++) {
        const size_t shown = first_failed(grading, suite);
        if (shown < results->count &&
            failed_alike(&results->tests[shown], &results->tests[test])) {
            return true;
        }
    }
    return false;
}

/* One line for each failed test of the suite behind the first; one for all of them if
 * nothing in the suite works. */
static void show_others(const struct terminal *terminal,
                        const struct grading *grading,
                        size_t first)
{
    const size_t suite = grading->manifest.tests[first].suite;
    const struct score_suite *score = &grading->score.suites[suite];
    const size_t others = score->tests - score->passed - 1;
    if (others == 0) {
        return;
    }
    if (score->passed == 0) {
        terminal_format(terminal, STYLE_PLAIN,
                        "  The other %zu %s of this suite failed too.", others,
                        others == 1 ? "test" : "tests");
        terminal_newline(terminal);
        terminal_newline(terminal);
        return;
    }
    terminal_text(terminal, STYLE_PLAIN, "  Also failed:\n");
    for (size_t i = first + 1; i < grading->manifest.test_count; i++) {
        if (grading->manifest.tests[i].suite == suite && has_failed(grading, i)) {
            view_test_line(terminal, grading, i);
        }
    }
    terminal_newline(terminal);
}

static void show_suite_heading(const struct terminal *terminal,
                               const struct grading *grading,
                               size_t suite)
{
    const struct score_suite *score = &grading->score.suites[suite];
    char right[64];
    snprintf(right, sizeof right, "%zu of %zu tests failed",
             score->tests - score->passed, score->tests);
    terminal_two_ends(terminal, STYLE_STRONG, 0, grading->manifest.suites[suite].title,
                      right);
    for (size_t i = 0; i < TERMINAL_COLUMNS; i++) {
        terminal_text(terminal, STYLE_FAINT, terminal->has_unicode ? "\u2500" : "-");
    }
    terminal_newline(terminal);
}

static void show_failed_suite(const struct terminal *terminal,
                              const struct grading *grading,
                              size_t suite,
                              bool in_full)
{
    const size_t first = first_failed(grading, suite);
    if (first == grading->manifest.test_count) {
        return;
    }
    show_suite_heading(terminal, grading, suite);
    if (!in_full) {
        if (was_shown_alike(grading, first)) {
            view_test_short(terminal, grading, first);
        } else {
            view_test_full(terminal, grading, first, false);
        }
        terminal_newline(terminal);
        show_others(terminal, grading, first);
        return;
    }
    for (size_t i = first; i < grading->manifest.test_count; i++) {
        if (grading->manifest.tests[i].suite == suite && has_failed(grading, i)) {
            view_test_full(terminal, grading, i, false);
            terminal_newline(terminal);
        }
    }
}

/* How to see one test on its own, with the first failed one as the example. */
static void show_next_step(const struct terminal *terminal,
                           const struct grading *grading,
                           const char *command)
{
    size_t test = 0;
    while (test < grading->manifest.test_count && !has_failed(grading, test)) {
        test++;
    }
    const char *id = grading->manifest.tests[test].id;
    /* Broken where a shell allows it, if it does not fit. */
    const bool fits =
        strlen(command) + strlen(id) + strlen("   --test  --trace") <= TERMINAL_COLUMNS;
    terminal_text(terminal, STYLE_PLAIN, "To see one test with all its calls:\n");
    terminal_format(terminal, STYLE_STRONG, "  %s%s --test %s --trace", command,
                    fits ? "" : " \\\n     ", id);
    terminal_newline(terminal);
}

static void show_graded(const struct terminal *terminal,
                        const struct grading *grading,
                        const char *command)
{
    const size_t failed = count_failed(grading);
    show_suites(terminal, grading);
    for (size_t suite = 0; suite < grading->manifest.suite_count; suite++) {
        show_failed_suite(terminal, grading, suite, failed <= FULL_MAX);
    }
    if (grading->build.diagnostic_count + grading->remark_count > 0) {
        terminal_text(terminal, STYLE_STRONG,
                      "Warnings and notes (they take no points away by themselves)\n");
        view_messages(terminal, grading, MESSAGES_MAX);
        terminal_newline(terminal);
    }
    if (failed > 0) {
        show_next_step(terminal, grading, command);
    } else {
        terminal_format(terminal, STYLE_GOOD,
                        "All %zu tests passed: your %s keeps every promise of the "
                        "contract. Well done!",
                        grading->manifest.test_count,
                        grading->manifest.submission_file);
        terminal_newline(terminal);
    }
}

/* ---- A submission that was not built ---- */

static void show_not_built(const struct terminal *terminal,
                           const struct grading *grading)
{
    const size_t errors = view_count_errors(grading);
    view_messages(terminal, grading, SIZE_MAX);
    terminal_newline(terminal);
    if (grading->build.status == BUILD_REJECTED) {
        terminal_paragraph(terminal, STYLE_STRONG, "", "",
                           "This file cannot be graded as it is, so no test was run. "
                           "Change what is named above and grade it again.");
    } else if (errors <= 1) {
        terminal_paragraph(terminal, STYLE_STRONG, "", "",
                           "The file does not compile, so no test was run. Correct the "
                           "error above and grade it again.");
    } else {
        terminal_paragraph(terminal, STYLE_STRONG, "", "",
                           "The file does not compile, so no test was run. Correct the "
                           "first error and grade it again: the later ones often come "
                           "from it.");
    }
}

void view_grading(const struct terminal *terminal,
                  const struct grading *grading,
                  const char *command)
{
    show_heading(terminal, grading);
    if (grading->build.status == BUILD_OK) {
        show_graded(terminal, grading, command);
    } else {
        show_not_built(terminal, grading);
    }
}

void view_selected(const struct terminal *terminal,
                   const struct grading *grading,
                   bool is_traced)
{
    if (grading->build.status != BUILD_OK) {
        show_not_built(terminal, grading);
    } else {
        view_test_full(terminal, grading, (size_t)grading->selected, is_traced);
    }
}
