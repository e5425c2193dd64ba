#include "beyond.h"

#include "exercise.h"
#include "fatal.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

void beyond_explore(struct beyond *beyond, uint64_t seed)
{
    if (exercise.explore != NULL) {
        beyond->findings = exercise.explore(seed);
    }
}

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

void beyond_diagnose(struct beyond *beyond, char *const *lines, size_t tests)
{
    if (exercise.diagnose == NULL) {
        return;
    }
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
    if (!is_perfect) {
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
