/*
 * where: whatever a child says that its program has taken over, a place that is told
 * names a file of the exercise and a function as C could name it.
 *
 * The input is what the child writes. There is no child.
 */
#include "where.h"

#include "child.h"
#include "fuzz.h"
#include "where_scan.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define TESTS 3u

/* What the child writes in this run. */
static struct text claimed;

int __wrap_child_start(const struct child_spec *spec,
                       struct child *child,
                       struct error *error);
int __wrap_child_finish(struct child *children, size_t count, struct error *error);

int __wrap_child_start(const struct child_spec *spec,
                       struct child *child,
                       struct error *error)
{
    struct child_stream *const out = &child->streams[CHILD_OUT];
    const bool is_truncated = claimed.length > spec->output_bytes;
    const size_t kept = is_truncated ? spec->output_bytes : claimed.length;

    (void)error;
    *child = (struct child){.name = spec->name, .process = -1, .failure = -1};
    out->descriptor = -1;
    out->is_truncated = is_truncated;
    child->streams[CHILD_ERR].descriptor = -1;
    assert(text_append(&out->text, claimed.bytes, kept));
    return 0;
}

int __wrap_child_finish(struct child *children, size_t count, struct error *error)
{
    (void)error;
    assert(count == 1);
    children[0].end = CHILD_EXITED;
    return 0;
}

static void check_test(const struct outcome *test)
{
    if (test->file == NULL) {
        assert(test->function == NULL);
        return;
    }
    assert(strcmp(test->file, "fba.c") == 0 || strcmp(test->file, "fba.h") == 0);
    assert(test->line >= 1 && test->column >= 0);
    if (test->function != NULL) {
        assert(fuzz_is_harmless(test->function) && test->function[0] != '\0');
        assert(strpbrk(test->function, " \n/<>&\"'\\") == NULL);
        assert(strlen(test->function) < WHERE_NAME_SIZE);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *headers[] = {(char[]){"fba.h"}};
    const struct manifest manifest = {
        .submission_file = (char[]){"fba.c"}, .headers = headers, .header_count = 1};
    /* The second test did not stop; the third one has a place of its own. */
    struct outcome tests[TESTS] = {{.places = {1}}, {.places = {0}}, {.places = {2}}};
    struct results results = {.tests = tests, .count = TESTS};
    struct error error = {0};
    struct build build = {.executable = memfd_create("program", MFD_CLOEXEC)};

    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    assert(build.executable >= 0 && write(build.executable, "", 1) == 1);
    claimed = (struct text){.bytes = fuzz_copy(data, size, 1), .length = size};
    tests[2].file = strdup("fba.c");
    tests[2].line = 7;
    assert(where_tell(&build, &manifest, true, &results, &error) == 0);
    assert(tests[1].file == NULL && tests[2].line == 7);
    for (size_t i = 0; i < TESTS; i++) {
        check_test(&tests[i]);
        free(tests[i].file);
        free(tests[i].function);
    }
    close(build.executable);
    return 0;
}
