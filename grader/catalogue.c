#include "catalogue.h"

#include "format.h"
#include "nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *points_word(int points)
{
    return points == 1 ? "point" : "points";
}

static void show_test(const struct terminal *terminal,
                      const struct manifest *manifest,
                      const struct manifest_test *test)
{
    terminal_format(terminal, STYLE_PLAIN, "  %-6s %2d  %-15s %s",
                    manifest->clauses[test->clause].id, test->points,
                    visibility_name(test->visibility), test->id);
    terminal_newline(terminal);
    terminal_paragraph(terminal, STYLE_FAINT, "                             ",
                       "                             ", test->title);
}

void catalogue_tests(const struct terminal *terminal, const struct manifest *manifest)
{
    terminal_format(terminal, STYLE_STRONG, "%s: %zu tests, %d points", manifest->title,
                    manifest->test_count, manifest->points);
    terminal_newline(terminal);
    for (size_t i = 0; i < manifest->suite_count; i++) {
        const struct manifest_suite *suite = &manifest->suites[i];
        char points[32];
        snprintf(points, sizeof points, "%d %s", suite->points,
                 points_word(suite->points));
        terminal_newline(terminal);
        terminal_two_ends(terminal, STYLE_STRONG, 0, suite->title, points);
        terminal_text(terminal, STYLE_FAINT, "  clause pts visibility      test\n");
        for (size_t j = 0; j < manifest->test_count; j++) {
            if (manifest->tests[j].suite == i) {
                show_test(terminal, manifest, &manifest->tests[j]);
            }
        }
    }
}

static const char *clause_id(const void *context, size_t index)
{
    const struct manifest *manifest = context;
    return manifest->clauses[index].id;
}

/* "CAP-1 to CAP-7, ALI-1 to ALI-5": all ids, in the order of the contract. */
static void list_clauses(const struct manifest *manifest, FILE *out)
{
    for (size_t i = 0; i < manifest->clause_count;) {
        const char *first = manifest->clauses[i].id;
        const size_t group = strcspn(first, "-");
        size_t last = i;
        while (last + 1 < manifest->clause_count &&
               strncmp(manifest->clauses[last + 1].id, first, group + 1) == 0) {
            last++;
        }
        fprintf(out, "%s%s", i > 0 ? ", " : "", first);
        if (last > i) {
            fprintf(out, " to %s", manifest->clauses[last].id);
        }
        i = last + 1;
    }
}

static int fail_unknown_clause(const struct manifest *manifest,
                               const char *id,
                               struct error *error)
{
    char *all = NULL;
    size_t size = 0;
    const ptrdiff_t near =
        nearest_find(id, manifest->clause_count, clause_id, manifest);
    FILE *out = open_memstream(&all, &size);
    if (out == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    list_clauses(manifest, out);
    fclose(out);
    error_set(error, ERROR_USAGE, "there is no clause %s;%s%s%s the clauses are %s", id,
              near >= 0 ? " did you mean " : "",
              near >= 0 ? manifest->clauses[near].id : "", near >= 0 ? "?" : "",
              all != NULL ? all : "");
    free(all);
    return -1;
}

int catalogue_explain(const struct terminal *terminal,
                      const struct manifest *manifest,
                      const char *clause,
                      struct error *error)
{
    const struct manifest_clause *found = NULL;
    for (size_t i = 0; i < manifest->clause_count; i++) {
        if (strcasecmp(manifest->clauses[i].id, clause) == 0) {
            found = &manifest->clauses[i];
        }
    }
    if (found == NULL) {
        return fail_unknown_clause(manifest, clause, error);
    }
    terminal_text(terminal, STYLE_STRONG, found->id);
    terminal_newline(terminal);
    terminal_paragraph(terminal, STYLE_PLAIN, "  ", "  ", found->text);
    terminal_newline(terminal);
    terminal_paragraph(terminal, STYLE_PLAIN, "  Why: ", "       ", found->why);
    terminal_newline(terminal);
    terminal_text(terminal, STYLE_PLAIN, "  Checked by:\n");
    for (size_t i = 0; i < manifest->test_count; i++) {
        const struct manifest_test *test = &manifest->tests[i];
        if (&manifest->clauses[test->clause] == found) {
            char points[32];
            snprintf(points, sizeof points, "%d %s", test->points,
                     points_word(test->points));
            terminal_text(terminal, STYLE_PLAIN, "    ");
            terminal_two_ends(terminal, STYLE_PLAIN, 4, test->id, points);
            terminal_paragraph(terminal, STYLE_FAINT, "      ", "      ", test->title);
        }
    }
    return 0;
}

void catalogue_formats(const struct terminal *terminal)
{
    size_t count = 0;
    const struct format *formats = format_list(&count);
    terminal_text(
        terminal, STYLE_PLAIN,
        "`grader grade FILE --format NAME` and `grader convert REPORT --format "
        "NAME` write:\n\n");
    for (size_t i = 0; i < count; i++) {
        const struct format *format = &formats[i];
        char lead[32];
        snprintf(lead, sizeof lead, "  %-18s", format->name);
        terminal_paragraph(terminal, STYLE_PLAIN, lead, "                    ",
                           format->platform);
        terminal_paragraph(terminal, STYLE_FAINT,
                           "                    for: ", "                    ",
                           format->audience == AUDIENCE_STUDENT
                               ? "students, unless --audience says otherwise"
                               : "instructors, unless --audience says otherwise");
        terminal_paragraph(terminal, STYLE_FAINT,
                           "                    lacks: ", "                    ",
                           format->lacks);
    }
}
