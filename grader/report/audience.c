#include "audience.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int audience_parse(const char *name, enum audience *audience, struct error *error)
{
    if (strcmp(name, "student") == 0) {
        *audience = AUDIENCE_STUDENT;
    } else if (strcmp(name, "instructor") == 0) {
        *audience = AUDIENCE_INSTRUCTOR;
    } else {
        return error_set(error, ERROR_USAGE,
                         "--audience is student or instructor, and \"%s\" is neither",
                         name);
    }
    return 0;
}

int phase_parse(const char *name, enum phase *phase, struct error *error)
{
    static const char *const names[] = {"before_due", "after_due", "published"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(name, names[i]) == 0) {
            *phase = (enum phase)i;
            return 0;
        }
    }
    return error_set(
        error, ERROR_USAGE,
        "--phase is before_due, after_due or published, and \"%s\" is none "
        "of them",
        name);
}

bool audience_shows(enum visibility visibility, enum phase phase)
{
    switch (visibility) {
    case VISIBILITY_HIDDEN:
        return false;
    case VISIBILITY_VISIBLE:
        return true;
    case VISIBILITY_AFTER_DUE_DATE:
        return phase != PHASE_BEFORE_DUE;
    case VISIBILITY_AFTER_PUBLISHED:
        return phase == PHASE_PUBLISHED;
    }
    return false;
}

/* What stands for the message of a test that is not shown. That of a call that is not
 * there names a function of the submission, and nothing that was asked of it. */
static const char *sentence_of(const struct report_test *test)
{
    switch (test->status) {
    case TEST_NOT_RUN:
    case TEST_PASS:
        return "";
    case TEST_FAIL:
        return "The code gave an answer that the clause does not allow.";
    case TEST_CRASH:
        return "The program crashed in this test.";
    case TEST_TIMEOUT:
        return "This test took too long and was stopped.";
    case TEST_UNDEFINED_BEHAVIOUR:
        return "The code did something that C leaves undefined.";
    case TEST_FORBIDDEN_CALL:
    case TEST_MISSING:
        return test->message;
    case TEST_FORBIDDEN_SYSCALL:
        return "The code asked the operating system for something.";
    case TEST_EARLY_EXIT:
        return "The code ended the program before the test was over.";
    case TEST_PROTOCOL_VIOLATION:
        return "The program answered when it was not asked.";
    }
    return "";
}

static const char no_details[] = "This test did not pass.";
static const char no_hint[] = "Read the clause again, word by word.";

/* The member `key` becomes `value`, or nothing if there is no memory for it. */
static bool replace(cJSON *object, const char *key, cJSON *value)
{
    if (value == NULL || !cJSON_ReplaceItemInObjectCaseSensitive(object, key, value)) {
        cJSON_Delete(value);
        return false;
    }
    return true;
}

static bool hide_everything(cJSON *entry, const struct report_test *test)
{
    const bool has_failed = test->status != TEST_PASS && test->status != TEST_NOT_RUN;
    return (!has_failed ||
            (replace(entry, "status",
                     cJSON_CreateString(test_status_name(TEST_FAIL))) &&
             replace(entry, "message", cJSON_CreateString(no_details)))) &&
           replace(entry, "hint", cJSON_CreateString(no_hint)) &&
           replace(entry, "location", cJSON_CreateNull());
}

/* Takes out of one test what `policy` does not allow. */
static bool hide_test(cJSON *entry,
                      const struct report_test *test,
                      enum hidden_feedback policy)
{
    if (policy == HIDDEN_FEEDBACK_FULL) {
        return true;
    }
    if (!replace(entry, "message", cJSON_CreateString(sentence_of(test))) ||
        !replace(entry, "expected", cJSON_CreateNull()) ||
        !replace(entry, "calls", cJSON_CreateArray()) ||
        !replace(entry, "calls_omitted", cJSON_CreateNumber(0)) ||
        !replace(entry, "buffer", cJSON_CreateNull()) ||
        !replace(entry, "counterexample", cJSON_CreateNull())) {
        return false;
    }
    if (policy != HIDDEN_FEEDBACK_ACTUAL_ONLY &&
        !replace(entry, "actual", cJSON_CreateNull())) {
        return false;
    }
    return policy != HIDDEN_FEEDBACK_NONE || hide_everything(entry, test);
}

static bool hide_tests(const struct report *report, enum phase phase)
{
    cJSON *entry = cJSON_GetObjectItemCaseSensitive(report->root, "tests")->child;
    for (size_t i = 0; i < report->test_count; i++, entry = entry->next) {
        const struct report_test *test = &report->tests[i];
        if (!audience_shows(test->visibility, phase) &&
            !hide_test(entry, test, report->hidden_feedback)) {
            return false;
        }
    }
    return true;
}

/* An id that no test has counts as hidden: nothing is known of it. */
static bool is_shown(const struct report *report, const char *id, enum phase phase)
{
    for (size_t i = 0; i < report->test_count; i++) {
        if (strcmp(report->tests[i].id, id) == 0) {
            return audience_shows(report->tests[i].visibility, phase);
        }
    }
    return false;
}

static bool rests_on_hidden(const struct report *report,
                            const struct report_diagnosis *diagnosis,
                            enum phase phase)
{
    bool has_hidden = diagnosis->tests.count == 0;
    for (size_t i = 0; i < diagnosis->tests.count; i++) {
        has_hidden = has_hidden || !is_shown(report, diagnosis->tests.items[i], phase);
    }
    return has_hidden;
}

