/*
 * landlock: the part of the file system that a confined child can open.
 *
 * Rules are made by the parent; the child only enters them. What the kernel's version
 * of landlock knows is handled, and what is not allowed is refused with EACCES.
 *
 * The one thing to get wrong: stat, and the existence of a name, are not landlock's
 * business. compiler_view.c covers that for the compiler.
 *
 * Source: landlock(7) and the kernel's Documentation/userspace-api/landlock.rst.
 */
#ifndef LANDLOCK_H
#define LANDLOCK_H

enum landlock_access {
    LANDLOCK_RUN,     /* a folder of programs and libraries: read and execute */
    LANDLOCK_READ,    /* a file: read */
    LANDLOCK_DISCARD, /* a device such as /dev/null: read and write */
    LANDLOCK_WORK     /* a folder: read, write, make, remove plain files */
};

/* The version of landlock that is in force here, from 1; 0: none. */
int landlock_version(void);

/* A ruleset that allows nothing. Returns its descriptor, close-on-exec, or -1 with
 * errno. */
int landlock_open(void);

/* Allows what lies at `descriptor` (any kind of descriptor), or at `path`; a path that
 * does not exist, or that this user cannot reach, allows nothing. 0, or -1 with errno.
 */
int landlock_allow(int ruleset, int descriptor, enum landlock_access access);
int landlock_allow_path(int ruleset, const char *path, enum landlock_access access);

/* Puts the calling process under the rules, for good; needs no_new_privs. A system call
 * and nothing else. 0, or -1 with errno. */
int landlock_enter(int ruleset);

#endif
