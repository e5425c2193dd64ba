/*
 * sandbox: what a child that reads a student's bytes may do: one policy per stage.
 *
 * The one thing to get wrong: sandbox_enter runs between fork and exec, possibly in the
 * memory of the parent (vfork). It makes system calls and nothing else.
 *
 * This is the only module that knows how a child is confined. In force now: limits on
 * processor time, memory, file size, descriptors and processes; no core file; no new
 * privileges; death with the parent; a working directory of its own.
 */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "manifest.h"

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
    int directory;     /* descriptor of the working directory */
};

/* The policy of a stage. `directory` stays the caller's. */
struct sandbox_policy sandbox_policy_for(enum sandbox_stage stage,
                                         const struct manifest_limits *limits,
                                         int directory);

/*
 * Confines the calling process for good. `parent` is the process that it must not
 * outlive. Returns NULL, or the name of the layer that failed (static), with errno set.
 */
const char *sandbox_enter(const struct sandbox_policy *policy, pid_t parent);

#endif
