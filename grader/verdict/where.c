#include "where.h"

#include "child.h"
#include "text.h"
#include "where_scan.h"
#include "workdir.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static int out_of_memory(struct error *error)
{
    return error_set(error, ERROR_GRADER, "out of memory for the places of failures");
}

static size_t count_queries(const struct results *results)
{
    size_t count = 0;
    for (size_t i = 0; i < results->count; i++) {
        count += results->tests[i].places[0] != 0;
    }
    return count;
}

static void fill_queries(const struct results *results, struct where_query *queries)
{
    for (size_t i = 0; i < results->count; i++) {
        const struct outcome *test = &results->tests[i];
        if (test->places[0] != 0) {
            memcpy(queries->places, test->places, sizeof queries->places);
            queries++;
        }
    }
}

/* ---- What the child says ---- */

static bool is_known_file(const struct manifest *manifest, const char *name)
{
    bool is_known = strcmp(name, manifest->submission_file) == 0;
    for (size_t i = 0; i < manifest->header_count; i++) {
        is_known = is_known || strcmp(name, manifest->headers[i]) == 0;
    }
    return is_known;
}

/* As C names functions; letters beyond ASCII are allowed there. */
static bool is_function_name(const char *name)
{
    const size_t length = strlen(name);
    for (size_t at = 0; at < length;) {
        const size_t size = text_harmless(name + at, length - at);
        const bool is_plain = isalnum((unsigned char)name[at]) || name[at] == '_' ||
                              name[at] == '$' || name[at] == '.';
        if (size == 0 || (size == 1 && !is_plain)) {
            return false;
        }
        at += size;
    }
    return length > 0;
}

/* A record that names a place which the submission can have. */
static bool is_place(const struct manifest *manifest, struct where_record *record)
{
    record->file[sizeof record->file - 1] = '\0';
    record->function[sizeof record->function - 1] = '\0';
    return record->line >= 1 && record->line <= INT32_MAX &&
           record->column <= INT32_MAX && is_known_file(manifest, record->file);
}

static int take_function(const struct where_record *record,
                         struct outcome *test,
                         struct error *error)
{
    char *function = NULL;
    if (!is_function_name(record->function)) {
        return 0;
    }
    function = strdup(record->function);
    if (function == NULL) {
        return out_of_memory(error);
    }
    free(test->function);
    test->function = function;
    return 0;
}

/* A check of the compiler knows its place better than the address does, unless that is
 * in a header: then the line that led there says more. */
static int take_record(const struct manifest *manifest,
                       struct where_record *record,
                       struct outcome *test,
                       struct error *error)
{
    const char *own = manifest->submission_file;
    if (!is_place(manifest, record)) {
        return 0;
    }
    if (test->file != NULL && strcmp(test->file, own) == 0) {
        return strcmp(record->file, own) == 0 ? take_function(record, test, error) : 0;
    }
    char *file = strdup(record->file);
    if (file == NULL) {
        return out_of_memory(error);
    }
    free(test->file);
    test->file = file;
    test->line = (int)record->line;
    test->column = (int)record->column;
    return take_function(record, test, error);
}

/* All records, or nothing: how much a child has said before it is stopped differs from
 * run to run. */
static int take_records(const struct child *child,
                        size_t count,
                        const struct manifest *manifest,
                        struct results *results,
                        struct error *error)
{
    const struct child_stream *stream = &child->streams[CHILD_OUT];
    struct where_record record;
    size_t at = 0;
    if (child->end != CHILD_EXITED || child->status != 0 || stream->is_truncated ||
        stream->text.length != count * sizeof record) {
        return 0;
    }
    for (size_t i = 0; i < results->count; i++) {
        if (results->tests[i].places[0] == 0) {
            continue;
        }
        memcpy(&record, stream->text.bytes + at, sizeof record);
        at += sizeof record;
        if (take_record(manifest, &record, &results->tests[i], error) != 0) {
            return -1;
        }
    }
    return 0;
}

/* ---- The child ---- */

static int run_scan(struct where_request *request,
                    const struct workdir *workdir,
                    struct child *child,
                    struct error *error)
{
    const struct child_spec spec = {
        .name = "the search for the places of failures",
        .run = where_scan,
        .context = request,
        .policy =
            sandbox_policy_for(SANDBOX_AUDIT, &request->manifest->limits, workdir),
        .output_bytes = request->count * sizeof(struct where_record),
    };
    if (child_start(&spec, child, error) != 0) {
        return -1;
    }
    return child_finish(child, 1, error);
}

/* The program as it was judged; a private copy, as the library may change it. */
static char *map_program(const struct build *build, size_t *length)
{
    struct stat status;
    if (fstat(build->executable, &status) != 0 || status.st_size <= 0) {
        return NULL;
    }
    *length = (size_t)status.st_size;
    void *image =
        mmap(NULL, *length, PROT_READ | PROT_WRITE, MAP_PRIVATE, build->executable, 0);
    return image == MAP_FAILED ? NULL : image;
}

int where_tell(const struct build *build,
               const struct manifest *manifest,
               bool trusts_submission,
               struct results *results,
               struct error *error)
{
    struct where_request request = {.manifest = manifest,
                                    .count = count_queries(results)};
    struct workdir workdir = {.descriptor = -1,
                              .user = build->private_user,
                              .trusts_submission = trusts_submission};
    struct where_query *queries = NULL;
    struct child child = {0};
    int result = -1;

    if (request.count == 0) {
        return 0;
    }
    queries = calloc(request.count, sizeof *queries);
    request.image = map_program(build, &request.length);
    /* It has nothing to do there, and may open nothing. */
    workdir.descriptor = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (queries == NULL || request.image == NULL || workdir.descriptor < 0) {
        error_set_errno(error, ERROR_GRADER, errno,
                        "cannot read the linked program for the places of failures");
        goto out;
    }
    fill_queries(results, queries);
    request.queries = queries;
    if (run_scan(&request, &workdir, &child, error) == 0) {
        result = take_records(&child, request.count, manifest, results, error);
    }
out:
    child_release(&child);
    if (workdir.descriptor >= 0) {
        close(workdir.descriptor);
    }
    if (request.image != NULL) {
        munmap(request.image, request.length);
    }
    free(queries);
    return result;
}
