#include "manifest_entries.h"

#include <stdlib.h>
#include <string.h>

enum {
    POINTS_MAX = 1000
};

/* The id of an entry, which no earlier entry may have. */
static int read_new_id(const struct json_value *entry,
                       const struct manifest *manifest,
                       ptrdiff_t (*find)(const struct manifest *, const char *),
                       char **id,
                       struct error *error)
{
    char *name = NULL;
    if (json_name(entry, "id", &name, error) != 0) {
        return -1;
    }
    if (find(manifest, name) >= 0) {
        json_error(entry, error,
                   "has the id \"%s\", which an earlier entry has too; give each its "
                   "own",
                   name);
        free(name);
        return -1;
    }
    *id = name;
    return 0;
}

static int read_suite(const struct json_value *entry,
                      struct manifest *manifest,
                      struct error *error)
{
    static const char *const keys[] = {"id", "title", "lesson", "points", NULL};
    struct manifest_suite *suite = &manifest->suites[manifest->suite_count];
    uint64_t points = 0;
    if (json_only_keys(entry, keys, error) != 0 ||
        read_new_id(entry, manifest, manifest_find_suite, &suite->id, error) != 0) {
        return -1;
    }
    manifest->suite_count++;
    if (json_text(entry, "title", &suite->title, error) != 0 ||
        json_text(entry, "lesson", &suite->lesson, error) != 0 ||
        json_whole(entry, "points", 1, POINTS_MAX, &points, error) != 0) {
        return -1;
    }
    suite->points = (int)points;
    manifest->points += suite->points;
    return 0;
}

static int read_clause(const struct json_value *entry,
                       struct manifest *manifest,
                       struct error *error)
{
    static const char *const keys[] = {"id", "text", "why", NULL};
    struct manifest_clause *clause = &manifest->clauses[manifest->clause_count];
    if (json_only_keys(entry, keys, error) != 0 ||
        read_new_id(entry, manifest, manifest_find_clause, &clause->id, error) != 0) {
        return -1;
    }
    manifest->clause_count++;
    if (json_text(entry, "text", &clause->text, error) != 0) {
        return -1;
    }
    return json_text(entry, "why", &clause->why, error);
}

static int read_visibility(const struct json_value *entry,
                           enum visibility *visibility,
                           struct error *error)
{
    static const enum visibility all[] = {VISIBILITY_HIDDEN, VISIBILITY_VISIBLE,
                                          VISIBILITY_AFTER_DUE_DATE,
                                          VISIBILITY_AFTER_PUBLISHED};
    struct json_value member = {0};
    char *name = NULL;
    if (json_member(entry, "visibility", &member, error) != 0 ||
        json_string(&member, &name, error) != 0) {
        return -1;
    }
    int status = -1;
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (strcmp(name, visibility_name(all[i])) == 0) {
            *visibility = all[i];
            status = 0;
        }
    }
    if (status != 0) {
        json_error(&member, error,
                   "is \"%s\"; write hidden, visible, after_due_date or "
                   "after_published",
                   name);
    }
    free(name);
    return status;
}

/* The index of what `entry` names by its member `key`, found by `find`. */
static int read_reference(const struct json_value *entry,
                          const char *key,
                          const struct manifest *manifest,
                          ptrdiff_t (*find)(const struct manifest *, const char *),
                          size_t *index,
                          struct error *error)
{
    struct json_value member = {0};
    char *id = NULL;
    if (json_member(entry, key, &member, error) != 0 ||
        json_string(&member, &id, error) != 0) {
        return -1;
    }
    const ptrdiff_t found = find(manifest, id);
    if (found < 0) {
        json_error(&member, error,
                   "is \"%s\", which this exercise does not have; correct the name or "
                   "add the %s",
                   id, key);
    } else {
        *index = (size_t)found;
    }
    free(id);
    return found < 0 ? -1 : 0;
}

