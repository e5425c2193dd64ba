#include "report_value.h"

#include <cjson/cJSON.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

int report_value_any_text(const struct json_value *object,
                          const char *key,
                          const char **text,
                          struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (!cJSON_IsString(member.node)) {
        json_error(&member, error, "is not a text");
        return -1;
    }
    *text = member.node->valuestring;
    return 0;
}

int report_value_text(const struct json_value *object,
                      const char *key,
                      const char **text,
                      struct error *error)
{
    const char *found = NULL;
    if (report_value_any_text(object, key, &found, error) != 0) {
        return -1;
    }
    if (found[0] == '\0') {
        struct json_value member = {0};
        json_member(object, key, &member, error);
        return json_error(&member, error, "is empty");
    }
    *text = found;
    return 0;
}

int report_value_text_or_null(const struct json_value *object,
                              const char *key,
                              const char **text,
                              struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (json_is_null(&member)) {
        *text = NULL;
        return 0;
    }
    return report_value_any_text(object, key, text, error);
}

int report_value_number(const struct json_value *object,
                        const char *key,
                        int least,
                        int *number,
                        struct error *error)
{
    uint64_t whole = 0;
    if (json_whole(object, key, (uint64_t)least, INT_MAX, &whole, error) != 0) {
        return -1;
    }
    *number = (int)whole;
    return 0;
}

int report_value_number_or_null(const struct json_value *object,
                                const char *key,
                                int *number,
                                struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (json_is_null(&member)) {
        *number = 0;
        return 0;
    }
    return report_value_number(object, key, 1, number, error);
}

int report_value_bool(const struct json_value *object,
                      const char *key,
                      bool *value,
                      struct error *error)
{
    struct json_value member = {0};
    if (json_member(object, key, &member, error) != 0) {
        return -1;
    }
    if (!cJSON_IsBool(member.node)) {
        return json_error(&member, error, "is neither true nor false");
    }
    *value = json_is_true(&member);
    return 0;
}

int report_value_choice(const struct json_value *object,
                        const char *key,
                        const char *const *names,
                        size_t *choice,
                        struct error *error)
{
    struct json_value member = {0};
    const char *text = NULL;
    if (json_member(object, key, &member, error) != 0 ||
        report_value_any_text(object, key, &text, error) != 0) {
        return -1;
    }
    for (size_t i = 0; names[i] != NULL; i++) {
        if (strcmp(text, names[i]) == 0) {
            *choice = i;
            return 0;
        }
    }
    return json_error(&member, error, "is \"%s\", which is none of its values", text);
}

int report_value_list(const struct json_value *object,
                      const char *key,
                      size_t size,
                      struct json_value *array,
                      void **list,
                      size_t *count,
                      struct error *error)
{
    size_t length = 0;
    void *items = NULL;
    if (json_array(object, key, array, &length, error) != 0) {
        return -1;
    }
    if (length > 0) {
        items = calloc(length, size);
        if (items == NULL) {
            return error_set(error, ERROR_GRADER, "out of memory");
        }
    }
    *list = items;
    *count = length;
    return 0;
}

int report_value_texts(const struct json_value *object,
                       const char *key,
                       struct report_texts *texts,
                       struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(object, key, sizeof(char *), &array, &list, &count, error) !=
        0) {
        return -1;
    }
    *texts = (struct report_texts){.items = list, .count = count};
    const cJSON *node = array.node->child;
    for (size_t i = 0; i < count; i++, node = node->next) {
        const struct json_value element = {
            .node = node, .parent = &array, .index = i, .name = array.name};
        if (!cJSON_IsString(node)) {
            return json_error(&element, error, "is not a text");
        }
        texts->items[i] = node->valuestring;
    }
    return 0;
}

int report_value_entries(const struct json_value *array,
                         size_t count,
                         report_entry_reader *read,
                         struct report *report,
                         struct error *error)
{
    const cJSON *node = array->node->child;
    for (size_t i = 0; i < count; i++, node = node->next) {
        const struct json_value entry = {
            .node = node, .parent = array, .index = i, .name = array->name};
        if (read(&entry, i, report, error) != 0) {
            return -1;
        }
    }
    return 0;
}
