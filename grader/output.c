#include "output.h"

#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_stdout(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool is_same_file(const struct stat *target, const char *input)
{
    struct stat other;
    return input != NULL && stat(input, &other) == 0 &&
           other.st_dev == target->st_dev && other.st_ino == target->st_ino;
}

bool output_is_same(const char *path, const char *other)
{
    struct stat target;
    if (strcmp(path, other) == 0) {
        return true;
    }
    return !is_stdout(path) && !is_stdout(other) && stat(path, &target) == 0 &&
           S_ISREG(target.st_mode) && is_same_file(&target, other);
}

/* A new, empty file beside `path`. Its name is in `*draft`, which the caller frees; -1
 * with errno set if there can be none. */
static int open_draft(const char *path, char **draft)
{
    char *name = NULL;
    if (asprintf(&name, "%s.XXXXXX", path) < 0) {
        errno = ENOMEM;
        return -1;
    }
    const int descriptor = mkostemp(name, O_CLOEXEC);
    if (descriptor < 0) {
        free(name);
        return -1;
    }
    *draft = name;
    return descriptor;
}

/* Permissions do not tell everything (a file system may know no new files): try. */
static int check_folder(const char *path, const char *option, struct error *error)
{
    char *draft = NULL;
    const int descriptor = open_draft(path, &draft);
    if (descriptor < 0) {
        return error_set(
            error, ERROR_USAGE,
            "cannot write %s: no file can be made in its folder: %s; name a "
            "file elsewhere with %s",
            path, strerror(errno), option);
    }
    close(descriptor);
    unlink(draft);
    free(draft);
    return 0;
}

int output_check(const char *path,
                 const char *option,
                 const char *input,
                 struct error *error)
{
    struct stat target;
    if (is_stdout(path)) {
        return 0;
    }
    const size_t length = strlen(path);
    if (length == 0) {
        return error_set(error, ERROR_USAGE, "%s names no file; write %s FILE", option,
                         option);
    }
    if (stat(path, &target) != 0) {
        if (errno != ENOENT) {
            return error_set(error, ERROR_USAGE,
                             "cannot write %s: %s; name another file with %s", path,
                             strerror(errno), option);
        }
        return check_folder(path, option, error);
    }
    if (S_ISDIR(target.st_mode) || path[length - 1] == '/') {
        return error_set(error, ERROR_USAGE,
                         "cannot write %s: it is a folder; name a file in it with %s",
                         path, option);
    }
    if (is_same_file(&target, input)) {
        return error_set(error, ERROR_USAGE,
                         "%s is the submission itself, and %s would overwrite it; name "
                         "another file",
                         path, option);
    }
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) != 0) {
        return error_set(error, ERROR_USAGE,
                         "cannot write %s: %s; name another file with %s", path,
                         strerror(errno), option);
    }
    return S_ISREG(target.st_mode) ? check_folder(path, option, error) : 0;
}

static int fail_write(const char *path, int errnum, struct error *error)
{
    return error_set(error, ERROR_GRADER,
                     "cannot write %s: %s; nothing was written there", path,
                     strerror(errnum));
}

static int write_to(int descriptor,
                    const char *path,
                    const char *bytes,
                    size_t length,
                    struct error *error)
{
    if (file_write(descriptor, bytes, length) != 0) {
        return error_set(error, ERROR_GRADER, "cannot write %s: %s", path,
                         strerror(errno));
    }
    return 0;
}

static int write_directly(const char *path,
                          const char *bytes,
                          size_t length,
                          struct error *error)
{
    const int descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return fail_write(path, errno, error);
    }
    const int status = write_to(descriptor, path, bytes, length, error);
    close(descriptor);
    return status;
}

/* The permissions a new file gets from the user's umask. */
static mode_t usual_mode(void)
{
    const mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

/* Fills a new file beside `path` and puts it in its place. */
static int replace(const char *path,
                   const char *bytes,
                   size_t length,
                   mode_t mode,
                   struct error *error)
{
    char *draft = NULL;
    int status = 0;
    const int descriptor = open_draft(path, &draft);
    if (descriptor < 0) {
        return fail_write(path, errno, error);
    }
    if (file_write(descriptor, bytes, length) != 0 || fchmod(descriptor, mode) != 0 ||
        rename(draft, path) != 0) {
        status = fail_write(path, errno, error);
        unlink(draft);
    }
    close(descriptor);
    free(draft);
    return status;
}

int output_write(const char *path,
                 const char *bytes,
                 size_t length,
                 struct error *error)
{
    struct stat target;
    char resolved[PATH_MAX];
    if (is_stdout(path)) {
        return write_to(STDOUT_FILENO, "standard output", bytes, length, error);
    }
    if (stat(path, &target) != 0) {
        return replace(path, bytes, length, usual_mode(), error);
    }
    if (!S_ISREG(target.st_mode)) {
        return write_directly(path, bytes, length, error);
    }
    /* A link stays a link: what it leads to is replaced. */
    const char *real = realpath(path, resolved);
    return replace(real != NULL ? real : path, bytes, length, target.st_mode & 0777,
                   error);
}
