#include "outer_filter.h"

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Printed by make_outer_filter.c. */
#include "outer_rules.h"

int outer_filter_enter(void)
{
    const struct sock_fprog program = {
        .len = sizeof OUTER_RULES / sizeof OUTER_RULES[0],
        .filter = (struct sock_filter *)(uintptr_t)OUTER_RULES,
    };

    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program);
}
