#include "tool.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *search_path(void)
{
    const char *path = getenv("PATH");
    return path != NULL ? path : "/usr/local/bin:/usr/bin:/bin";
}

int tool_environment_init(struct tool_environment *environment,
                          const struct workdir *workdir,
                          struct error *error)
{
    char **owned = environment->owned;
    const int lengths[] = {
        asprintf(&owned[0], "PATH=%s", search_path()),
        asprintf(&owned[1], "TMPDIR=%s", workdir->path),
        asprintf(&owned[2], "LC_ALL=C"),
        asprintf(&owned[3], "SOURCE_DATE_EPOCH=0"),
    };
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        if (lengths[i] < 0) {
            owned[i] = NULL;
        }
        environment->variables[i] = owned[i];
    }
    for (size_t i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        if (owned[i] == NULL) {
            tool_environment_release(environment);
            return error_set(error, ERROR_GRADER, "out of memory");
        }
    }
    return 0;
}

int tool_environment_preload(struct tool_environment *environment,
                             const char *library,
                             struct error *error)
{
    char *variable = NULL;
    if (asprintf(&variable, "LD_PRELOAD=%s", library) < 0) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    environment->owned[4] = variable;
    environment->variables[4] = variable;
    return 0;
}

void tool_environment_release(struct tool_environment *environment)
{
    for (size_t i = 0; i < sizeof environment->owned / sizeof environment->owned[0];
         i++) {
        free(environment->owned[i]);
    }
    *environment = (struct tool_environment){0};
}

/* A copy of `directory`/`name` if that may be run; NULL if not. */
static char *program_in(const char *directory, size_t length, const char *name)
{
    char *path = NULL;
    if (length == 0 || directory[0] != '/') {
        return NULL; /* relative to a directory that a student may have written */
    }
    if (asprintf(&path, "%.*s/%s", (int)length, directory, name) < 0) {
        return NULL;
    }
    if (access(path, X_OK) != 0) {
        free(path);
        return NULL;
    }
    return path;
}

char *tool_find(const char *name, const char *remedy, struct error *error)
{
    const char *place = search_path();
    while (*place != '\0') {
        const size_t length = strcspn(place, ":");
        char *path = length < INT32_MAX ? program_in(place, length, name) : NULL;
        if (path != NULL) {
            return path;
        }
        place += length;
        place += *place == ':';
    }
    error_set(error, ERROR_GRADER, "%s is not in PATH; %s", name, remedy);
    return NULL;
}