static int read_test(const struct json_value *entry,
                     struct manifest *manifest,
                     struct error *error)
{
    static const char *const keys[] = {"id",     "suite",      "title", "clause",
                                       "points", "visibility", "hint",  NULL};
    struct manifest_test *test = &manifest->tests[manifest->test_count];
    uint64_t points = 0;
    if (json_only_keys(entry, keys, error) != 0 ||
        read_new_id(entry, manifest, manifest_find_test, &test->id, error) != 0) {
        return -1;
    }
    manifest->test_count++;
    if (read_reference(entry, "suite", manifest, manifest_find_suite, &test->suite,
                       error) != 0 ||
        read_reference(entry, "clause", manifest, manifest_find_clause, &test->clause,
                       error) != 0 ||
        json_text(entry, "title", &test->title, error) != 0 ||
        json_text(entry, "hint", &test->hint, error) != 0 ||
        json_whole(entry, "points", 1, POINTS_MAX, &points, error) != 0) {
        return -1;
    }
    test->points = (int)points;
    return read_visibility(entry, &test->visibility, error);
}

typedef int entry_reader(const struct json_value *entry,
                         struct manifest *manifest,
                         struct error *error);

/* `read` counts its entry in the manifest as soon as the entry owns something. */
static int read_entries(const struct json_value *array,
                        size_t count,
                        entry_reader *read,
                        struct manifest *manifest,
                        struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        const struct json_value entry = json_element(array, i);
        if (read(&entry, manifest, error) != 0) {
            return -1;
        }
    }
    return 0;
}

static int read_suites(const struct json_value *root,
                       struct manifest *manifest,
                       struct error *error)
{
    struct json_value array = {0};
    size_t count = 0;
    void *list = NULL;
    if (json_array(root, "suites", &array, &count, error) != 0 ||
        json_new_list(&array, count, sizeof *manifest->suites, &list, error) != 0) {
        return -1;
    }
    manifest->suites = list;
    return read_entries(&array, count, read_suite, manifest, error);
}

static int read_clauses(const struct json_value *root,
                        struct manifest *manifest,
                        struct error *error)
{
    struct json_value array = {0};
    size_t count = 0;
    void *list = NULL;
    if (json_array(root, "clauses", &array, &count, error) != 0 ||
        json_new_list(&array, count, sizeof *manifest->clauses, &list, error) != 0) {
        return -1;
    }
    manifest->clauses = list;
    return read_entries(&array, count, read_clause, manifest, error);
}

static int read_tests(const struct json_value *root,
                      struct manifest *manifest,
                      struct error *error)
{
    struct json_value array = {0};
    size_t count = 0;
    void *list = NULL;
    if (json_array(root, "tests", &array, &count, error) != 0 ||
        json_new_list(&array, count, sizeof *manifest->tests, &list, error) != 0) {
        return -1;
    }
    manifest->tests = list;
    return read_entries(&array, count, read_test, manifest, error);
}

/* The points of a suite are those of its tests, and every clause is tested. */
static int check_sums(const struct json_value *root,
                      const struct manifest *manifest,
                      struct error *error)
{
    for (size_t i = 0; i < manifest->suite_count; i++) {
        int points = 0;
        for (size_t j = 0; j < manifest->test_count; j++) {
            points += manifest->tests[j].suite == i ? manifest->tests[j].points : 0;
        }
        if (points != manifest->suites[i].points) {
            return json_error(root, error,
                              "does not add up: suite \"%s\" has %d points, its tests "
                              "have %d; make the two equal",
                              manifest->suites[i].id, manifest->suites[i].points,
                              points);
        }
    }
    for (size_t i = 0; i < manifest->clause_count; i++) {
        size_t tests = 0;
        for (size_t j = 0; j < manifest->test_count; j++) {
            tests += manifest->tests[j].clause == i;
        }
        if (tests == 0) {
            return json_error(root, error,
                              "has no test for clause %s; add one, so that the clause "
                              "is checked",
                              manifest->clauses[i].id);
        }
    }
    return 0;
}

int manifest_entries_read(const struct json_value *root,
                          struct manifest *manifest,
                          struct error *error)
{
    if (read_suites(root, manifest, error) != 0 ||
        read_clauses(root, manifest, error) != 0 ||
        read_tests(root, manifest, error) != 0) {
        return -1;
    }
    return check_sums(root, manifest, error);
}
