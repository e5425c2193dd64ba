#include "sandbox_view.h"

#include "landlock.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Where a distribution keeps its toolchain. /usr as a whole is not among them: people
 * keep sources in /usr/src and /usr/local. */
static const char *const TOOLCHAIN[] = {
    "/bin",
    "/lib",
    "/lib32",
    "/lib64",
    "/usr/bin",
    "/usr/include",
    "/usr/lib",
    "/usr/lib32",
    "/usr/lib64",
    "/usr/libexec",
    "/nix/store",
    "/gnu/store",
    "/usr/local/include",
};

/* The same below the place of a compiler that lies elsewhere. */
static const char *const BELOW_PREFIX[] = {"bin", "include", "lib", "lib64", "libexec"};

/* What one child is shown. */
struct view {
    int ruleset;
    char own[PATH_MAX]; /* the folder of this program */
    struct error *error;
};

static bool lies_in(const char *path, const char *folder)
{
    const size_t length = strlen(folder);
    return strncmp(path, folder, length) == 0 &&
           (path[length] == '/' || path[length] == '\0');
}

static int fail(const struct view *view, const char *what)
{
    return error_set_errno(view->error, ERROR_GRADER, errno,
                           "cannot show %s to the sandbox", what);
}

static int show_folder(const struct view *view, const char *folder)
{
    if (lies_in(view->own, folder)) {
        return error_set(view->error, ERROR_GRADER,
                         "this grader lies in %s, where compilers may read every file, "
                         "its hidden tests too; move it to another folder",
                         folder);
    }
    if (landlock_allow_path(view->ruleset, folder, LANDLOCK_RUN) != 0) {
        return fail(view, folder);
    }
    return 0;
}

/* The folder above the one that `program` really lies in: /opt/gcc-13 of
 * /opt/gcc-13/bin/gcc. False: it has none, or is in /usr, which is known. */
static bool find_prefix(const char *program, char prefix[PATH_MAX])
{
    if (realpath(program, prefix) == NULL) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        char *slash = strrchr(prefix, '/');
        if (slash == NULL) {
            return false;
        }
        *slash = '\0';
    }
    return prefix[0] != '\0' && strcmp(prefix, "/usr") != 0;
}

static int show_prefix(const struct view *view, const char *program)
{
    char prefix[PATH_MAX];
    char folder[PATH_MAX + 16];
    if (!find_prefix(program, prefix)) {
        return 0;
    }
    for (size_t i = 0; i < COUNT(BELOW_PREFIX); i++) {
        snprintf(folder, sizeof folder, "%s/%s", prefix, BELOW_PREFIX[i]);
        if (show_folder(view, folder) != 0) {
            return -1;
        }
    }
    return 0;
}

static int show_toolchain(const struct view *view, const char *program)
{
    for (size_t i = 0; i < COUNT(TOOLCHAIN); i++) {
        if (show_folder(view, TOOLCHAIN[i]) != 0) {
            return -1;
        }
    }
    if (landlock_allow_path(view->ruleset, "/etc/ld.so.cache", LANDLOCK_READ) != 0 ||
        landlock_allow_path(view->ruleset, "/dev/null", LANDLOCK_DISCARD) != 0) {
        return fail(view, "/etc/ld.so.cache and /dev/null");
    }
    if (landlock_allow_path(view->ruleset, program, LANDLOCK_RUN) != 0) {
        return fail(view, program);
    }
    return show_prefix(view, program);
}

static int find_own_folder(struct view *view)
{
    const ssize_t length = readlink("/proc/self/exe", view->own, sizeof view->own - 1);
    if (length < 0) {
        return error_set_errno(view->error, ERROR_GRADER, errno,
                               "cannot tell where this program is; mount /proc");
    }
    view->own[length] = '\0';
    return 0;
}

static int fill(struct view *view,
                const struct sandbox_policy *policy,
                const char *program)
{
    if (program == NULL) {
        return 0;
    }
    if (find_own_folder(view) != 0 || show_toolchain(view, program) != 0) {
        return -1;
    }
    if (landlock_allow(view->ruleset, policy->directory, LANDLOCK_WORK) != 0) {
        return fail(view, "the private directory");
    }
    return 0;
}

int sandbox_view_open(const struct sandbox_policy *policy,
                      const char *program,
                      struct error *error)
{
    struct view view = {.ruleset = landlock_open(), .error = error};
    if (view.ruleset < 0) {
        return error_set_errno(error, ERROR_GRADER, errno,
                               "this kernel does not offer landlock, without which "
                               "nothing that a submission names is out of its reach; "
                               "use Linux 5.13 or later with landlock in its list of "
                               "security modules (boot option lsm=), or grade a file "
                               "of your own with --trust-submission");
    }
    if (fill(&view, policy, program) != 0) {
        close(view.ruleset);
        return -1;
    }
    return view.ruleset;
}
