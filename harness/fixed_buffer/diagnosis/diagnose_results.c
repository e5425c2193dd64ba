#include "diagnose_results.h"

#include "fatal.h"
#include "verdict.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* A status that says by itself what is wrong. */
struct obvious {
    enum verdict_status status;
    const char *part; /* of the message, to tell causes of one status apart; or NULL */
    const char *id, *cause, *clause, *lesson;
};

static const struct obvious obvious[] = {
    {VERDICT_MISSING, NULL, "missing_function",
     "A function of fba.h is not in your file, or has another name there. Each of the "
     "four is called by its name: compare with the header.",
     "CAP-7", "Creating one"},
    {VERDICT_FORBIDDEN_CALL, NULL, "calls_what_is_not_there",
     "Your code calls a function that is not there. An allocator has no C library "
     "below "
     "it, only its buffer: take out what prints, and what asks for memory elsewhere.",
     "CAP-5", "An allocator without a heap"},
    {VERDICT_FORBIDDEN_SYSCALL, NULL, "calls_the_system",
     "Your code calls the operating system. An allocator has none below it, only its "
     "buffer.",
     "CAP-5", "An allocator without a heap"},
    {VERDICT_CRASH, "the allocator's vtable has NULL for", "table_has_a_gap",
     "A function is missing in the table that your fba_allocator hands out. All three "
     "have to be there: alloc, resize, and free.",
     "POL-2", "Creating one"},
    {VERDICT_CRASH, "the allocator's vtable was a local variable", "table_on_the_stack",
     "The table that your fba_allocator hands out is a local variable, and gone when "
     "the function returns. Callers go on using it: make it static const.",
     "POL-2", "Creating one"},
};

cJSON *results_made(cJSON *item)
{
    if (item == NULL) {
        fatal("out of memory");
    }
    return item;
}

static const char *text_of(const cJSON *test, const char *key)
{
    const char *const text =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, key));

    return text == NULL ? "" : text;
}

static bool is_obvious(const cJSON *test, const struct obvious *cause)
{
    return strcmp(text_of(test, "status"), verdict_status_name(cause->status)) == 0 &&
           (cause->part == NULL ||
            strstr(text_of(test, "message"), cause->part) != NULL);
}

static bool has_passed(const cJSON *test)
{
    return strcmp(text_of(test, "status"), verdict_status_name(VERDICT_PASS)) == 0;
}

static void append(cJSON *array, const char *text)
{
    cJSON_AddItemToArray(array, results_made(cJSON_CreateString(text)));
}

/* Each message once, and no more than a reader wants. */
static void append_new(cJSON *evidence, const char *message)
{
    const cJSON *said = NULL;

    cJSON_ArrayForEach(said, evidence)
    {
        if (strcmp(cJSON_GetStringValue(said), message) == 0) {
            return;
        }
    }
    if (cJSON_GetArraySize(evidence) < 4) {
        append(evidence, message);
    }
}

void results_add_diagnosis(cJSON *array, const struct diagnosis *diagnosis)
{
    cJSON *const object = results_made(cJSON_CreateObject());

    results_made(cJSON_AddStringToObject(object, "id", diagnosis->id));
    results_made(cJSON_AddStringToObject(object, "cause", diagnosis->cause));
    results_made(cJSON_AddStringToObject(object, "clause", diagnosis->clause));
    results_made(cJSON_AddStringToObject(object, "lesson", diagnosis->lesson));
    results_made(cJSON_AddStringToObject(object, "confidence", diagnosis->confidence));
    cJSON_AddItemToObject(object, "evidence", diagnosis->evidence);
    cJSON_AddItemToObject(object, "tests", diagnosis->tests);
    cJSON_AddItemToArray(array, object);
}

void results_add_obvious(cJSON *array, const cJSON *tests)
{
    for (size_t i = 0; i < sizeof obvious / sizeof obvious[0]; i++) {
        cJSON *const evidence = results_made(cJSON_CreateArray());
        cJSON *const failed = results_made(cJSON_CreateArray());
        const cJSON *test = NULL;
        cJSON_ArrayForEach(test, tests)
        {
            if (is_obvious(test, &obvious[i])) {
                append(failed, text_of(test, "id"));
                append_new(evidence, text_of(test, "message"));
            }
        }
        if (cJSON_GetArraySize(failed) == 0) {
            cJSON_Delete(failed);
            cJSON_Delete(evidence);
            continue;
        }
        results_add_diagnosis(array, &(struct diagnosis){.id = obvious[i].id,
                                                         .cause = obvious[i].cause,
                                                         .clause = obvious[i].clause,
                                                         .lesson = obvious[i].lesson,
                                                         .confidence = "high",
                                                         .evidence = evidence,
                                                         .tests = failed});
    }
}

/* The suite that a clause belongs to, as an id begins. */
static const char *suite_of(const char *clause)
{
    static const char *const suites[][2] = {
        {"CAP", "capacity."},     {"ALI", "alignment."},
        {"RES", "reset."},        {"OOM", "out_of_memory."},
        {"POL", "polymorphism."}, {"FRE", "individual_free."},
    };

    for (size_t i = 0; i < sizeof suites / sizeof suites[0]; i++) {
        if (strncmp(suites[i][0], clause, 3) == 0) {
            return suites[i][1];
        }
    }
    return "";
}

static bool is_of_suite(const char *id, const char *clause)
{
    const char *const suite = suite_of(clause);

    return strncmp(id, suite, strlen(suite)) == 0;
}

static bool is_explained_already(const cJSON *test)
{
    for (size_t i = 0; i < sizeof obvious / sizeof obvious[0]; i++) {
        if (is_obvious(test, &obvious[i])) {
            return true;
        }
    }
    return false;
}

cJSON *results_of_cause(const cJSON *tests,
                        const char *clause,
                        const char *other_clause)
{
    cJSON *const failed = results_made(cJSON_CreateArray());
    const cJSON *test = NULL;

    cJSON_ArrayForEach(test, tests)
    {
        const char *const id = text_of(test, "id");
        if (has_passed(test) || is_explained_already(test)) {
            continue;
        }
        if (other_clause == NULL || is_of_suite(id, clause) ||
            !is_of_suite(id, other_clause)) {
            append(failed, id);
        }
    }
    if (cJSON_GetArraySize(failed) == 0) {
        cJSON_Delete(failed);
        return NULL;
    }
    return failed;
}
