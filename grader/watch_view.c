#include "watch_view.h"

#include "view_cause.h"
#include "view_messages.h"
#include "view_test.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum {
    /* Of each kind so many tests are named. */
    NAMED_MAX = 8,
    MESSAGES_MAX = 5,
    CLOCK_CELLS = 8 /* "12:59:59" */
};

/* A line that sets one save apart from the one before, with the time of day. */
static void show_rule(const struct terminal *terminal)
{
    char clock[CLOCK_CELLS + 1] = "";
    struct tm day;
    const time_t now = time(NULL);
    const size_t columns = terminal_columns(terminal);
    if (localtime_r(&now, &day) != NULL) {
        strftime(clock, sizeof clock, "%H:%M:%S", &day);
    }
    terminal_newline(terminal);
    for (size_t i = strlen(clock) + 1; i < columns; i++) {
        terminal_text(terminal, STYLE_FAINT, terminal->has_unicode ? "\u2500" : "-");
    }
    terminal_format(terminal, STYLE_FAINT, " %s", clock);
    terminal_newline(terminal);
}

void watch_view_waiting(const struct terminal *terminal, const struct grading *grading)
{
    char text[512];
    snprintf(text, sizeof text,
             "%s is graded again each time you save it. Ctrl-C ends this.",
             grading->file);
    terminal_newline(terminal);
    terminal_paragraph(terminal, STYLE_FAINT, "", "", text);
}

void watch_view_trouble(const struct terminal *terminal, const char *message)
{
    char text[1200];
    snprintf(text, sizeof text, "Not graded: %s.", message);
    show_rule(terminal);
    terminal_paragraph(terminal, STYLE_WARNING, "", "", text);
}

/* ---- Points ---- */

static void show_points(const struct terminal *terminal,
                        const struct grading *before,
                        const struct grading *after)
{
    const int points = after->score.points;
    const int old = before != NULL ? before->score.points : points;
    const enum terminal_style style = points > old   ? STYLE_GOOD
                                      : points < old ? STYLE_BAD
                                                     : STYLE_STRONG;
    terminal_format(terminal, STYLE_STRONG, "%s: ", after->file);
    if (points == old) {
        terminal_format(terminal, style, "%s%d of %d points",
                        before != NULL ? "still " : "", points, after->score.max);
    } else {
        terminal_format(terminal, style, "%d %s %d of %d points (%+d)", old,
                        terminal->has_unicode ? "\u2192" : "->", points,
                        after->score.max, points - old);
    }
    terminal_newline(terminal);
}

/* ---- What is different ---- */

/* Which tests passed before and fail now, or the other way round. */
static bool has_changed_to(const struct grading *before,
                           const struct grading *after,
                           size_t test,
                           bool passes)
{
    const bool passed = before->results.tests[test].status == TEST_PASS;
    const bool is_passing = after->results.tests[test].status == TEST_PASS;
    return passed != is_passing && is_passing == passes;
}

static void show_changed(const struct terminal *terminal,
                         const struct manifest_test *test,
                         bool passes)
{
    char lead[40];
    snprintf(lead, sizeof lead, " %s %c%d  ", passes ? "fixed" : "broken",
             passes ? '+' : '-', test->points);
    terminal_text(terminal, STYLE_PLAIN, "  ");
    terminal_mark(terminal, passes);
    terminal_paragraph(terminal, passes ? STYLE_GOOD : STYLE_BAD, lead,
                       "               ", test->title);
}

/* The first tests that changed so, one line each. */
static void show_all_changed(const struct terminal *terminal,
                             const struct grading *before,
                             const struct grading *after,
                             bool passes)
{
    size_t count = 0;
    for (size_t i = 0; i < after->manifest.test_count; i++) {
        if (has_changed_to(before, after, i, passes)) {
            if (count < NAMED_MAX) {
                show_changed(terminal, &after->manifest.tests[i], passes);
            }
            count++;
        }
    }
    if (count > NAMED_MAX) {
        terminal_format(terminal, STYLE_PLAIN, "    and %zu more %s", count - NAMED_MAX,
                        passes ? "fixed" : "broken");
        terminal_newline(terminal);
    }
}

/* ---- What to look at ---- */

/* The first test that this save has broken, or else the first that fails; test_count if
 * none does. */
static size_t choose_next(const struct grading *before, const struct grading *after)
{
    const size_t none = after->manifest.test_count;
    size_t first = none;
    for (size_t i = 0; i < none; i++) {
        if (before != NULL && has_changed_to(before, after, i, false)) {
            return i;
        }
        if (first == none && after->results.tests[i].status != TEST_PASS) {
            first = i;
        }
    }
    return first;
}

static void show_next(const struct terminal *terminal,
                      const struct grading *before,
                      const struct grading *after)
{
    const size_t next = choose_next(before, after);
    terminal_newline(terminal);
    if (next == after->manifest.test_count) {
        terminal_format(terminal, STYLE_GOOD, "All %zu tests pass. Well done!",
                        after->manifest.test_count);
        terminal_newline(terminal);
        return;
    }
    view_causes(terminal, after);
    view_test_full(terminal, after, next, VIEW_PICTURE);
}

static void show_not_built(const struct terminal *terminal, const struct grading *after)
{
    terminal_format(terminal, STYLE_BAD, "%s: %s", after->file,
                    after->build.status == BUILD_COMPILE_ERROR
                        ? "it does not compile"
                        : "it cannot be graded as it is");
    terminal_newline(terminal);
    view_messages(terminal, after, MESSAGES_MAX);
}

/* Warnings that stay from save to save are told once. */
static size_t count_messages(const struct grading *grading)
{
    return grading->build.diagnostic_count + grading->remark_count;
}

void watch_view_change(const struct terminal *terminal,
                       const struct grading *before,
                       const struct grading *after)
{
    show_rule(terminal);
    if (after->build.status != BUILD_OK) {
        show_not_built(terminal, after);
        return;
    }
    show_points(terminal, before, after);
    if (before != NULL) {
        show_all_changed(terminal, before, after, true);
        show_all_changed(terminal, before, after, false);
    }
    if (before == NULL || count_messages(before) != count_messages(after)) {
        view_messages(terminal, after, MESSAGES_MAX);
    }
    show_next(terminal, before, after);
}
