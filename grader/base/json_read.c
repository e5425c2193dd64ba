#include "json_read.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static size_t line_of(const char *text, const char *place)
{
    size_t line = 0;
    for (; text < place; text++) {
        line += *text == '\n';
    }
    return line;
}

/*
 * The first NUL of a JSON text, as a byte or as an escape; NULL if there is none. cJSON
 * ends its strings with one, and so would lose what comes after.
 */
static const char *find_nul(const char *text, size_t length)
{
    const char *const nul = memchr(text, '\0', length);
    const char *const end = nul != NULL ? nul : text + length;

    for (const char *at = text; at < end; at += 2) { /* and what it escapes */
        at = memchr(at, '\\', (size_t)(end - at));
        if (at == NULL) {
            break;
        }
        if (strncmp(at, "\\u0000", strlen("\\u0000")) == 0) {
            return at;
        }
    }
    return nul;
}

int json_parse(const char *name,
               const char *text,
               size_t length,
               size_t first_line,
               struct cJSON **root,
               struct error *error)
{
    const char *end = NULL;
    /* The NUL counts as part of the text, so that anything after the value is
     * refused. */
    cJSON *parsed = cJSON_ParseWithLengthOpts(text, length + 1, &end, 1);
    if (parsed == NULL || end != text + length) {
        cJSON_Delete(parsed);
        const size_t line = first_line + (end != NULL ? line_of(text, end) : 0);
        return error_set(error, ERROR_GRADER,
                         "%s:%zu: this is not valid JSON; correct it at or just "
                         "before this line",
                         name, line);
    }
    const char *const nul = find_nul(text, length);
    if (nul != NULL) {
        cJSON_Delete(parsed);
        return error_set(error, ERROR_GRADER,
                         "%s:%zu: a text has a NUL in it, which no text here may have; "
                         "take it out",
                         name, first_line + line_of(text, nul));
    }
    *root = parsed;
    return 0;
}

void json_free(struct cJSON *root)
{
    cJSON_Delete(root);
}

struct json_value json_root(const char *name, const struct cJSON *root)
{
    return (struct json_value){.node = root, .name = name};
}

/* Writes "tests[3].points" by going up first. */
static void print_place(FILE *out, const struct json_value *value)
{
    if (value->parent == NULL) {
        return;
    }
    print_place(out, value->parent);
    if (value->key == NULL) {
        fprintf(out, "[%zu]", value->index);
    } else {
        fprintf(out, "%s%s", value->parent->parent != NULL ? "." : "", value->key);
    }
}

int json_error(const struct json_value *value,
               struct error *error,
               const char *format,
               ...)
{
    char place[200] = "";
    char said[600] = "";
    FILE *out = fmemopen(place, sizeof place, "w");
    if (out != NULL) {
        print_place(out, value);
        fclose(out);
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(said, sizeof said, format, arguments);
    va_end(arguments);
    place[sizeof place - 1] = '\0';
    error_set(error, ERROR_GRADER, "%s: %s %s", value->name,
              place[0] != '\0' ? place : "it", said);
    return -1;
}

static size_t times_present(const struct cJSON *object, const char *key)
{
    size_t times = 0;
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object)
    {
        times += strcmp(member->string, key) == 0;
    }
    return times;
}

static bool is_listed(const char *const *keys, const char *key)
{
    for (; *keys != NULL; keys++) {
        if (strcmp(*keys, key) == 0) {
            return true;
        }
    }
    return false;
}

int json_only_keys(const struct json_value *object,
                   const char *const *keys,
                   struct error *error)
{
    if (!cJSON_IsObject(object->node)) {
        return json_error(object, error, "is not an object; write it as { ... }");
    }
    const cJSON *member = NULL;
    cJSON_ArrayForEach(member, object->node)
    {
        if (!is_listed(keys, member->string)) {
            return json_error(object, error,
                              "has the key \"%s\", which nobody reads; take it out or "
                              "correct its spelling",
                              member->string);
        }
    }
    for (; *keys != NULL; keys++) {
        const size_t times = times_present(object->node, *keys);
        if (times == 0) {
            return json_error(object, error, "has no \"%s\"; add it", *keys);
        }
        if (times > 1) {
            return json_error(object, error, "has the key \"%s\" twice; keep one",
                              *keys);
        }
    }
    return 0;
}

