#include "view_cause.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

enum {
    CAUSES_SHOWN = 3,
    EVIDENCE_SHOWN = 2 /* of a cause that is not sure; of one that is, 1 */
};

static const char *text(const cJSON *object, const char *key)
{
    return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, key));
}

static bool explains(const cJSON *cause, const char *id)
{
    const cJSON *test = NULL;

    cJSON_ArrayForEach(test, cJSON_GetObjectItemCaseSensitive(cause, "tests"))
    {
        if (strcmp(cJSON_GetStringValue(test), id) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_sure(const cJSON *cause)
{
    return strcmp(text(cause, "confidence"), "high") == 0;
}

bool view_cause_explains(const struct grading *grading, size_t test)
{
    const cJSON *cause = NULL;

    cJSON_ArrayForEach(cause, grading->results.diagnosis)
    {
        if (is_sure(cause) && explains(cause, grading->manifest.tests[test].id)) {
            return true;
        }
    }
    return false;
}

/* The failed tests: all, those that `cause` explains, and those of them that no cause
 * before it does. */
struct counted {
    size_t failed;
    size_t explained;
    size_t new;
};

static struct counted count(const struct grading *grading, const cJSON *cause)
{
    struct counted counted = {0};

    for (size_t i = 0; i < grading->manifest.test_count; i++) {
        const char *const id = grading->manifest.tests[i].id;
        if (grading->results.tests[i].status == TEST_PASS) {
            continue;
        }
        counted.failed++;
        if (!explains(cause, id)) {
            continue;
        }
        counted.explained++;
        counted.new ++;
        const cJSON *earlier = grading->results.diagnosis->child;
        for (; earlier != cause; earlier = earlier->next) {
            if (explains(earlier, id)) {
                counted.new --;
                break;
            }
        }
    }
    return counted;
}

static const char *heading(const cJSON *cause)
{
    return is_sure(cause)                                     ? "Likely cause"
           : strcmp(text(cause, "confidence"), "medium") == 0 ? "Possible cause"
                                                              : "Perhaps";
}

static void show_heading(const struct terminal *terminal,
                         const cJSON *cause,
                         const struct counted *counted)
{
    char right[64] = "";

    if (counted->failed == 1 && counted->explained == 1) {
        snprintf(right, sizeof right, "explains the failed test");
    } else if (counted->explained == 2 && counted->failed == 2) {
        snprintf(right, sizeof right, "explains both failed tests");
    } else if (counted->explained == counted->failed) {
        snprintf(right, sizeof right, "explains all %zu failed tests", counted->failed);
    } else if (counted->explained > 0) {
        snprintf(right, sizeof right, "explains %zu of %zu failed tests",
                 counted->explained, counted->failed);
    }
    if (right[0] != '\0') {
        terminal_two_ends(terminal, STYLE_STRONG, 0, heading(cause), right);
    } else {
        terminal_text(terminal, STYLE_STRONG, heading(cause));
        terminal_newline(terminal);
    }
    terminal_rule(terminal);
}

static void show_cause(const struct terminal *terminal,
                       const cJSON *cause,
                       const struct counted *counted)
{
    const cJSON *seen = cJSON_GetObjectItemCaseSensitive(cause, "evidence")->child;

    show_heading(terminal, cause, counted);
    terminal_paragraph(terminal, STYLE_STRONG, "  ", "  ", text(cause, "cause"));
    terminal_newline(terminal);
    const size_t most = is_sure(cause) ? 1 : EVIDENCE_SHOWN;
    for (size_t i = 0; seen != NULL && i < most; i++, seen = seen->next) {
        terminal_paragraph(terminal, STYLE_PLAIN,
                           i == 0 ? "  Seen      " : "  Also      ", "            ",
                           cJSON_GetStringValue(seen));
    }
    terminal_format(terminal, STYLE_PLAIN, "  Read on   lesson.md, \"%s\"; clause %s",
                    text(cause, "lesson"), text(cause, "clause"));
    terminal_newline(terminal);
    terminal_newline(terminal);
}

void view_causes(const struct terminal *terminal, const struct grading *grading)
{
    const cJSON *cause = NULL;
    size_t shown = 0;

    cJSON_ArrayForEach(cause, grading->results.diagnosis)
    {
        const struct counted counted = count(grading, cause);
        if (shown == 0 || (counted.new > 0 && shown < CAUSES_SHOWN)) {
            show_cause(terminal, cause, &counted);
            shown++;
        }
    }
}
