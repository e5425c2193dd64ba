/*
 * watch_file: waits until a file was saved.
 *
 * Editors save in many ways: some write into the file, some write another one and
 * rename it, some remove the old one first, some save twice. So what is watched is the
 * folder, and a save counts once nothing has happened for a moment (inotify(7)).
 *
 * The one thing to get wrong: there are no events from the other side of a network
 * file system; only what this machine writes is seen.
 */
#ifndef WATCH_FILE_H
#define WATCH_FILE_H

#include "error.h"

#include <stdint.h>

/* The folder and the name that events are about; `descriptor` is inotify's, or -1. */
struct watch_place {
    char *folder;
    char *name;
    int descriptor;
};

enum {
    WATCH_AS_NAMED, /* where the caller said the file is */
    WATCH_LINKED,   /* where it really is, if it is a link to another folder */
    WATCH_PLACES
};

struct watch_file {
    const char *path; /* the caller's */
    int events;       /* inotify; -1: closed */
    int stop;         /* becomes readable when the watch is to end */
    struct watch_place places[WATCH_PLACES];
};

enum watch_event {
    WATCH_SAVED,  /* the file is there and may have changed */
    WATCH_GONE,   /* the file is away, and not for a moment only */
    WATCH_STOPPED /* `stop` is readable */
};

/* Begins to watch: nothing that happens from now on is missed. `path` and `stop` stay
 * the caller's. ERROR_USAGE: there is no such folder; ERROR_GRADER: no events to be
 * had. */
int watch_file_open(const char *path,
                    int stop,
                    struct watch_file *file,
                    struct error *error);

/* Sleeps until there is something to do. ERROR_USAGE: the folder itself is gone. */
int watch_file_wait(struct watch_file *file,
                    enum watch_event *event,
                    struct error *error);

/* A zeroed struct counts as open with descriptor 0; use it after watch_file_open. */
void watch_file_close(struct watch_file *file);

#endif
