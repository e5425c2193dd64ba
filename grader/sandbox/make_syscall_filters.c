/* make_syscall_filters: the filters of syscall_filter.h, as syscall_filter.c includes
 * them. */
#include "print_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* Namespaces are how a program would get rights that it then loses again elsewhere. */
#define NAMESPACES                                                                     \
    ((scmp_datum_t)CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |       \
     CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

static const int COMPUTE[] = {
    SCMP_SYS(read),         SCMP_SYS(write),         SCMP_SYS(writev),
    SCMP_SYS(close),        SCMP_SYS(fstat),         SCMP_SYS(lseek),
    SCMP_SYS(mmap),         SCMP_SYS(munmap),        SCMP_SYS(mremap),
    SCMP_SYS(mprotect),     SCMP_SYS(madvise),       SCMP_SYS(brk),
    SCMP_SYS(futex),        SCMP_SYS(getrandom),     SCMP_SYS(getpid),
    SCMP_SYS(gettid),       SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday),
    SCMP_SYS(sched_yield),  SCMP_SYS(rt_sigaction),  SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack),   SCMP_SYS(restart_syscall),
    SCMP_SYS(exit),         SCMP_SYS(exit_group),
};

static const int TOOL[] = {
    SCMP_SYS(execve),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(readv),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(stat),
    SCMP_SYS(lstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(statx),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getcwd),
    SCMP_SYS(getdents64),
    SCMP_SYS(unlink),
    SCMP_SYS(unlinkat),
    SCMP_SYS(rename),
    SCMP_SYS(renameat),
    SCMP_SYS(renameat2),
    SCMP_SYS(chmod),
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(umask),
    SCMP_SYS(ftruncate),
    SCMP_SYS(fallocate),
    SCMP_SYS(fcntl),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(select),
    SCMP_SYS(pselect6),
    SCMP_SYS(getppid),
    SCMP_SYS(getpgrp),
    SCMP_SYS(getuid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getegid),
    SCMP_SYS(getrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(getrusage),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sysinfo),
    SCMP_SYS(times),
    SCMP_SYS(time),
    SCMP_SYS(uname),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
};

static const int TOOLS[] = {
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(wait4),
    SCMP_SYS(waitid),
};

static int allow(scmp_filter_ctx context, const int *calls, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const int status = seccomp_rule_add(context, SCMP_ACT_ALLOW, calls[i], 0);
        if (status != 0) {
            return status;
        }
    }
    return 0;
}

static int allow_if(scmp_filter_ctx context, int call, struct scmp_arg_cmp condition)
{
    return seccomp_rule_add_array(context, SCMP_ACT_ALLOW, call, 1, &condition);
}

/* Of an int the kernel looks at the low half only. */
static struct scmp_arg_cmp argument_is(unsigned index, uint32_t value)
{
    return (struct scmp_arg_cmp){index, SCMP_CMP_MASKED_EQ, UINT32_MAX, value};
}

/* Opening a file to read it and emptying it all the same: landlock knows that as a
 * write only since its third version. */
static int allow_open(scmp_filter_ctx context, int call, unsigned flags_index)
{
    const scmp_datum_t mask = O_ACCMODE | O_TRUNC;
    const scmp_datum_t allowed[] = {O_RDONLY, O_WRONLY, O_RDWR, O_WRONLY | O_TRUNC,
                                    O_RDWR | O_TRUNC};
    for (size_t i = 0; i < COUNT(allowed); i++) {
        const int status =
            allow_if(context, call,
                     SCMP_CMP64(flags_index, SCMP_CMP_MASKED_EQ, mask, allowed[i]));
        if (status != 0) {
            return status;
        }
    }
    return 0;
}

static int allow_tool(scmp_filter_ctx context)
{
    int status = allow(context, TOOL, COUNT(TOOL));
    if (status == 0) {
        status = allow_open(context, SCMP_SYS(open), 1);
    }
    if (status == 0) {
        status = allow_open(context, SCMP_SYS(openat), 2);
    }
    /* Is it a terminal? No other question to a device. */
    if (status == 0) {
        status = allow_if(context, SCMP_SYS(ioctl), argument_is(1, TCGETS));
    }
    /* Its own limits, and not those of another process. */
    if (status == 0) {
        status = allow_if(context, SCMP_SYS(prlimit64), argument_is(0, 0));
    }
    return status;
}

static int allow_tools(scmp_filter_ctx context)
{
    const int status = allow(context, TOOLS, COUNT(TOOLS));
    if (status != 0) {
        return status;
    }
    return allow_if(context, SCMP_SYS(clone),
                    SCMP_A0_64(SCMP_CMP_MASKED_EQ, NAMESPACES, 0));
}

/* Each set holds the ones before it. */
static int print_sets(scmp_filter_ctx context)
{
    int status = allow(context, COMPUTE, COUNT(COMPUTE));
    if (status == 0) {
        status = print_filter(context, "COMPUTE_RULES");
    }
    if (status == 0) {
        status = allow_tool(context);
    }
    if (status == 0) {
        status = print_filter(context, "TOOL_RULES");
    }
    if (status == 0) {
        status = allow_tools(context);
    }
    return status == 0 ? print_filter(context, "TOOLS_RULES") : status;
}

int main(void)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    const int status = context == NULL ? -1 : print_sets(context);
    if (context != NULL) {
        seccomp_release(context);
    }
    if (status != 0) {
        fputs("make_syscall_filters: libseccomp cannot make the filters for this "
              "processor; install a current libseccomp\n",
              stderr);
    }
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
