#include "syscall_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

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

static int allow_set(scmp_filter_ctx context, enum syscall_set set)
{
    int status = allow(context, COMPUTE, COUNT(COMPUTE));
    if (status == 0 && set != SYSCALLS_COMPUTE) {
        status = allow_tool(context);
    }
    if (status == 0 && set == SYSCALLS_TOOLS) {
        status = allow_tools(context);
    }
    return status;
}

/* libseccomp writes a program to a descriptor only; memory is what the child needs. */
static int take_program(scmp_filter_ctx context, struct syscall_filter *filter)
{
    struct stat status;
    struct sock_filter *rules = NULL;
    int result = -1;
    const int file = memfd_create("filter", MFD_CLOEXEC);
    if (file < 0) {
        return -1;
    }
    if (seccomp_export_bpf(context, file) != 0 || fstat(file, &status) != 0) {
        goto out;
    }
    const size_t size = (size_t)status.st_size;
    rules = malloc(size);
    if (rules == NULL || size / sizeof *rules > UINT16_MAX ||
        pread(file, rules, size, 0) != (ssize_t)size) {
        goto out;
    }
    *filter = (struct syscall_filter){rules, (unsigned short)(size / sizeof *rules)};
    rules = NULL;
    result = 0;
out:
    free(rules);
    close(file);
    return result;
}

bool syscall_filter_is_offered(void)
{
    const uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

static int make(enum syscall_set set, struct syscall_filter *filter)
{
    int result = -1;
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    if (context != NULL && allow_set(context, set) == 0) {
        result = take_program(context, filter);
    }
    if (context != NULL) {
        seccomp_release(context);
    }
    return result;
}

const struct syscall_filter *syscall_filter_of(enum syscall_set set,
                                               struct error *error)
{
    static struct syscall_filter made[SYSCALL_SETS];
    struct syscall_filter *const filter = &made[set];
    if (filter->rules != NULL) {
        return filter;
    }
    if (!syscall_filter_is_offered()) {
        error_set(error, ERROR_GRADER,
                  "this kernel does not offer seccomp, by which a submission's "
                  "compiler is kept from sockets and other processes; use one "
                  "with CONFIG_SECCOMP_FILTER, and allow seccomp(2) here");
        return NULL;
    }
    if (make(set, filter) != 0) {
        error_set(error, ERROR_GRADER,
                  "libseccomp cannot make a filter of system calls for this "
                  "machine; install a current libseccomp");
        return NULL;
    }
    return filter;
}

int syscall_filter_enter(const struct syscall_filter *filter)
{
    const struct sock_fprog program = {.len = filter->count, .filter = filter->rules};
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}
