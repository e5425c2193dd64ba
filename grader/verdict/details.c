#include "details.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static int check_text(const struct json_value *object,
                      const char *key,
                      struct error *error)
{
    char *text = NULL;
    const int status = json_text(object, key, &text, error);
    free(text);
    return status;
}

static int check_text_or_null(const struct json_value *object,
                              const char *key,
                              struct error *error)
{
    char *text = NULL;
    const int status = json_text_or_null(object, key, &text, error);
    free(text);
    return status;
}

static int check_whole(const struct json_value *object,
                       const char *key,
                       uint64_t least,
                       struct error *error)
{
    uint64_t number = 0;
    return json_whole(object, key, least, JSON_LARGEST_INTEGER, &number, error);
}

/* An offset may be negative: what is before the buffer has one. */
static int check_offset(const struct json_value *object, struct error *error)
{
    struct json_value offset = {0};
    if (json_member(object, "offset", &offset, error) != 0) {
        return -1;
    }
    const double most = (double)JSON_LARGEST_INTEGER;
    const double number = cJSON_GetNumberValue(offset.node);
    /* Written so that what is no number fails too. */
    if (number >= -most && number <= most && (double)(int64_t)number == number) {
        return 0;
    }
    return json_error(&offset, error, "is not a whole number");
}

/* The text is one of `words`, which end with NULL. */
static int check_word(const struct json_value *object,
                      const char *key,
                      const char *const *words,
                      struct error *error)
{
    struct json_value member = {0};
    char *text = NULL;
    if (json_member(object, key, &member, error) != 0 ||
        json_string(&member, &text, error) != 0) {
        return -1;
    }
    bool is_known = false;
    for (size_t i = 0; words[i] != NULL; i++) {
        is_known = is_known || strcmp(text, words[i]) == 0;
    }
    if (!is_known) {
        json_error(&member, error, "is \"%s\", which is none of its values", text);
    }
    free(text);
    return is_known ? 0 : -1;
}

static int check_texts(const struct json_value *object,
                       const char *key,
                       struct error *error)
{
    struct json_value array = {0};
    size_t count = 0;
    if (json_array(object, key, &array, &count, error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const struct json_value element = json_element(&array, i);
        char *text = NULL;
        if (json_string(&element, &text, error) != 0) {
            return -1;
        }
        free(text);
    }
    return 0;
}

static int check_each(const struct json_value *object,
                      const char *key,
                      details_check *check,
                      struct error *error)
{
    struct json_value array = {0};
    size_t count = 0;
    if (json_array(object, key, &array, &count, error) != 0) {
        return -1;
    }
    for (size_t i = 0; i < count; i++) {
        const struct json_value element = json_element(&array, i);
        if (check(&element, error) != 0) {
            return -1;
        }
    }
    return 0;
}

static int check_or_null(const struct json_value *object,
                         const char *key,
                         details_check *check,
                         struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    return json_is_null(&member) ? 0 : check(&member, error);
}

static int check_range(const struct json_value *range, struct error *error)
{
    static const char *const keys[] = {"kind",  "offset",    "bytes",
                                       "label", "alignment", NULL};
    static const char *const kinds[] = {"block", "freed", "padding", "free", NULL};
    struct json_value alignment = {0};
    if (json_only_keys(range, keys, error) != 0 ||
        check_word(range, "kind", kinds, error) != 0 ||
        check_offset(range, error) != 0 || check_whole(range, "bytes", 0, error) != 0 ||
        check_text_or_null(range, "label", error) != 0 ||
        json_member(range, "alignment", &alignment, error) != 0) {
        return -1;
    }
    return json_is_null(&alignment) ? 0 : check_whole(range, "alignment", 1, error);
}

static int check_offending(const struct json_value *offending, struct error *error)
{
    static const char *const keys[] = {"offset", "bytes", "what", NULL};
    if (json_only_keys(offending, keys, error) != 0 ||
        check_offset(offending, error) != 0 ||
        check_whole(offending, "bytes", 0, error) != 0) {
        return -1;
    }
    return check_text(offending, "what", error);
}

int details_check_buffer(const struct json_value *buffer, struct error *error)
{
    static const char *const keys[] = {"name",   "address",   "capacity",
                                       "ranges", "offending", NULL};
    if (json_only_keys(buffer, keys, error) != 0 ||
        check_text(buffer, "name", error) != 0 ||
        check_text(buffer, "address", error) != 0 ||
        check_whole(buffer, "capacity", 0, error) != 0 ||
        check_each(buffer, "ranges", check_range, error) != 0) {
        return -1;
    }
    return check_or_null(buffer, "offending", check_offending, error);
}

/* A text that is written into a file as it stands. */
static int check_file_text(const struct json_value *object,
                           const char *key,
                           struct error *error)
{
    struct json_value member = {0};
    if (check_text(object, key, error) != 0 ||
        json_member(object, key, &member, error) != 0) {
        return -1;
    }
    const char *const text = member.node->valuestring;
    const size_t length = strlen(text);
    return length > 0 && text[length - 1] == '\n'
               ? 0
               : json_error(&member, error, "does not end with a line feed");
}

int details_check_counterexample(const struct json_value *counterexample,
                                 struct error *error)
{
    static const char *const keys[] = {"calls", "expected", "actual", "program", NULL};
    if (json_only_keys(counterexample, keys, error) != 0 ||
        check_texts(counterexample, "calls", error) != 0 ||
        check_text(counterexample, "expected", error) != 0 ||
        check_text(counterexample, "actual", error) != 0) {
        return -1;
    }
    return check_file_text(counterexample, "program", error);
}

int details_check_diagnosis(const struct json_value *diagnosis, struct error *error)
{
    static const char *const keys[] = {"id",         "cause",    "clause", "lesson",
                                       "confidence", "evidence", "tests",  NULL};
    static const char *const levels[] = {"high", "medium", "low", NULL};
    if (json_only_keys(diagnosis, keys, error) != 0 ||
        check_text(diagnosis, "id", error) != 0 ||
        check_text(diagnosis, "cause", error) != 0 ||
        check_text(diagnosis, "clause", error) != 0 ||
        check_text(diagnosis, "lesson", error) != 0 ||
        check_word(diagnosis, "confidence", levels, error) != 0 ||
        check_texts(diagnosis, "evidence", error) != 0) {
        return -1;
    }
    return check_texts(diagnosis, "tests", error);
}

int details_check_finding(const struct json_value *finding, struct error *error)
{
    static const char *const keys[] = {"message", "clause",         "expected",
                                       "actual",  "counterexample", NULL};
    if (json_only_keys(finding, keys, error) != 0 ||
        check_text(finding, "message", error) != 0 ||
        check_text(finding, "clause", error) != 0 ||
        check_text_or_null(finding, "expected", error) != 0 ||
        check_text_or_null(finding, "actual", error) != 0) {
        return -1;
    }
    return check_or_null(finding, "counterexample", details_check_counterexample,
                         error);
}

int details_read(const struct json_value *object,
                 const char *key,
                 details_check *check,
                 struct cJSON **copy,
                 struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (json_is_null(&member)) {
        *copy = NULL;
        return 0;
    }
    if (check(&member, error) != 0) {
        return -1;
    }
    *copy = cJSON_Duplicate(member.node, 1);
    return *copy != NULL ? 0 : error_set(error, ERROR_GRADER, "out of memory");
}
