#include "manifest.h"

#include "nearest.h"

#include <stdlib.h>
#include <string.h>

static void free_texts(char **texts, size_t count)
{
    for (size_t i = 0; texts != NULL && i < count; i++) {
        free(texts[i]);
    }
    free(texts);
}

static void release_suites(struct manifest *manifest)
{
    for (size_t i = 0; manifest->suites != NULL && i < manifest->suite_count; i++) {
        free(manifest->suites[i].id);
        free(manifest->suites[i].title);
        free(manifest->suites[i].lesson);
    }
    free(manifest->suites);
}

static void release_clauses(struct manifest *manifest)
{
    for (size_t i = 0; manifest->clauses != NULL && i < manifest->clause_count; i++) {
        free(manifest->clauses[i].id);
        free(manifest->clauses[i].text);
        free(manifest->clauses[i].why);
    }
    free(manifest->clauses);
}

static void release_tests(struct manifest *manifest)
{
    for (size_t i = 0; manifest->tests != NULL && i < manifest->test_count; i++) {
        free(manifest->tests[i].id);
        free(manifest->tests[i].title);
        free(manifest->tests[i].hint);
    }
    free(manifest->tests);
}

void manifest_release(struct manifest *manifest)
{
    release_suites(manifest);
    release_clauses(manifest);
    release_tests(manifest);
    free_texts(manifest->headers, manifest->header_count);
    free_texts(manifest->functions, manifest->function_count);
    free(manifest->directory);
    free(manifest->id);
    free(manifest->title);
    free(manifest->version);
    free(manifest->harness);
    free(manifest->submission_file);
    free(manifest->forbidden_reason);
    *manifest = (struct manifest){0};
}

ptrdiff_t manifest_find_test(const struct manifest *manifest, const char *id)
{
    for (size_t i = 0; i < manifest->test_count; i++) {
        if (strcmp(manifest->tests[i].id, id) == 0) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

ptrdiff_t manifest_find_clause(const struct manifest *manifest, const char *id)
{
    for (size_t i = 0; i < manifest->clause_count; i++) {
        if (strcmp(manifest->clauses[i].id, id) == 0) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

ptrdiff_t manifest_find_suite(const struct manifest *manifest, const char *id)
{
    for (size_t i = 0; i < manifest->suite_count; i++) {
        if (strcmp(manifest->suites[i].id, id) == 0) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

const char *visibility_name(enum visibility visibility)
{
    switch (visibility) {
    case VISIBILITY_HIDDEN:
        return "hidden";
    case VISIBILITY_VISIBLE:
        return "visible";
    case VISIBILITY_AFTER_DUE_DATE:
        return "after_due_date";
    case VISIBILITY_AFTER_PUBLISHED:
        return "after_published";
    }
    return "hidden";
}

const char *hidden_feedback_name(enum hidden_feedback policy)
{
    switch (policy) {
    case HIDDEN_FEEDBACK_FULL:
        return "full";
    case HIDDEN_FEEDBACK_ACTUAL_ONLY:
        return "actual-only";
    case HIDDEN_FEEDBACK_CATEGORY:
        return "category";
    case HIDDEN_FEEDBACK_NONE:
        return "none";
    }
    return "none";
}

static const char *test_id(const void *context, size_t index)
{
    const struct manifest *manifest = context;
    return manifest->tests[index].id;
}

int manifest_need_test(const struct manifest *manifest,
                       const char *id,
                       ptrdiff_t *index,
                       struct error *error)
{
    const ptrdiff_t found = manifest_find_test(manifest, id);
    if (found < 0) {
        const ptrdiff_t near =
            nearest_find(id, manifest->test_count, test_id, manifest);
        if (near >= 0) {
            return error_set(error, ERROR_USAGE,
                             "there is no test %s; did you mean %s?", id,
                             manifest->tests[near].id);
        }
        return error_set(error, ERROR_USAGE,
                         "there is no test %s; `grader tests` lists them", id);
    }
    *index = found;
    return 0;
}
