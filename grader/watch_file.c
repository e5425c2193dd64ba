#include "watch_file.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* How long nothing may happen until a save counts. */
enum {
    SETTLED_MS = 12,   /* the file was closed, or another one took its name */
    WRITING_MS = 120,  /* somebody writes and has not closed it */
    EMPTY_MS = 250,    /* the text is probably still to come */
    GONE_MS = 400,     /* nor is the file */
    PATIENCE_MS = 1500 /* a file that never rests is looked at all the same */
};

#define CLOSED (IN_CLOSE_WRITE | IN_MOVED_TO)
#define CHANGED (IN_MODIFY | IN_CREATE | IN_DELETE | IN_MOVED_FROM)
#define FOLDER_GONE (IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT)

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* ---- Where to look ---- */

static void release_place(struct watch_place *place)
{
    free(place->folder);
    free(place->name);
    *place = (struct watch_place){.descriptor = -1};
}

/* Splits a path; -1: out of memory. */
static int name_place(const char *path, struct watch_place *place)
{
    char *first = strdup(path);
    char *second = strdup(path);
    *place = (struct watch_place){.descriptor = -1};
    if (first != NULL && second != NULL) {
        place->folder = strdup(dirname(first));
        place->name = strdup(basename(second));
    }
    free(first);
    free(second);
    return place->folder != NULL && place->name != NULL ? 0 : -1;
}

static int add_place(struct watch_file *file,
                     struct watch_place *place,
                     struct error *error)
{
    place->descriptor = inotify_add_watch(file->events, place->folder,
                                          CLOSED | CHANGED | FOLDER_GONE | IN_ONLYDIR);
    if (place->descriptor >= 0) {
        return 0;
    }
    if (errno == ENOENT || errno == ENOTDIR || errno == EACCES) {
        return error_set_errno(error, ERROR_USAGE, errno, "cannot watch the folder %s",
                               place->folder);
    }
    return error_set_errno(error, ERROR_GRADER, errno,
                           "cannot watch the folder %s; the limits are in "
                           "/proc/sys/fs/inotify",
                           place->folder);
}

