/* Reading of exercise.json; manifest.c has what works on one that is read. */
#include "handout.h"
#include "json_read.h"
#include "manifest.h"
#include "manifest_entries.h"
#include "manifest_limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An exercise of a thousand tests has some 300 KiB. */
enum {
    MANIFEST_BYTES_MAX = 4 << 20
};

static int read_names(const struct json_value *object,
                      const char *key,
                      char ***names,
                      size_t *count,
                      struct error *error)
{
    struct json_value array = {0};
    size_t length = 0;
    void *list = NULL;
    if (json_array(object, key, &array, &length, error) != 0 ||
        json_new_list(&array, length, sizeof(char *), &list, error) != 0) {
        return -1;
    }
    *names = list;
    *count = length;
    for (size_t i = 0; i < length; i++) {
        const struct json_value element = json_element(&array, i);
        if (json_string(&element, &(*names)[i], error) != 0 ||
            json_check_name(&element, (*names)[i], error) != 0) {
            return -1;
        }
        for (size_t j = 0; j < i; j++) {
            if (strcmp((*names)[i], (*names)[j]) == 0) {
                return json_error(&element, error, "repeats \"%s\"; name it once",
                                  (*names)[i]);
            }
        }
    }
    return 0;
}

static int read_submission(const struct json_value *root,
                           struct manifest *manifest,
                           struct error *error)
{
    static const char *const keys[] = {"file", "headers", "functions",
                                       "forbidden_reason", NULL};
    struct json_value object = {0};
    if (json_member(root, "submission", &object, error) != 0 ||
        json_only_keys(&object, keys, error) != 0 ||
        json_name(&object, "file", &manifest->submission_file, error) != 0 ||
        json_text(&object, "forbidden_reason", &manifest->forbidden_reason, error) !=
            0 ||
        read_names(&object, "headers", &manifest->headers, &manifest->header_count,
                   error) != 0) {
        return -1;
    }
    return read_names(&object, "functions", &manifest->functions,
                      &manifest->function_count, error);
}

/* An exercise that says nothing gives little away. */
static int read_feedback(const struct json_value *root,
                         struct manifest *manifest,
                         struct error *error)
{
    struct json_value member = {0};
    char *name = NULL;
    manifest->hidden_feedback = HIDDEN_FEEDBACK_CATEGORY;
    if (!json_has(root, "hidden_feedback")) {
        return 0;
    }
    if (json_member(root, "hidden_feedback", &member, error) != 0 ||
        json_string(&member, &name, error) != 0) {
        return -1;
    }
    for (int i = HIDDEN_FEEDBACK_FULL; i <= HIDDEN_FEEDBACK_NONE; i++) {
        if (strcmp(name, hidden_feedback_name((enum hidden_feedback)i)) == 0) {
            manifest->hidden_feedback = (enum hidden_feedback)i;
            free(name);
            return 0;
        }
    }
    json_error(&member, error, "is \"%s\"; write full, actual-only, category or none",
               name);
    free(name);
    return -1;
}

static int read_root(const struct json_value *root,
                     struct manifest *manifest,
                     struct error *error)
{
    /* What may be left out is listed only where it is there. */
    const char *const keys[] = {
        "id",         "title",
        "version",    "harness",
        "submission", "limits",
        "suites",     "clauses",
        "tests",      json_has(root, "hidden_feedback") ? "hidden_feedback" : NULL,
        NULL};
    if (json_only_keys(root, keys, error) != 0 ||
        read_feedback(root, manifest, error) != 0 ||
        json_text(root, "id", &manifest->id, error) != 0 ||
        json_text(root, "title", &manifest->title, error) != 0 ||
        json_text(root, "version", &manifest->version, error) != 0 ||
        json_name(root, "harness", &manifest->harness, error) != 0 ||
        read_submission(root, manifest, error) != 0 ||
        manifest_limits_read(root, &manifest->limits, error) != 0) {
        return -1;
    }
    return manifest_entries_read(root, manifest, error);
}

static int fail_open(const char *path, int errnum, struct error *error)
{
    return error_set(error, ERROR_USAGE,
                     "cannot read %s: %s; name the folder of an exercise with "
                     "--exercise",
                     path, strerror(errnum));
}

/* The whole file, with a NUL behind it. The caller frees `*text`. */
static int read_file(const char *path, char **text, size_t *length, struct error *error)
{
    FILE *in = fopen(path, "re");
    if (in == NULL) {
        return fail_open(path, errno, error);
    }
    char *buffer = malloc(MANIFEST_BYTES_MAX + 1);
    if (buffer == NULL) {
        fclose(in);
        return fail_open(path, ENOMEM, error);
    }
    const size_t got = fread(buffer, 1, MANIFEST_BYTES_MAX, in);
    const int read_error = ferror(in) ? errno : 0;
    fclose(in);
    if (read_error != 0) {
        free(buffer);
        return fail_open(path, read_error, error);
    }
    if (got == MANIFEST_BYTES_MAX) {
        free(buffer);
        return error_set(error, ERROR_GRADER,
                         "%s is larger than 4 MiB; an exercise.json is some hundred "
                         "lines",
                         path);
    }
    buffer[got] = '\0';
    *text = buffer;
    *length = got;
    return 0;
}

int manifest_read(const char *directory, struct manifest *manifest, struct error *error)
{
    struct manifest read = {.directory = strdup(directory)};
    char *path = NULL;
    char *text = NULL;
    size_t length = 0;
    struct cJSON *root = NULL;
    int status = -1;
    if (asprintf(&path, "%s/exercise.json", directory) < 0) {
        path = NULL;
    }
    if (path == NULL || read.directory == NULL) {
        error_set(error, ERROR_GRADER, "out of memory");
        goto out;
    }
    if (read_file(path, &text, &length, error) != 0 ||
        handout_check_manifest(path, text, length, error) != 0 ||
        json_parse(path, text, length, 1, &root, error) != 0) {
        goto out;
    }
    const struct json_value value = json_root(path, root);
    if (read_root(&value, &read, error) == 0) {
        *manifest = read;
        read = (struct manifest){0};
        status = 0;
    }
out:
    json_free(root);
    free(text);
    free(path);
    manifest_release(&read);
    return status;
}