bool json_has(const struct json_value *object, const char *key)
{
    return cJSON_GetObjectItemCaseSensitive(object->node, key) != NULL;
}

int json_member(const struct json_value *object,
                const char *key,
                struct json_value *member,
                struct error *error)
{
    const cJSON *node = cJSON_GetObjectItemCaseSensitive(object->node, key);
    if (node == NULL) {
        json_error(object, error, "has no \"%s\"; add it", key);
        return -1;
    }
    *member = (struct json_value){
        .node = node, .parent = object, .key = key, .name = object->name};
    return 0;
}

int json_array(const struct json_value *object,
               const char *key,
               struct json_value *array,
               size_t *length,
               struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (!cJSON_IsArray(member.node)) {
        return json_error(&member, error, "is not a list; write it as [ ... ]");
    }
    *array = member;
    *length = (size_t)cJSON_GetArraySize(member.node);
    return 0;
}

struct json_value json_element(const struct json_value *array, size_t index)
{
    return (struct json_value){.node = cJSON_GetArrayItem(array->node, (int)index),
                               .parent = array,
                               .index = index,
                               .name = array->name};
}

bool json_is_null(const struct json_value *value)
{
    return cJSON_IsNull(value->node) != 0;
}

bool json_is_true(const struct json_value *value)
{
    return cJSON_IsTrue(value->node) != 0;
}

int json_string(const struct json_value *value, char **copy, struct error *error)
{
    if (!cJSON_IsString(value->node)) {
        return json_error(value, error, "is not a text; write it in double quotes");
    }
    char *text = strdup(value->node->valuestring);
    if (text == NULL) {
        return json_error(value, error, "cannot be kept: out of memory");
    }
    *copy = text;
    return 0;
}

int json_text(const struct json_value *object,
              const char *key,
              char **copy,
              struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (cJSON_IsString(member.node) && member.node->valuestring[0] == '\0') {
        json_error(&member, error, "is empty; write what it should say");
        return -1;
    }
    return json_string(&member, copy, error);
}

int json_text_or_null(const struct json_value *object,
                      const char *key,
                      char **copy,
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
    return json_string(&member, copy, error);
}

int json_whole(const struct json_value *object,
               const char *key,
               uint64_t least,
               uint64_t most,
               uint64_t *number,
               struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    const double raw = cJSON_IsNumber(member.node) ? member.node->valuedouble : -1.0;
    /* Compared as doubles first: converting one out of range is undefined. */
    const bool is_in_range = raw >= (double)least && raw <= (double)most;
    if (!is_in_range || (double)(uint64_t)raw < raw) {
        return json_error(&member, error,
                          "is not a whole number from %llu to %llu; correct it",
                          (unsigned long long)least, (unsigned long long)most);
    }
    *number = (uint64_t)raw;
    return 0;
}

int json_new_list(const struct json_value *array,
                  size_t count,
                  size_t size,
                  void **list,
                  struct error *error)
{
    if (count == 0) {
        return json_error(array, error, "is empty; it needs at least one entry");
    }
    *list = calloc(count, size);
    if (*list == NULL) {
        return json_error(array, error, "cannot be kept: out of memory");
    }
    return 0;
}

int json_check_name(const struct json_value *value,
                    const char *name,
                    struct error *error)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
    if (name[0] == '\0' || name[0] == '.' || name[0] == '-' ||
        name[strspn(name, allowed)] != '\0') {
        return json_error(value, error,
                          "is \"%s\"; use letters, digits, '_', '.' and '-' only, and "
                          "begin with a letter, a digit or '_'",
                          name);
    }
    return 0;
}

int json_name(const struct json_value *object,
              const char *key,
              char **name,
              struct error *error)
{
    struct json_value member = {0};
    char *text = NULL;
    if (json_member(object, key, &member, error) != 0 ||
        json_text(object, key, &text, error) != 0) {
        return -1;
    }
    assert(text != NULL);
    if (json_check_name(&member, text, error) != 0) {
        free(text);
        return -1;
    }
    *name = text;
    return 0;
}
