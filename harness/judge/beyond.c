#include "beyond.h"

#include "exercise.h"
#include "fatal.h"
#include "results.h"

#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The lines are our own: a shard's, made of the judge's words. */
static cJSON *parse(const char *line)
{
    cJSON *const object = cJSON_Parse(line);

    if (object == NULL) {
        fatal("a result is not JSON");
    }
    return object;
}

/* A line need not be read for that: within a text every quote is escaped. */
static bool has_passed(const char *line)
{
    return strstr(line, "\"status\":\"pass\"") != NULL;
}

/* The number of the suite that a test is of; suite_count: none of the exercise's. */
static size_t suite_of(const cJSON *test)
{
    const char *const id =
        cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(test, "id"));
    const size_t length = strcspn(id, ".");
    size_t suite = 0;

    while (suite < exercise.suite_count &&
           (strlen(exercise.suites[suite]) != length ||
            memcmp(exercise.suites[suite], id, length) != 0)) {
        suite++;
    }
    return suite;
}

/* Takes the counterexample out of a result, unless it is the first of its suite. */
static void keep_example(char **line, bool *has_example)
{
    cJSON *const test = parse(*line);
    bool *const has_one = &has_example[suite_of(test)];

    if (*has_one) {
        cJSON_ReplaceItemInObjectCaseSensitive(test, "counterexample",
                                               cJSON_CreateNull());
        free(*line);
        *line = cJSON_PrintUnformatted(test);
        if (*line == NULL) {
            fatal("out of memory");
        }
    }
    *has_one = true;
    cJSON_Delete(test);
}

void beyond_keep_examples(char **lines, size_t tests)
{
    bool *const has_example = calloc(exercise.suite_count + 1, sizeof *has_example);

    if (has_example == NULL) {
        fatal("out of memory");
    }
    for (size_t i = 0; i < tests; i++) {
        /* Most have none; they need not be read. */
        if (strstr(lines[i], "\"counterexample\":{") != NULL) {
            keep_example(&lines[i], has_example);
        }
    }
    free(has_example);
}

static bool have_all_passed(char *const *lines, size_t tests)
{
    for (size_t i = 0; i < tests; i++) {
        if (!has_passed(lines[i])) {
            return false;
        }
    }
    return true;
}

static cJSON *diagnose(char *const *lines, size_t tests)
{
    cJSON *const results = cJSON_CreateArray();

    for (size_t i = 0; i < tests; i++) {
        if (!cJSON_AddItemToArray(results, parse(lines[i]))) {
            fatal("out of memory");
        }
    }
    cJSON *const diagnosis = exercise.diagnose(results);
    cJSON_Delete(results);
    return diagnosis;
}

void beyond_search(struct beyond *beyond,
                   char *const *lines,
                   size_t tests,
                   uint64_t seed)
{
    const bool is_perfect = have_all_passed(lines, tests);

    if (is_perfect && exercise.explore != NULL) {
        beyond->findings = exercise.explore(seed);
    } else if (!is_perfect && exercise.diagnose != NULL) {
        beyond->diagnosis = diagnose(lines, tests);
    }
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
    char *text = NULL;
    size_t bytes = 0;
    FILE *const out = open_memstream(&text, &bytes);

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
    const int status =
        fclose(out) != 0 || has_failed ? -1 : results_write_bytes(results, text, bytes);
    free(text);
    return status;
}

void beyond_release(struct beyond *beyond)
{
    cJSON_Delete(beyond->findings);
    cJSON_Delete(beyond->diagnosis);
    *beyond = (struct beyond){0};
}
