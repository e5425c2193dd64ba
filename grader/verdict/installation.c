#include "installation.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder this program lies in: `directory` has PATH_MAX bytes. */
static int find_programs(char *directory, struct error *error)
{
    char program[PATH_MAX];
    const ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length < 0) {
        return error_set(error, ERROR_GRADER,
                         "cannot tell where this program is: /proc/self/exe: %s; mount "
                         "/proc",
                         strerror(errno));
    }
    program[length] = '\0';
    snprintf(directory, PATH_MAX, "%s", dirname(program));
    return 0;
}

/* A file or folder that must be there, by a format that makes its path. */
__attribute__((format(printf, 4, 5))) static int find(
    char **path, int mode, struct error *error, const char *format, ...)
{
    char *found = NULL;
    va_list arguments;
    va_start(arguments, format);
    const int length = vasprintf(&found, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    if (access(found, mode) != 0) {
        error_set(error, ERROR_GRADER,
                  "this installation is not complete: %s: %s; build it again with "
                  "`make`",
                  found, strerror(errno));
        free(found);
        return -1;
    }
    *path = found;
    return 0;
}

int installation_find(const char *harness,
                      struct installation *installation,
                      struct error *error)
{
    char bin[PATH_MAX];
    struct installation found = {0};
    if (find_programs(bin, error) != 0) {
        return -1;
    }
    if (find(&found.judge, X_OK, error, "%s/judge_%s", bin, harness) != 0 ||
        find(&found.runtime, R_OK, error, "%s/../lib/%s/runtime.o", bin, harness) !=
            0 ||
        find(&found.link_script, R_OK, error, "%s/../lib/subject.ld", bin) != 0 ||
        find(&found.libgcc, R_OK, error, "%s/../lib/libgcc.a", bin) != 0 ||
        find(&found.compiler_view, R_OK, error, "%s/../lib/compiler_view.so", bin) !=
            0) {
        installation_release(&found);
        return -1;
    }
    *installation = found;
    return 0;
}

int installation_default_exercise(char **directory, struct error *error)
{
    char bin[PATH_MAX];
    if (find_programs(bin, error) != 0) {
        return -1;
    }
    return find(directory, X_OK, error, "%s/../share/exercises/06_fixed_buffer", bin);
}

void installation_release(struct installation *installation)
{
    free(installation->judge);
    free(installation->runtime);
    free(installation->link_script);
    free(installation->libgcc);
    free(installation->compiler_view);
    *installation = (struct installation){0};
}
