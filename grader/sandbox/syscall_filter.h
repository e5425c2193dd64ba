/*
 * syscall_filter: the system calls that a confined child is left with.
 *
 * A list of what is allowed; everything else answers ENOSYS, as a kernel that is older
 * would, because C libraries know what to do about that. Nobody is left with sockets,
 * signals to others, tracing, mounts, namespaces, keys, io_uring or bpf.
 *
 * The one thing to get wrong: a filter is inherited over exec, so it must serve the
 * program that comes, and its loader, and whatever that starts.
 */
#ifndef SYSCALL_FILTER_H
#define SYSCALL_FILTER_H

#include "error.h"

#include <stdbool.h>

struct sock_filter;

enum syscall_set {
    SYSCALLS_COMPUTE, /* our own code, already running: memory and open descriptors */
    SYSCALLS_TOOL,    /* one program that reads and writes files */
    SYSCALLS_TOOLS    /* a program that also starts others */
};

/* A program for the kernel. */
struct syscall_filter {
    const struct sock_filter *rules;
    unsigned short count;
};

/* Does this kernel take filters, and from this process? */
bool syscall_filter_is_offered(void);

/* The filter of a set. NULL and ERROR_GRADER: filters are not offered. */
const struct syscall_filter *syscall_filter_of(enum syscall_set set,
                                               struct error *error);

/* Puts the calling process under the filter, for good; needs no_new_privs. A system
 * call and nothing else. 0, or -1 with errno. */
int syscall_filter_enter(const struct syscall_filter *filter);

#endif