/* What the path leads to may change with each save: a link is followed anew. */
static int follow_link(struct watch_file *file, struct error *error)
{
    struct watch_place *const named = &file->places[WATCH_AS_NAMED];
    struct watch_place *const linked = &file->places[WATCH_LINKED];
    struct watch_place found;
    char real[PATH_MAX];
    struct stat status;
    if (lstat(file->path, &status) != 0 || !S_ISLNK(status.st_mode) ||
        realpath(file->path, real) == NULL) {
        return 0;
    }
    if (name_place(real, &found) != 0) {
        release_place(&found);
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    if (add_place(file, &found, error) != 0) {
        release_place(&found);
        return -1;
    }
    if (linked->descriptor >= 0 && linked->descriptor != found.descriptor &&
        linked->descriptor != named->descriptor) {
        inotify_rm_watch(file->events, linked->descriptor);
    }
    release_place(linked);
    *linked = found;
    return 0;
}

int watch_file_open(const char *path,
                    int stop,
                    struct watch_file *file,
                    struct error *error)
{
    struct watch_file opened = {.path = path, .stop = stop};
    opened.places[WATCH_LINKED].descriptor = -1;
    opened.events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (opened.events < 0) {
        return error_set_errno(error, ERROR_GRADER, errno,
                               "cannot watch files; the limits are in "
                               "/proc/sys/fs/inotify");
    }
    if (name_place(path, &opened.places[WATCH_AS_NAMED]) != 0) {
        watch_file_close(&opened);
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    if (add_place(&opened, &opened.places[WATCH_AS_NAMED], error) != 0 ||
        follow_link(&opened, error) != 0) {
        watch_file_close(&opened);
        return -1;
    }
    *file = opened;
    return 0;
}

void watch_file_close(struct watch_file *file)
{
    for (size_t i = 0; i < WATCH_PLACES; i++) {
        release_place(&file->places[i]);
    }
    if (file->events >= 0) {
        close(file->events);
    }
    file->events = -1;
}

/* ---- What happens there ---- */

/* What is known since the last event that was reported. */
struct rest {
    int64_t first_ms; /* when it began; 0: nothing has happened */
    int64_t last_ms;
    bool is_closed; /* the last event says that the file is whole */
    bool has_lost_folder;
};

static bool is_ours(const struct watch_file *file, const struct inotify_event *event)
{
    for (size_t i = 0; i < WATCH_PLACES; i++) {
        const struct watch_place *place = &file->places[i];
        if (place->descriptor == event->wd && event->len > 0 &&
            strcmp(place->name, event->name) == 0) {
            return true;
        }
    }
    return false;
}

static void take_event(const struct watch_file *file,
                       const struct inotify_event *event,
                       struct rest *rest)
{
    if ((event->mask & FOLDER_GONE) != 0 &&
        event->wd == file->places[WATCH_AS_NAMED].descriptor) {
        rest->has_lost_folder = true;
        return;
    }
    /* After an overflow anything may have happened. */
    const bool has_overflowed = (event->mask & IN_Q_OVERFLOW) != 0;
    if (!has_overflowed && !is_ours(file, event)) {
        return;
    }
    rest->last_ms = now_ms();
    if (rest->first_ms == 0) {
        rest->first_ms = rest->last_ms;
    }
    rest->is_closed = has_overflowed || (event->mask & CLOSED) != 0;
}

static void take_events(const struct watch_file *file, struct rest *rest)
{
    _Alignas(struct inotify_event) char bytes[8192];
    for (;;) {
        const ssize_t count = read(file->events, bytes, sizeof bytes);
        if (count <= 0) {
            return;
        }
        for (ssize_t at = 0; at < count;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            take_event(file, event, rest);
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
}

/* How long to wait for more after the last event, by what is there now. */
static int64_t patience_ms(const struct watch_file *file,
                           const struct rest *rest,
                           enum watch_event *event)
{
    struct stat status;
    *event = WATCH_SAVED;
    if (stat(file->path, &status) != 0) {
        *event = WATCH_GONE;
        return GONE_MS;
    }
    if (status.st_size == 0) {
        return EMPTY_MS;
    }
    return rest->is_closed ? SETTLED_MS : WRITING_MS;
}

/* Milliseconds until `event` counts; -1: nothing has happened. */
static int time_left(const struct watch_file *file,
                     const struct rest *rest,
                     enum watch_event *event)
{
    if (rest->first_ms == 0) {
        return -1;
    }
    const int64_t now = now_ms();
    int64_t end_ms = rest->last_ms + patience_ms(file, rest, event);
    if (end_ms > rest->first_ms + PATIENCE_MS) {
        end_ms = rest->first_ms + PATIENCE_MS;
    }
    return end_ms > now ? (int)(end_ms - now) : 0;
}

int watch_file_wait(struct watch_file *file,
                    enum watch_event *event,
                    struct error *error)
{
    struct rest rest = {0};
    struct pollfd watched[] = {{.fd = file->stop, .events = POLLIN},
                               {.fd = file->events, .events = POLLIN}};
    for (;;) {
        enum watch_event next = WATCH_SAVED;
        const int left = time_left(file, &rest, &next);
        if (left == 0) {
            *event = next;
            return follow_link(file, error);
        }
        if (poll(watched, sizeof watched / sizeof watched[0], left) < 0 &&
            errno != EINTR) {
            return error_set_errno(error, ERROR_GRADER, errno, "cannot wait for %s",
                                   file->path);
        }
        if (watched[0].revents != 0) {
            *event = WATCH_STOPPED;
            return 0;
        }
        take_events(file, &rest);
        if (rest.has_lost_folder) {
            return error_set(error, ERROR_USAGE,
                             "the folder %s is gone, so there is nothing left to watch",
                             file->places[WATCH_AS_NAMED].folder);
        }
    }
}
