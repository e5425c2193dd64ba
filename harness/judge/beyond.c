#include "beyond.h"

#include "exercise.h"
#include "fatal.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Longer than any suite is called. */
#define SUITE_BYTES 64

/* The lines are our own: a shard's, made of the judge's words. */
static cJSON *parse(const char *line)
{
    cJSON *const object = cJSON_Parse(line);

    if (object == NULL) {
        fatal("a result is not JSON");
    }
    return object;
}

static bool has_passed(const cJSON *test)
{
    const char *const status =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "status"));

    return status != NULL && strcmp(status, verdict_status_name(VERDICT_PASS)) == 0;
}

/* Takes the counterexample out of a result, unless it is the first of its suite. */
static void keep_example(char **line, char suite[SUITE_BYTES])
{
    cJSON *const test = parse(*line);
    const char *const id =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "id"));
    char own[SUITE_BYTES];

    snprintf(own, sizeof own, "%.*s", (int)strcspn(id, "."), id);
    if (strcmp(own, suite) != 0) {
        memcpy(suite, own, sizeof own);
    } else {
        cJSON_ReplaceItemInObjectCaseSensitive(test, "counterexample",
                                               cJSON_CreateNull());
        free(*line);
        *line = cJSON_PrintUnformatted(test);
        if (*line == NULL) {
            fatal("out of memory");
        }
    }
    cJSON_Delete(test);
}

void beyond_keep_examples(char **lines, size_t tests)
{
    char suite[SUITE_BYTES] = ""; /* of the last one; tests come suite by suite */

    for (size_t i = 0; i < tests; i++) {
        /* Most have none; they need not be read. */
        if (strstr(lines[i], "\"counterexample\":{") != NULL) {
            keep_example(&lines[i], suite);
        }
    }
}

void beyond_search(struct beyond *beyond,
                   char *const *lines,
                   size_t tests,
                   uint64_t seed)
{
    cJSON *const results = cJSON_CreateArray();
    bool is_perfect = true;

    if (results == NULL) {
        fatal("out of memory");
    }
    for (size_t i = 0; i < tests; i++) {
        cJSON *const test = parse(lines[i]);
        is_perfect = is_perfect && has_passed(test);
        cJSON_AddItemToArray(results, test);
    }
    if (is_perfect && exercise.explore != NULL) {
        beyond->findings = exercise.explore(seed);
    } else if (!is_perfect && exercise.diagnose != NULL) {
        beyond->diagnosis = exercise.diagnose(results);
    }
    cJSON_Delete(results);
}

/* One line for each element: {"<key>": element}. */
static void write_each(FILE *out, const char *key, const cJSON *array)
{
    const cJSON *element = NULL;

    cJSON_ArrayForEach(element, array)
    {
        char *const text = cJSON_PrintUnformatted(element);
        if (text == NULL) {
            fatal("out of memory");
        }
        fprintf(out, "{\"%s\": %s}\n", key, text);
        cJSON_free(text);
    }
}

int beyond_write(const struct beyond *beyond,
                 char *const *lines,
                 size_t tests,
                 int results)
{
    const int descriptor = dup(results);
    FILE *const out = descriptor < 0 ? NULL : fdopen(descriptor, "w");

    if (out == NULL) {
        return -1;
    }
    for (size_t i = 0; i < tests; i++) {
        fprintf(out, "%s\n", lines[i]);
    }
    write_each(out, "diagnosis", beyond->diagnosis);
    write_each(out, "finding", beyond->findings);
    fprintf(out, "{\"end\": true, \"tests\": %zu}\n", tests);
    const bool has_failed = ferror(out) != 0;
    if (fclose(out) != 0) {
        return -1;
    }
    errno = has_failed ? EIO : 0;
    return has_failed ? -1 : 0;
}

void beyond_release(struct beyond *beyond)
{
    cJSON_Delete(beyond->findings);
    cJSON_Delete(beyond->diagnosis);
    *beyond = (struct beyond){0};
}
