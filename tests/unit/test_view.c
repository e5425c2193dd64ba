/* What a student reads: the parts that must be there, within 80 columns. */
#include "grade.h"
#include "run_tests.h"
#include "small_exercise.h"
#include "utf8.h"
#include "view.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static char *view_of(const struct grading *grading, bool is_selected, bool is_traced)
{
    char *text = NULL;
    size_t size = 0;
    struct terminal terminal = {.out = open_memstream(&text, &size)};
    ck_assert_ptr_nonnull(terminal.out);
    if (is_selected) {
        view_selected(&terminal, grading, is_traced);
    } else {
        view_grading(&terminal, grading, "grader grade mine.c");
    }
    ck_assert_int_eq(fclose(terminal.out), 0);
    return text;
}

static void expect_part(const char *view, const char *part)
{
    ck_assert_msg(strstr(view, part) != NULL, "no \"%s\" in:\n%s", part, view);
}

static void expect_no_part(const char *view, const char *part)
{
    ck_assert_msg(strstr(view, part) == NULL, "\"%s\" in:\n%s", part, view);
}

static void expect_narrow(char *view)
{
    for (char *line = strtok(view, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        ck_assert_msg(utf8_count(line) <= TERMINAL_COLUMNS, "too wide: %s", line);
    }
}

/* A diagnostic; the build that gets it frees it. */
static void add_diagnostic(struct build *build, struct diagnostic entry)
{
    build->diagnostics = calloc(1, sizeof *build->diagnostics);
    ck_assert_ptr_nonnull(build->diagnostics);
    entry.message = strdup(entry.message);
    entry.file = entry.file != NULL ? strdup(entry.file) : NULL;
    entry.option = entry.option != NULL ? strdup(entry.option) : NULL;
    entry.source = entry.source != NULL ? strdup(entry.source) : NULL;
    build->diagnostics[0] = entry;
    build->diagnostic_count = 1;
}

START_TEST(first_lines_say_how_it_stands)
{
    struct grading grading;
    small_grading(&grading);
    char *view = view_of(&grading, false, false);
    expect_part(view, "Small exercise: mine.c (below: fba.c)\n");
    expect_part(view, "2 of 7 points\n");
    expect_part(view, "  x Suite A                      #############.......   2 / 3");
    expect_part(view, "1 of 2 failed\n");
    expect_narrow(view);
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(failed_test_is_told_in_full)
{
    struct grading grading;
    small_grading(&grading);
    char *view = view_of(&grading, false, false);
    expect_part(view, "x the second\n  suite_a.second");
    expect_part(view, "-1 point\n");
    expect_part(view, "  | CAP-2  No byte more.\n");
    expect_part(view, "  Called (after 3 earlier calls)\n");
    expect_part(view, "     4  alloc(8, align 1) -> buffer+0\n");
    expect_part(view, "     5    inner(8)\n");
    expect_part(view, "  It went wrong.\n  Expected  a block\n");
    expect_part(view, "  But got   ALLOC_OUT_OF_MEMORY\n  Hint      Look at two.\n");
    expect_part(view, "  Read on   lesson.md, \"One\"\n");
    expect_part(view, "suite_b.third: crashed");
    expect_part(view, "  At        fba.c:12:5\n");
    expect_part(view, "grader grade mine.c --test suite_a.second --trace\n");
    expect_no_part(view, "the first");
    free(view);
    grading_release(&grading);
}
END_TEST

static cJSON *parsed(const char *json)
{
    cJSON *const parsed_json = cJSON_Parse(json);
    ck_assert_ptr_nonnull(parsed_json);
    return parsed_json;
}

/* A grading of which the first cause is known, with this confidence. */
static void grading_with_cause(struct grading *grading, const char *confidence)
{
    small_grading(grading);
    cJSON *const cause =
        parsed("{\"id\": \"x\", \"cause\": \"You forget one.\", \"clause\": \"CAP-2\","
               "\"lesson\": \"Three\", \"confidence\": \"\", \"evidence\": "
               "[\"First this.\", \"Then that.\"], \"tests\": [\"suite_a.second\"]}");
    cJSON_ReplaceItemInObjectCaseSensitive(cause, "confidence",
                                           cJSON_CreateString(confidence));
    ck_assert(cJSON_AddItemToArray(grading->results.diagnosis, cause));
}

START_TEST(sure_cause_leads_and_replaces_the_hint)
{
    struct grading grading;
    grading_with_cause(&grading, "high");
    char *view = view_of(&grading, false, false);
    expect_part(view, "\nLikely cause    ");
    expect_part(view, "    explains 1 of 2 failed tests\n-----");
    expect_part(view, "-\n  You forget one.\n\n  Seen      First this.\n  Read on   "
                      "lesson.md, \"Three\"; clause CAP-2\n\nSuite A ");
    expect_no_part(view, "Then that.");
    expect_no_part(view, "Look at two.");
    expect_no_part(view, "lesson.md, \"One\"");
    expect_part(view, "Look at three.");
    expect_narrow(view);
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(guess_is_called_one_and_leaves_the_hint)
{
    struct grading grading;
    grading_with_cause(&grading, "low");
    char *view = view_of(&grading, false, false);
    expect_part(view, "\nPerhaps   ");
    expect_part(view, "  Seen      First this.\n  Also      Then that.\n");
    expect_part(view, "Look at two.");
    free(view);
    grading_release(&grading);
    grading_with_cause(&grading, "medium");
    view = view_of(&grading, false, false);
    expect_part(view, "\nPossible cause  ");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(second_cause_is_told_if_it_explains_more)
{
    struct grading grading;
    grading_with_cause(&grading, "high");
    cJSON *const again = cJSON_Duplicate(grading.results.diagnosis->child, true);
    cJSON *const other = cJSON_Duplicate(again, true);
    cJSON_ReplaceItemInObjectCaseSensitive(again, "cause",
                                           cJSON_CreateString("Again."));
    cJSON_ReplaceItemInObjectCaseSensitive(other, "cause",
                                           cJSON_CreateString("Other."));
    cJSON_ReplaceItemInObjectCaseSensitive(other, "tests",
                                           parsed("[\"suite_b.third\"]"));
    cJSON_AddItemToArray(grading.results.diagnosis, again);
    cJSON_AddItemToArray(grading.results.diagnosis, other);
    char *view = view_of(&grading, false, false);
    expect_part(view, "You forget one.");
    expect_no_part(view, "Again.");
    expect_part(view, "Other.");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(finding_is_not_for_students)
{
    struct grading grading;
    small_grading(&grading);
    cJSON_AddItemToArray(
        grading.results.findings,
        parsed("{\"message\": \"Found it.\", \"clause\": \"CAP-1\", \"expected\": null,"
               " \"actual\": null, \"counterexample\": null}"));
    char *view = view_of(&grading, false, false);
    expect_no_part(view, "Found it.");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(buffer_is_drawn_once_in_a_suite)
{
    struct grading grading;
    small_grading(&grading);
    cJSON *const buffer = parsed(
        "{\"name\": \"buffer\", \"address\": \"0x1000\", \"capacity\": 8, \"ranges\": "
        "[{\"kind\": \"block\", \"offset\": 0, \"bytes\": 8, \"label\": \"A\", "
        "\"alignment\": 1}], \"offending\": null}");
    grading.results.tests[1].buffer = buffer;
    grading.results.tests[0].status = TEST_FAIL;
    grading.results.tests[0].buffer = cJSON_Duplicate(buffer, true);
    char *view = view_of(&grading, false, false);
    const char *const drawn = strstr(view, "  Buffer  8 bytes at 0x1000\n");
    ck_assert_ptr_nonnull(drawn);
    ck_assert_ptr_null(strstr(drawn + 1, "  Buffer  "));
    free(view);
    grading.selected = 1;
    view = view_of(&grading, true, false);
    expect_part(view, "|AAAAAAAA");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(shorter_example_is_told_and_its_program_with_one_test)
{
    struct grading grading;
    small_grading(&grading);
    grading.results.tests[1].counterexample =
        parsed("{\"calls\": [\"alloc(8, align 1) -> out of memory\"], \"expected\": "
               "\"a block at buffer+0\", \"actual\": \"out of memory\", \"program\": "
               "\"int main(void)\\n{\\n}\\n\"}");
    char *view = view_of(&grading, false, false);
    expect_part(view,
                "  The same in 1 call\n     1  alloc(8, align 1) -> out of memory\n"
                "  Expected  a block at buffer+0\n  But got   out of memory\n\n");
    expect_no_part(view, "main(void)");
    free(view);
    grading.selected = 1;
    view = view_of(&grading, true, false);
    expect_part(view, "\n\nint main(void)\n{\n}\n");
    free(view);
    grading.results.tests[1].calls_omitted = 0;
    grading.results.tests[1].call_count = 1;
    view = view_of(&grading, false, false);
    expect_no_part(view, "The same in");
    free(view);
    grading.results.tests[1].call_count = 2;
    grading_release(&grading);
}
END_TEST

START_TEST(place_has_its_function)
{
    struct grading grading;
    small_grading(&grading);
    grading.results.tests[2].function = strdup("fba_alloc");
    char *view = view_of(&grading, false, false);
    expect_part(view, "  At        fba.c:12:5, in fba_alloc\n");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(hint_about_answers_is_kept_back_where_none_came)
{
    struct grading grading;
    small_grading(&grading);
    grading.results.tests[2].status = TEST_TIMEOUT;
    char *view = view_of(&grading, false, false);
    expect_part(view, "suite_b.third: took too long");
    expect_no_part(view, "Look at three.");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(full_marks_are_short_and_warm)
{
    struct grading grading;
    small_grading(&grading);
    grading.results.tests[1].status = TEST_PASS;
    grading.results.tests[2].status = TEST_PASS;
    score_release(&grading.score);
    struct error error = {0};
    ck_assert_int_eq(
        score_compute(&grading.manifest, &grading.results, &grading.score, &error), 0);
    char *view = view_of(&grading, false, false);
    expect_part(view, "7 of 7 points");
    expect_part(view, "All 3 tests passed");
    expect_no_part(view, "--test");
    expect_no_part(view, "failed");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(compiler_message_is_drawn_as_the_compiler_does)
{
    struct grading grading;
    small_grading(&grading);
    grading.build.status = BUILD_COMPILE_ERROR;
    char message[] = "'i' undeclared";
    char file[] = "fba.c";
    char option[] = "-Wflag";
    char source[] = "    caf\u00e9 = index;";
    const struct diagnostic entry = {.phase = "compile",
                                     .severity = DIAGNOSTIC_ERROR,
                                     .message = message,
                                     .file = file,
                                     .line = 7,
                                     .column = 13,
                                     .option = option,
                                     .source = source,
                                     .caret_start = 13,
                                     .caret_end = 17};
    add_diagnostic(&grading.build, entry);
    char *view = view_of(&grading, false, false);
    expect_part(view, "fba.c:7:13: error: 'i' undeclared [-Wflag]\n"
                      "    7 |     caf? = index;\n"
                      "      |            ^~~~~\n");
    expect_part(view, "does not compile");
    expect_no_part(view, "the second");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(rejected_submission_is_told_what_to_change)
{
    struct grading grading;
    small_grading(&grading);
    grading.build.status = BUILD_REJECTED;
    char message[] = "fba.c is UTF-16; save it as UTF-8.";
    const struct diagnostic entry = {
        .phase = "stage", .severity = DIAGNOSTIC_ERROR, .message = message};
    add_diagnostic(&grading.build, entry);
    char *view = view_of(&grading, false, false);
    expect_part(view, "error: fba.c is UTF-16; save it as UTF-8.\n");
    expect_part(view, "cannot be graded");
    free(view);
    grading_release(&grading);
}
END_TEST

START_TEST(trace_shows_every_call)
{
    struct grading grading;
    small_grading(&grading);
    grading.selected = 1;
    struct outcome *result = &grading.results.tests[1];
    for (size_t i = 0; i < result->call_count; i++) {
        free(result->calls[i]);
    }
    free(result->calls);
    result->call_count = 20;
    result->calls_omitted = 0;
    result->calls = calloc(result->call_count, sizeof *result->calls);
    ck_assert_ptr_nonnull(result->calls);
    for (size_t i = 0; i < result->call_count; i++) {
        ck_assert_int_gt(asprintf(&result->calls[i], "call_%zu()", i), 0);
    }
    char *shortened = view_of(&grading, true, false);
    char *traced = view_of(&grading, true, true);
    expect_part(shortened, "(after 12 earlier calls)");
    expect_no_part(shortened, "call_11()");
    expect_part(shortened, "    13  call_12()");
    expect_part(traced, "     1  call_0()\n");
    expect_part(traced, "    20  call_19()\n");
    free(shortened);
    free(traced);
    grading_release(&grading);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &first_lines_say_how_it_stands,
        &failed_test_is_told_in_full,
        &sure_cause_leads_and_replaces_the_hint,
        &guess_is_called_one_and_leaves_the_hint,
        &second_cause_is_told_if_it_explains_more,
        &finding_is_not_for_students,
        &buffer_is_drawn_once_in_a_suite,
        &shorter_example_is_told_and_its_program_with_one_test,
        &place_has_its_function,
        &hint_about_answers_is_kept_back_where_none_came,
        &full_marks_are_short_and_warm,
        &compiler_message_is_drawn_as_the_compiler_does,
        &rejected_submission_is_told_what_to_change,
        &trace_shows_every_call};
    return run_tests("view", tests, sizeof tests / sizeof tests[0]);
}
