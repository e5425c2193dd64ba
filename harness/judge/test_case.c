#include "test_case.h"

#include "fatal.h"

#include <cjson/cJSON.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The linker collects what TEST declares between these two. */
extern const struct test_case *const __start_test_cases[];
extern const struct test_case *const __stop_test_cases[];

struct sort_key {
    size_t suite;
    const struct test_case *test;
};

static int compare_keys(const void *left, const void *right)
{
    const struct sort_key *const a = left;
    const struct sort_key *const b = right;

    if (a->suite != b->suite) {
        return a->suite < b->suite ? -1 : 1;
    }
    return (a->test->check->line > b->test->check->line) -
           (a->test->check->line < b->test->check->line);
}

static size_t suite_index(const char *const *suites, size_t count, const char *suite)
{
    size_t i = 0;

    while (i < count && strcmp(suites[i], suite) != 0) {
        i++;
    }
    return i;
}

size_t test_cases_sorted(const char *const *suites,
                         size_t suite_count,
                         const struct test_case ***cases)
{
    const size_t count = (size_t)(__stop_test_cases - __start_test_cases);
    struct sort_key *const keys = calloc(count + 1, sizeof *keys);
    const struct test_case **const sorted = calloc(count + 1, sizeof *sorted);

    if (keys == NULL || sorted == NULL) {
        fatal("out of memory");
    }
    for (size_t i = 0; i < count; i++) {
        keys[i].test = __start_test_cases[i];
        keys[i].suite = suite_index(suites, suite_count, keys[i].test->suite);
    }
    qsort(keys, count, sizeof *keys, compare_keys);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = keys[i].test;
    }
    free(keys);
    *cases = sorted;
    return count;
}

static const char *visibility_name(enum visibility visibility)
{
    switch (visibility) {
    case HIDDEN:
        return "hidden";
    case VISIBLE:
        return "visible";
    case AFTER_DUE_DATE:
        return "after_due_date";
    case AFTER_PUBLISHED:
        return "after_published";
    }
    return "hidden";
}

static cJSON *test_case_json(const struct test_case *test)
{
    cJSON *const object = cJSON_CreateObject();

    if (cJSON_AddStringToObject(object, "id", test->id) == NULL ||
        cJSON_AddStringToObject(object, "suite", test->suite) == NULL ||
        cJSON_AddStringToObject(object, "title", test->title) == NULL ||
        cJSON_AddStringToObject(object, "clause", test->clause) == NULL ||
        cJSON_AddNumberToObject(object, "points", test->points) == NULL ||
        cJSON_AddStringToObject(object, "visibility",
                                visibility_name(test->visibility)) == NULL ||
        cJSON_AddStringToObject(object, "hint", test->hint) == NULL) {
        fatal("out of memory");
    }
    return object;
}

int test_cases_print(FILE *out, const struct test_case *const *cases, size_t count)
{
    cJSON *const array = cJSON_CreateArray();

    for (size_t i = 0; i < count; i++) {
        if (!cJSON_AddItemToArray(array, test_case_json(cases[i]))) {
            fatal("out of memory");
        }
    }
    char *const text = cJSON_Print(array);
    cJSON_Delete(array);
    if (text == NULL) {
        errno = ENOMEM;
        return -1;
    }
    const int printed = fprintf(out, "%s\n", text);
    cJSON_free(text);
    return printed < 0 || fflush(out) != 0 ? -1 : 0;
}
