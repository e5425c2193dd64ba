#include "workdir.h"

#include "file.h"
#include "private_user.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Directories inside directories: more than a compiler makes, less than the stack. */
#define DEPTH_MOST 16

#define COPY_MOST ((size_t)64 << 20)

static char *name_template(void)
{
    const char *parent = getenv("TMPDIR");
    char *path = NULL;
    if (parent == NULL || parent[0] != '/') {
        parent = "/tmp";
    }
    return asprintf(&path, "%s/grader-XXXXXX", parent) < 0 ? NULL : path;
}

static bool may_enter(const char *directory, uid_t user)
{
    struct stat status;
    if (stat(directory, &status) != 0) {
        return false;
    }
    return (status.st_mode & (status.st_uid == user ? S_IXUSR : S_IXOTH)) != 0;
}

/* Can the user come to `path`? */
static bool is_reachable(const char *path, uid_t user)
{
    char *copy = strdup(path);
    bool is_open = copy != NULL;
    for (char *slash = copy != NULL ? strrchr(copy, '/') : NULL;
         slash != NULL && slash != copy && is_open; slash = strrchr(copy, '/')) {
        *slash = '\0';
        is_open = may_enter(copy, user);
    }
    free(copy);
    return is_open;
}

/* Root's work is done by a user that exists for it alone. */
static int hand_over(struct workdir *workdir, struct error *error)
{
    workdir->user = private_user_choose(workdir->descriptor);
    if (workdir->user == 0 || is_reachable(workdir->path, workdir->user)) {
        return 0;
    }
    return error_set(error, ERROR_GRADER,
                     "the private user of this grading cannot reach %s; set TMPDIR to "
                     "a directory that every user may enter, such as /tmp",
                     workdir->path);
}

int workdir_create(struct workdir *workdir, struct error *error)
{
    char *path = name_template();
    if (path == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    if (mkdtemp(path) == NULL) {
        error_set_errno(error, ERROR_GRADER, errno,
                        "cannot make a private directory %s; set TMPDIR to a directory "
                        "that can be written to",
                        path);
        free(path);
        return -1;
    }
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (descriptor < 0) {
        error_set_errno(error, ERROR_GRADER, errno, "cannot open %s", path);
        rmdir(path);
        free(path);
        return -1;
    }
    struct workdir made = {.path = path, .descriptor = descriptor};
    if (hand_over(&made, error) != 0) {
        workdir_remove(&made);
        return -1;
    }
    *workdir = made;
    return 0;
}

int workdir_write(const struct workdir *workdir,
                  const char *name,
                  const char *bytes,
                  size_t count,
                  struct error *error)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
    const int file = openat(workdir->descriptor, name, flags, 0600);
    if (file < 0) {
        return error_set_errno(error, ERROR_GRADER, errno, "cannot write %s/%s",
                               workdir->path, name);
    }
    int result = 0;
    if (file_write(file, bytes, count) != 0 ||
        (workdir->user != 0 && fchown(file, workdir->user, workdir->user) != 0)) {
        result = error_set_errno(error, ERROR_GRADER, errno, "cannot write %s/%s",
                                 workdir->path, name);
    }
    close(file);
    return result;
}

int workdir_copy(const struct workdir *workdir,
                 const char *name,
                 const char *path,
                 struct error *error)
{
    struct text content = {0};
    int result = -1;
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || file_read(file, COPY_MOST, &content) != 0) {
        error_set_errno(error, ERROR_GRADER, errno,
                        "cannot read %s; build or install the grader again", path);
    } else {
        result = workdir_write(workdir, name, content.bytes, content.length, error);
    }
    if (file >= 0) {
        close(file);
    }
    text_release(&content);
    return result;
}

int workdir_read(const struct workdir *workdir,
                 const char *name,
                 size_t most,
                 struct text *content,
                 enum workdir_found *found,
                 struct error *error)
{
    /* O_NONBLOCK: a pipe put here in the file's place must not make us wait. */
    const int flags = O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
    const int file = openat(workdir->descriptor, name, flags);
    struct stat status;

    if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        *found = WORKDIR_ABSENT;
        if (file >= 0) {
            close(file);
        }
        return 0;
    }
    const int result = file_read(file, most, content);
    if (result < 0) {
        error_set_errno(error, ERROR_GRADER, errno, "cannot read %s/%s", workdir->path,
                        name);
        text_release(content);
    } else if (result == FILE_TOO_LARGE) {
        *found = WORKDIR_TOO_LARGE;
        text_release(content);
    } else {
        *found = WORKDIR_FOUND;
    }
    close(file);
    return result < 0 ? -1 : 0;
}

static void remove_content(int directory, int depth);

static void remove_entry(int directory, const char *name, int depth)
{
    if (unlinkat(directory, name, 0) == 0 || depth == DEPTH_MOST) {
        return;
    }
    const int flags = O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW;
    const int inner = openat(directory, name, flags);
    if (inner >= 0) {
        remove_content(inner, depth + 1);
        unlinkat(directory, name, AT_REMOVEDIR);
    }
}

/* Closes `directory`. */
static void remove_content(int directory, int depth)
{
    DIR *list = fdopendir(directory);
    if (list == NULL) {
        close(directory);
        return;
    }
    for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            remove_entry(directory, entry->d_name, depth);
        }
    }
    closedir(list);
}

void workdir_remove(struct workdir *workdir)
{
    if (workdir->path == NULL) {
        return;
    }
    remove_content(workdir->descriptor, 0);
    rmdir(workdir->path);
    free(workdir->path);
    *workdir = (struct workdir){0};
}
