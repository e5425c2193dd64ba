#include "manifest_limits.h"

#include <stddef.h>
#include <string.h>

#define TIME_MS_MAX 3600000u
#define LIMIT_BYTES_MAX ((uint64_t)1 << 40)

/* A whole number of the struct, by its key. */
struct limit_field {
    const char *key;
    size_t offset;
    uint64_t most;
};

/* Reads the members that `fields` names into the struct at `target`. */
static int read_limits(const struct json_value *object,
                       const struct limit_field *fields,
                       void *target,
                       struct error *error)
{
    for (; fields->key != NULL; fields++) {
        uint64_t number = 0;
        if (json_whole(object, fields->key, 1, fields->most, &number, error) != 0) {
            return -1;
        }
        memcpy((char *)target + fields->offset, &number, sizeof number);
    }
    return 0;
}

static int read_tool_limits(const struct json_value *limits,
                            const char *tool,
                            struct manifest_tool_limits *target,
                            struct error *error)
{
    static const char *const keys[] = {"cpu_ms", "wall_ms", "memory_bytes",
                                       "file_bytes", NULL};
    static const struct limit_field fields[] = {
        {"cpu_ms", offsetof(struct manifest_tool_limits, cpu_ms), TIME_MS_MAX},
        {"wall_ms", offsetof(struct manifest_tool_limits, wall_ms), TIME_MS_MAX},
        {"memory_bytes", offsetof(struct manifest_tool_limits, memory_bytes),
         LIMIT_BYTES_MAX},
        {"file_bytes", offsetof(struct manifest_tool_limits, file_bytes),
         LIMIT_BYTES_MAX},
        {NULL, 0, 0}};
    struct json_value object = {0};
    if (json_member(limits, tool, &object, error) != 0 ||
        json_only_keys(&object, keys, error) != 0) {
        return -1;
    }
    return read_limits(&object, fields, target, error);
}

int manifest_limits_read(const struct json_value *root,
                         struct manifest_limits *limits,
                         struct error *error)
{
    static const char *const keys[] = {"submission_bytes",
                                       "diagnostics_bytes",
                                       "diagnostics_count",
                                       "static_bytes",
                                       "compile",
                                       "audit",
                                       "link",
                                       "test_cpu_ms",
                                       "run_wall_ms",
                                       NULL};
    static const struct limit_field fields[] = {
        {"submission_bytes", offsetof(struct manifest_limits, submission_bytes),
         LIMIT_BYTES_MAX},
        {"diagnostics_bytes", offsetof(struct manifest_limits, diagnostics_bytes),
         LIMIT_BYTES_MAX},
        {"diagnostics_count", offsetof(struct manifest_limits, diagnostics_count),
         LIMIT_BYTES_MAX},
        {"static_bytes", offsetof(struct manifest_limits, static_bytes),
         LIMIT_BYTES_MAX},
        {"test_cpu_ms", offsetof(struct manifest_limits, test_cpu_ms), TIME_MS_MAX},
        {"run_wall_ms", offsetof(struct manifest_limits, run_wall_ms), TIME_MS_MAX},
        {NULL, 0, 0}};
    struct json_value object = {0};
    if (json_member(root, "limits", &object, error) != 0 ||
        json_only_keys(&object, keys, error) != 0 ||
        read_limits(&object, fields, limits, error) != 0 ||
        read_tool_limits(&object, "compile", &limits->compile, error) != 0 ||
        read_tool_limits(&object, "audit", &limits->audit, error) != 0) {
        return -1;
    }
    return read_tool_limits(&object, "link", &limits->link, error);
}