/* Whether a sentence repeats what a test that is not shown says. */
static bool tells_of(const char *sentence, const struct report_test *test)
{
    bool tells = test->message[0] != '\0' && sentence_of(test) != test->message &&
                 strstr(sentence, test->message) != NULL;
    for (size_t i = 0; i < test->calls.count; i++) {
        tells = tells || strstr(sentence, test->calls.items[i]) != NULL;
    }
    return tells;
}

static bool tells_of_hidden(const struct report *report,
                            const char *sentence,
                            enum phase phase)
{
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        if (!audience_shows(test->visibility, phase) && tells_of(sentence, test)) {
            return true;
        }
    }
    return false;
}

static bool add_sentence(cJSON *list, const char *sentence)
{
    cJSON *text = cJSON_CreateString(sentence);
    if (text == NULL || !cJSON_AddItemToArray(list, text)) {
        cJSON_Delete(text);
        return false;
    }
    return true;
}

/* What a harness has seen beyond its tests stays, and what repeats them goes. */
static bool hide_evidence(cJSON *entry,
                          const struct report *report,
                          const struct report_diagnosis *diagnosis,
                          enum phase phase)
{
    char counted[64];
    bool is_done = true;
    cJSON *evidence = cJSON_CreateArray();
    for (size_t i = 0; i < diagnosis->evidence.count && is_done; i++) {
        const char *sentence = diagnosis->evidence.items[i];
        is_done = tells_of_hidden(report, sentence, phase) ||
                  add_sentence(evidence, sentence);
    }
    if (is_done && cJSON_GetArraySize(evidence) == 0) {
        snprintf(counted, sizeof counted, "%zu failed %s to it.",
                 diagnosis->tests.count,
                 diagnosis->tests.count == 1 ? "test points" : "tests point");
        is_done = add_sentence(evidence, counted);
    }
    if (!is_done) {
        cJSON_Delete(evidence);
        return false;
    }
    return replace(entry, "evidence", evidence);
}

static bool hide_diagnosis(const struct report *report, enum phase phase)
{
    cJSON *list = cJSON_GetObjectItemCaseSensitive(report->root, "diagnosis");
    cJSON *entry = list->child;
    for (size_t i = 0; i < report->diagnosis_count; i++) {
        const struct report_diagnosis *diagnosis = &report->diagnosis[i];
        cJSON *next = entry->next;
        if (rests_on_hidden(report, diagnosis, phase)) {
            if (report->hidden_feedback == HIDDEN_FEEDBACK_NONE) {
                cJSON_Delete(cJSON_DetachItemViaPointer(list, entry));
            } else if (report->hidden_feedback != HIDDEN_FEEDBACK_FULL &&
                       !hide_evidence(entry, report, diagnosis, phase)) {
                return false;
            }
        }
        entry = next;
    }
    return true;
}

int audience_filter(struct report *report, enum phase phase, struct error *error)
{
    if (report->is_for_student) {
        return 0;
    }
    /* What fails half-way must not be shown to anybody: the caller gives it up. The
     * diagnosis is compared with tests that are whole. */
    if (!hide_diagnosis(report, phase) || !hide_tests(report, phase) ||
        !replace(report->root, "findings", cJSON_CreateArray()) ||
        !replace(report->root, "audience", cJSON_CreateString("student"))) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    return report_reread("the report for students", report, error);
}

/* ---- What a terminal shows ---- */

static void drop(char **text)
{
    free(*text);
    *text = NULL;
}

static void drop_calls(struct outcome *outcome)
{
    for (size_t i = 0; i < outcome->call_count; i++) {
        free(outcome->calls[i]);
    }
    free(outcome->calls);
    outcome->calls = NULL;
    outcome->call_count = 0;
    outcome->calls_omitted = 0;
}

static void drop_tree(struct cJSON **tree)
{
    cJSON_Delete(*tree);
    *tree = NULL;
}

static bool follow_text(const char *text, char **copy)
{
    drop(copy);
    *copy = strdup(text);
    return *copy != NULL;
}

/* Makes an outcome say what the report says of it. What the filter leaves it leaves
 * unchanged, but for message and status. */
static bool follow_test(const struct report_test *test, struct outcome *outcome)
{
    if (test->message[0] == '\0') {
        drop(&outcome->message);
    } else if (!follow_text(test->message, &outcome->message)) {
        return false;
    }
    outcome->status = test->status;
    if (test->expected == NULL) {
        drop(&outcome->expected);
    }
    if (test->actual == NULL) {
        drop(&outcome->actual);
    }
    if (test->file == NULL) {
        drop(&outcome->file);
        drop(&outcome->function);
    }
    if (test->calls.count == 0) {
        drop_calls(outcome);
    }
    if (test->buffer == NULL) {
        drop_tree(&outcome->buffer);
    }
    if (!test->has_counterexample) {
        drop_tree(&outcome->counterexample);
    }
    return true;
}

static bool follow_list(const struct report *report, const char *key, cJSON **list)
{
    cJSON *copy =
        cJSON_Duplicate(cJSON_GetObjectItemCaseSensitive(report->root, key), 1);
    if (copy == NULL) {
        return false;
    }
    cJSON_Delete(*list);
    *list = copy;
    return true;
}

int audience_filter_grading(const struct report *report,
                            struct grading *grading,
                            struct error *error)
{
    struct results *results = &grading->results;
    bool is_done = follow_list(report, "diagnosis", &results->diagnosis) &&
                   follow_list(report, "findings", &results->findings);
    for (size_t i = 0; i < results->count && is_done; i++) {
        is_done = follow_test(&report->tests[i], &results->tests[i]) &&
                  follow_text(report->tests[i].hint, &grading->manifest.tests[i].hint);
    }
    if (!is_done) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    return 0;
}
