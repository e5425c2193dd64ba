/* results: what a judge wrote is refused, or scored; and every report and view that is
 * made of it is whole. */
#include "fuzz.h"
#include "report.h"
#include "results.h"
#include "score.h"
#include "view.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

enum {
    SUITES = 2,
    CLAUSES = 2,
    TESTS = 3
};

#define TEXT(words) ((char[]){words})

static struct manifest_suite suites[SUITES] = {
    {TEXT("a"), TEXT("Suite A"), TEXT("One"), 3},
    {TEXT("b"), TEXT("Suite B"), TEXT("Two"), 4},
};

static struct manifest_clause clauses[CLAUSES] = {
    {TEXT("CAP-1"), TEXT("Every byte counts."), TEXT("It does.")},
    {TEXT("ALI-1"), TEXT("It is aligned."), TEXT("Always.")},
};

static struct manifest_test tests[TESTS] = {
    {TEXT("a.x"), 0, 0, TEXT("the first"), TEXT("One."), 1, VISIBILITY_VISIBLE},
    {TEXT("a.y"), 0, 0, TEXT("the second"), TEXT("Two."), 2, VISIBILITY_HIDDEN},
    {TEXT("b.z"), 1, 1, TEXT("the third"), TEXT("Three."), 4, VISIBILITY_HIDDEN},
};

static const struct manifest manifest = {
    .id = TEXT("small"),
    .title = TEXT("Small"),
    .version = TEXT("1"),
    .submission_file = TEXT("fba.c"),
    .suites = suites,
    .suite_count = SUITES,
    .clauses = clauses,
    .clause_count = CLAUSES,
    .tests = tests,
    .test_count = TESTS,
    .points = 7,
};

static void check_results(const struct results *results, ptrdiff_t selected)
{
    assert(results->count == TESTS);
    for (size_t i = 0; i < TESTS; i++) {
        const bool was_asked_for = selected < 0 || (size_t)selected == i;
        assert((results->tests[i].status != TEST_NOT_RUN) == was_asked_for);
        assert(results->tests[i].file == NULL || results->tests[i].line > 0);
    }
}

static void check_score(const struct grading *grading)
{
    int points = 0;

    for (size_t i = 0; i < TESTS; i++) {
        const bool has_passed = grading->results.tests[i].status == TEST_PASS;
        points += has_passed ? tests[i].points : 0;
    }
    assert(grading->score.points == points && grading->score.max == 7);
}

static void check_report(const struct grading *grading)
{
    char *text = NULL;
    size_t length = 0;
    struct error error = {0};

    assert(report_write(grading, &text, &length, &error) == 0);
    assert(length > 0 && strlen(text) == length && text[length - 1] == '\n');
    assert(fuzz_is_utf8(text));
    for (size_t i = 0; i < length; i++) {
        assert((unsigned char)text[i] >= ' ' || text[i] == '\n');
    }
    cJSON *const report = cJSON_ParseWithOpts(text, NULL, 1);
    assert(report != NULL);
    cJSON_Delete(report);
    free(text);
}

/* Neither ASCII's control characters but newline nor those of ISO 8859-1. */
static bool has_controls(const char *text)
{
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        if ((*at < ' ' && *at != '\n') || *at == 0x7F ||
            (*at == 0xC2 && at[1] < 0xA0)) {
            return true;
        }
    }
    return false;
}

/* Without colours nothing but text may arrive at a terminal. */
static void check_view(const struct grading *grading)
{
    char *text = NULL;
    size_t length = 0;
    FILE *const out = open_memstream(&text, &length);
    const struct terminal terminal = {.out = out, .has_unicode = true};

    assert(out != NULL);
    if (grading->selected < 0) {
        view_grading(&terminal, grading, "make grade");
    } else {
        view_selected(&terminal, grading, true);
    }
    assert(fclose(out) == 0);
    assert(strlen(text) == length && fuzz_is_utf8(text) && !has_controls(text));
    free(text);
}

/* `text` is the judge's output, of which `selected` was to be run. */
static void read_results(const char *text, size_t length, ptrdiff_t selected)
{
    struct grading grading = {.manifest = manifest,
                              .file = TEXT("fba.c"),
                              .seed = "0123456789abcdef",
                              .selected = selected,
                              .build = {.executable = -1, .compiler = TEXT("gcc")}};
    struct error error = {0};

    if (results_parse(text, length, &grading.manifest, selected, &grading.results,
                      &error) != 0) {
        assert(error.kind == ERROR_GRADER && error.message[0] != '\0');
        assert(fuzz_is_harmless(error.message));
        assert(grading.results.tests == NULL);
        return;
    }
    check_results(&grading.results, selected);
    assert(score_compute(&grading.manifest, &grading.results, &grading.score, &error) ==
           0);
    check_score(&grading);
    check_report(&grading);
    check_view(&grading);
    score_release(&grading.score);
    results_release(&grading.results);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    const char *const text = fuzz_copy(data, size, 1);
    for (ptrdiff_t selected = -1; selected < TESTS; selected++) {
        read_results(text, size, selected);
    }
    return 0;
}
