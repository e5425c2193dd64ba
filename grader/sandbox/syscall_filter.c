#include "syscall_filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Printed by make_syscall_filters.c. */
#include "syscall_filters.h"

#define COUNT(array) (unsigned short)(sizeof(array) / sizeof(array)[0])

bool syscall_filter_is_offered(void)
{
    const uint32_t action = SECCOMP_RET_ERRNO;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

const struct syscall_filter *syscall_filter_of(enum syscall_set set,
                                               struct error *error)
{
    static const struct syscall_filter filters[] = {
        [SYSCALLS_COMPUTE] = {COMPUTE_RULES, COUNT(COMPUTE_RULES)},
        [SYSCALLS_TOOL] = {TOOL_RULES, COUNT(TOOL_RULES)},
        [SYSCALLS_TOOLS] = {TOOLS_RULES, COUNT(TOOLS_RULES)},
    };
    if (!syscall_filter_is_offered()) {
        error_set(error, ERROR_GRADER,
                  "this kernel does not offer seccomp, by which a submission's "
                  "compiler is kept from sockets and other processes; use one "
                  "with CONFIG_SECCOMP_FILTER, and allow seccomp(2) here");
        return NULL;
    }
    return &filters[set];
}

int syscall_filter_enter(const struct syscall_filter *filter)
{
    const struct sock_fprog program = {
        .len = filter->count,
        .filter = (struct sock_filter *)(uintptr_t)filter->rules,
    };
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}
