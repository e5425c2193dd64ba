/*
 * sandbox: what a child that reads a student's bytes may do: one policy per stage.
 *
 * This is the only module that knows how a child is confined. Of every child: limits on
 * processor time, memory, file size, descriptors and processes; no core file; no new
 * privileges; death with the parent; a working directory of its own. Of a confined one:
 * no capabilities, landlock (files of the toolchain and of the private directory, and
 * no others), a filter of system calls, and, where the grader is root, a private user.
 *
 * The one thing to get wrong: sandbox_enter and sandbox_seal run between fork and exec,
 * possibly in the memory of the parent (vfork). They make system calls and nothing
 * else; whatever needs memory is made by sandbox_prepare, in the parent.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "error.h"
#include "manifest.h"
#include "syscall_filter.h"
#include "workdir.h"

#include <stdbool.h>
#include <sys/types.h>

enum sandbox_stage {
    SANDBOX_COMPILE, /* the compiler's driver, which starts others; writes an object */
    SANDBOX_VERSION, /* the compiler asked for its name; sees nothing of a student's */
    SANDBOX_AUDIT,   /* our own code on an object in memory; opens and starts nothing */
    SANDBOX_LINK     /* ld alone; writes an executable */
};

struct sandbox_policy {
    enum sandbox_stage stage;
    struct manifest_tool_limits limits;
    unsigned descriptors; /* highest number of open files */
    bool may_fork;
    bool
        keeps_program; /* a fork without exec: the address space is the parent's copy */
    bool is_confined;  /* landlock and a filter of system calls */
    uid_t user;        /* to become; 0: stays the same */
    int directory;     /* descriptor of the working directory */
};

/* What a child needs to confine itself. Zero-initialised, it is nothing. */
struct sandbox {
    const struct sandbox_policy *policy; /* borrowed */
    /* Valid if is_confined: */
    int ruleset; /* of landlock */
    const struct syscall_filter *filter;
};

/* The policy of a stage. The descriptor of `workdir` stays the caller's. */
struct sandbox_policy sandbox_policy_for(enum sandbox_stage stage,
                                         const struct manifest_limits *limits,
                                         const struct workdir *workdir);

/*
 * Makes what a child needs to run `program` (NULL: none) under `policy`, which must
 * outlive it. The caller releases it. ERROR_GRADER: this machine cannot confine a
 * child; says what is missing and what to do.
 */
int sandbox_prepare(const struct sandbox_policy *policy,
                    const char *program,
                    struct sandbox *sandbox,
                    struct error *error);

void sandbox_release(struct sandbox *sandbox);

/*
 * Confines the calling process for good. `parent` is the process that it must not
 * outlive. Returns NULL, or the name of the layer that failed (static), with errno set.
 */
const char *sandbox_enter(const struct sandbox *sandbox, pid_t parent);

/* The last layer, the filter of system calls: after it, a child can only run what it
 * was made for. Returns as sandbox_enter does. */
const char *sandbox_seal(const struct sandbox *sandbox);

#endif
