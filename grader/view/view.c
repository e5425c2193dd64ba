#include "view.h"

#include "view_cause.h"
#include "view_messages.h"
#include "view_test.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    TITLE_CELLS = 28,
    SUITE_BAR_CELLS = 20,
    /* Beside the bar of the score: "  " and "  100 of 100 points", and a margin. */
    SCORE_REST_CELLS = 30,
    /* Up to so many failed tests are all shown in full. */
    FULL_MAX = 4,
    /* And so many warnings, where something else matters more. */
    MESSAGES_MAX = 5,
    SHOWN_MAX = 16
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
    if (strcmp(grading->file, grading->manifest.submission_file) != 0) {
        terminal_format(terminal, STYLE_FAINT, " (below: %s)",
                        grading->manifest.submission_file);
    }
    terminal_newline(terminal);
    terminal_newline(terminal);
    terminal_text(terminal, STYLE_PLAIN, "  ");
    terminal_bar(terminal, score->points, score->max,
                 terminal_columns(terminal) - SCORE_REST_CELLS);
    terminal_format(terminal, STYLE_STRONG, "  %d of %d points", score->points,
                    score->max);
    terminal_newline(terminal);
    terminal_newline(terminal);
}

static void show_suite_score(const struct terminal *terminal,
                             const struct score_suite *score)
{
    /* What a narrower screen lacks is taken from the bar. */
    const size_t missing = TERMINAL_COLUMNS - terminal_columns(terminal);
    if (missing < SUITE_BAR_CELLS) {
        terminal_bar(terminal, score->points, score->max, SUITE_BAR_CELLS - missing);
    }
    terminal_format(terminal, STYLE_PLAIN, " %3d / %d", score->points, score->max);
    if (score->passed < score->tests) {
        terminal_format(terminal, STYLE_FAINT, "%s %zu of %zu failed",
                        score->max < 10    ? "  "
                        : score->max < 100 ? " "
                                           : "",
                        score->tests - score->passed, score->tests);
    }
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
        show_suite_score(terminal, score);
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

/* The failed tests that were shown with all that is known. Beyond so many, one more is
 * shown in full again. */
struct shown {
    size_t tests[SHOWN_MAX];
    size_t count;
};

static bool was_shown_alike(const struct shown *shown,
                            const struct grading *grading,
                            size_t test)
{
    const struct outcome *results = grading->results.tests;
    for (size_t i = 0; i < shown->count; i++) {
        if (failed_alike(&results[shown->tests[i]], &results[test])) {
            return true;
        }
    }
    return false;
}

static bool is_failed_in(const struct grading *grading, size_t suite, size_t test)
{
    return grading->manifest.tests[test].suite == suite && has_failed(grading, test);
}

/* The failed test of a suite that tells the most: the first with calls to show, and
 * where something works the first that is not like one that was shown, if there is one.
 * test_count if none has failed. */
static size_t choose_failed(const struct shown *shown,
                            const struct grading *grading,
                            size_t suite)
{
    const size_t none = grading->manifest.test_count;
    const bool has_passed = grading->score.suites[suite].passed > 0;
    size_t first = none;
    size_t silent = none;
    for (size_t i = 0; i < none; i++) {
        if (is_failed_in(grading, suite, i)) {
            if (!has_passed || !was_shown_alike(shown, grading, i)) {
                if (grading->results.tests[i].call_count > 0) {
                    return i;
                }
                silent = silent == none ? i : silent;
            }
            first = first == none ? i : first;
        }
    }
    return silent != none ? silent : first;
}

/* One line for each failed test of the suite but `chosen`; one for all of them if
 * nothing in the suite works. */
static void show_others(const struct terminal *terminal,
                        const struct grading *grading,
                        size_t chosen)
{
    const size_t suite = grading->manifest.tests[chosen].suite;
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
    } else {
        terminal_text(terminal, STYLE_PLAIN, "  Also failed:\n");
        for (size_t i = 0; i < grading->manifest.test_count; i++) {
            if (i != chosen && is_failed_in(grading, suite, i)) {
                view_test_line(terminal, grading, i);
            }
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
    terminal_rule(terminal);
}

/* Of many failed tests one of each suite, and of those that say the same, one. */
static void show_failed_suite(const struct terminal *terminal,
                              const struct grading *grading,
                              size_t suite,
                              struct shown *shown)
{
    const size_t chosen = choose_failed(shown, grading, suite);
    if (chosen == grading->manifest.test_count) {
        return;
    }
    const bool is_known = was_shown_alike(shown, grading, chosen);
    show_suite_heading(terminal, grading, suite);
    if (is_known && grading->score.suites[suite].passed == 0) {
        view_test_as_above(terminal, grading, chosen);
        terminal_newline(terminal);
        return;
    }
    if (is_known) {
        view_test_short(terminal, grading, chosen);
    } else {
        view_test_full(terminal, grading, chosen, VIEW_PICTURE);
        if (shown->count < SHOWN_MAX) {
            shown->tests[shown->count++] = chosen;
        }
    }
    terminal_newline(terminal);
    show_others(terminal, grading, chosen);
}

/* Of few failed tests, everything; of one in each suite the picture too. */
static void show_whole_suite(const struct terminal *terminal,
                             const struct grading *grading,
                             size_t suite)
{
    const struct score_suite *score = &grading->score.suites[suite];
    if (score->passed == score->tests) {
        return;
    }
    show_suite_heading(terminal, grading, suite);
    enum view_detail detail = VIEW_PICTURE;
    for (size_t i = 0; i < grading->manifest.test_count; i++) {
        if (is_failed_in(grading, suite, i)) {
            view_test_full(terminal, grading, i, detail);
            terminal_newline(terminal);
            detail = VIEW_WORDS;
        }
    }
}

static void show_failed(const struct terminal *terminal,
                        const struct grading *grading,
                        size_t failed)
{
    struct shown shown = {.count = 0};
    for (size_t suite = 0; suite < grading->manifest.suite_count; suite++) {
        if (failed <= FULL_MAX) {
            show_whole_suite(terminal, grading, suite);
        } else {
            show_failed_suite(terminal, grading, suite, &shown);
        }
    }
}

/* The first failed test of which there is the most to see: a counterexample, or calls
 * at least. */
static size_t choose_example(const struct grading *grading)
{
    size_t chosen = grading->manifest.test_count;
    int most = 0;
    for (size_t i = 0; i < grading->manifest.test_count; i++) {
        const struct outcome *result = &grading->results.tests[i];
        const int seen = !has_failed(grading, i)          ? 0
                         : result->counterexample != NULL ? 3
                         : result->call_count > 0         ? 2
                                                          : 1;
        if (seen > most) {
            most = seen;
            chosen = i;
        }
    }
    return chosen;
}

/* How to see one test on its own, with the first failed one as the example. A terminal
 * shows the end of what is printed, so the score stands here once more. */
static void show_next_step(const struct terminal *terminal,
                           const struct grading *grading,
                           const char *command,
                           size_t failed)
{
    char score[128];
    const size_t example = choose_example(grading);
    const char *id = grading->manifest.tests[example].id;
    snprintf(score, sizeof score, "%d of %d points.%s", grading->score.points,
             grading->score.max,
             failed > FULL_MAX
                 ? " Start at the top: one mistake often fails many tests."
                 : "");
    terminal_paragraph(terminal, STYLE_STRONG, "", "", score);
    if (command == NULL) {
        return;
    }
    /* Broken where a shell allows it, if it does not fit. */
    const bool fits = strlen(command) + strlen(id) + strlen("   --test  --trace") <=
                      terminal_columns(terminal);
    terminal_paragraph(
        terminal, STYLE_PLAIN, "", "",
        grading->results.tests[example].counterexample != NULL
            ? "To see one test and a program to debug (`grader tests` lists the names):"
            : "To see one test with all its calls (`grader tests` lists the names):");
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
    view_causes(terminal, grading);
    show_failed(terminal, grading, failed);
    if (grading->build.diagnostic_count + grading->remark_count > 0) {
        terminal_text(terminal, STYLE_STRONG,
                      "Warnings and notes (they take no points away by themselves)\n");
        view_messages(terminal, grading, MESSAGES_MAX);
        terminal_newline(terminal);
    }
    if (failed > 0) {
        show_next_step(terminal, grading, command, failed);
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
        view_test_full(terminal, grading, (size_t)grading->selected,
                       is_traced ? VIEW_TRACED : VIEW_SELECTED);
    }
}
