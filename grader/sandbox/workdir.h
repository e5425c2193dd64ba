/*
 * workdir: the private directory of one build, and files of plain names in it.
 *
 * The one thing to get wrong: the compiler and the linker write here, so what is found
 * here may be anything. Files are opened relative to the directory's descriptor,
 * without following links, and read up to a cap.
 */
#ifndef WORKDIR_H
#define WORKDIR_H

#include "error.h"
#include "text.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct workdir {
    char *path;             /* NULL: there is none */
    int descriptor;         /* valid while `path` is */
    uid_t user;             /* who owns it and all in it; 0: the user of this process */
    bool trusts_submission; /* no sandbox for what works here */
};

/* Makes a directory that only this user can enter, under TMPDIR or else /tmp; root's is
 * given to a private user. */
int workdir_create(struct workdir *workdir, struct error *error);

/* Writes a new file, readable and writable by the directory's user. */
int workdir_write(const struct workdir *workdir,
                  const char *name,
                  const char *bytes,
                  size_t count,
                  struct error *error);

/* Copies the file at `path`, of at most 64 MiB, into a new one. */
int workdir_copy(const struct workdir *workdir,
                 const char *name,
                 const char *path,
                 struct error *error);

enum workdir_found {
    WORKDIR_FOUND,
    WORKDIR_ABSENT,   /* no regular file of that name */
    WORKDIR_TOO_LARGE /* more than `most` bytes */
};

/* Reads a whole file into `content`, which is empty before and unless it was found. */
int workdir_read(const struct workdir *workdir,
                 const char *name,
                 size_t most,
                 struct text *content,
                 enum workdir_found *found,
                 struct error *error);

/* Removes the directory and all it holds. */
void workdir_remove(struct workdir *workdir);

#endif
