/* manifest: an exercise.json is refused with a sentence, or keeps all its promises. */
#include "fuzz.h"
#include "manifest.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#define FOLDER "/fuzzed"

/* The bytes that stand for FOLDER/exercise.json. */
static struct {
    char *bytes;
    size_t size;
} file;

/* The linker sends every fopen of the program here (tests/fuzz.cmake). */
FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);

FILE *__wrap_fopen(const char *path, const char *mode)
{
    if (strcmp(path, FOLDER "/exercise.json") == 0) {
        return fmemopen(file.bytes, file.size, "r");
    }
    return __real_fopen(path, mode);
}

static void check_refusal(const struct error *error)
{
    assert(error->kind == ERROR_GRADER || error->kind == ERROR_USAGE);
    assert(strlen(error->message) > 0);
    assert(strchr(error->message, '\n') == NULL && fuzz_is_harmless(error->message));
}

static int points_of(const struct manifest *manifest, size_t suite)
{
    int points = 0;

    for (size_t i = 0; i < manifest->test_count; i++) {
        points += manifest->tests[i].suite == suite ? manifest->tests[i].points : 0;
    }
    return points;
}

static void check_points(const struct manifest *manifest)
{
    int points = 0;

    for (size_t i = 0; i < manifest->suite_count; i++) {
        assert(manifest->suites[i].points > 0);
        assert(manifest->suites[i].points == points_of(manifest, i));
        points += manifest->suites[i].points;
    }
    assert(points == manifest->points);
}

/* The first that has an id is the one that is found by it: ids are unique. */
static void check_ids(const struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->suite_count; i++) {
        assert(manifest_find_suite(manifest, manifest->suites[i].id) == (ptrdiff_t)i);
    }
    for (size_t i = 0; i < manifest->clause_count; i++) {
        assert(manifest_find_clause(manifest, manifest->clauses[i].id) == (ptrdiff_t)i);
    }
    for (size_t i = 0; i < manifest->test_count; i++) {
        const struct manifest_test *const test = &manifest->tests[i];
        assert(manifest_find_test(manifest, test->id) == (ptrdiff_t)i);
        assert(test->suite < manifest->suite_count);
        assert(test->clause < manifest->clause_count);
        assert(test->points > 0);
        assert(visibility_name(test->visibility) != NULL);
    }
}

/* These become part of a path or of a command line. */
static void check_name(const char *name)
{
    assert(name[0] != '\0' && name[0] != '.' && name[0] != '-');
    for (; *name != '\0'; name++) {
        assert(*name > ' ' && *name <= '~' &&
               strchr("/\\\"'`$;&|<>()*?", *name) == NULL);
    }
}

static void check_names(const struct manifest *manifest)
{
    check_name(manifest->harness);
    check_name(manifest->submission_file);
    for (size_t i = 0; i < manifest->header_count; i++) {
        check_name(manifest->headers[i]);
    }
    for (size_t i = 0; i < manifest->function_count; i++) {
        check_name(manifest->functions[i]);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct manifest manifest = {0};
    struct error error = {0};

    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    file.bytes = fuzz_copy(data, size, 1);
    file.size = size;
    if (manifest_read(FOLDER, &manifest, &error) != 0) {
        check_refusal(&error);
        return 0;
    }
    check_points(&manifest);
    check_ids(&manifest);
    check_names(&manifest);
    manifest_release(&manifest);
    return 0;
}
