/* make_outer_filter: the filter of outer_filter.h, printed for outer_filter.c. */
#include "print_filter.h"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#if defined(__x86_64__)
#include <asm/prctl.h>
#endif

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* One call, with the one argument that decides; mask 0: any arguments. */
struct rule {
    int call;
    unsigned argument;
    uint64_t mask;
    uint64_t value;
};

#define ANY(name)                                                                      \
    {                                                                                  \
        SCMP_SYS(name), 0, 0, 0                                                        \
    }
#define ONLY(name, argument, value)                                                    \
    {                                                                                  \
        SCMP_SYS(name), (argument), UINT32_MAX, (value)                                \
    }

static const struct rule RULES[] = {
    /* The one program, by its descriptor. */
    ONLY(execveat, 4, AT_EMPTY_PATH),
    /* start.c: the memory it lives in, none of it code. */
    {SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    ANY(munmap),
    ANY(madvise),
    ANY(close),
    ONLY(prctl, 0, PR_SET_DUMPABLE),
    ONLY(prctl, 0, PR_SET_NO_NEW_PRIVS),
    ONLY(prctl, 0, PR_SET_TSC),
#if defined(__x86_64__)
    ONLY(arch_prctl, 0, ARCH_SET_FS), /* arch_x86_64.h: the thread pointer */
#endif
    /* The zygote: a process like itself, in no new namespace, and its end. */
    ONLY(clone, 0, SIGCHLD),
    ANY(wait4),
    ANY(waitid),
    ONLY(mprotect, 2, PROT_READ), /* renew.c */
    /* faults.c */
    ANY(sigaltstack),
    ANY(rt_sigaction),
    /* lock_down.c */
    ONLY(prctl, 0, PR_SET_PDEATHSIG),
    ANY(setitimer),
    ONLY(seccomp, 0, SECCOMP_SET_MODE_FILTER),
    /* All of them. */
    ANY(read),
    ANY(write),
    ANY(exit),
    ANY(exit_group),
};

static int add_rule(scmp_filter_ctx context, const struct rule *rule)
{
    const struct scmp_arg_cmp condition =
        SCMP_CMP64(rule->argument, SCMP_CMP_MASKED_EQ, rule->mask, rule->value);
    return seccomp_rule_add_array(context, SCMP_ACT_ALLOW, rule->call,
                                  rule->mask != 0 ? 1 : 0, &condition);
}

static int add_rules(scmp_filter_ctx context)
{
    /* A call by the numbers of another processor is named like any other. */
    int status = seccomp_attr_set(context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_TRAP);
    for (size_t i = 0; i < COUNT(RULES) && status == 0; i++) {
        status = add_rule(context, &RULES[i]);
    }
    return status;
}

int main(void)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_TRAP);
    int status = -1;

    if (context != NULL && add_rules(context) == 0) {
        status = print_filter(context, "OUTER_RULES");
    }
    if (context != NULL) {
        seccomp_release(context);
    }
    if (status != 0) {
        fputs(
            "make_outer_filter: libseccomp cannot make the filter for this processor; "
            "install a current libseccomp\n",
            stderr);
    }
    return status == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
