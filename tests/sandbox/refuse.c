/*
 * refuse: runs a program on a machine that is poorer than this one.
 *
 *     refuse namespaces|landlock|seccomp PROGRAM [ARGUMENT...]
 *
 * namespaces: as in a container of Docker's default profile, nobody may unshare, mount,
 * enter a namespace or start a process in a new one. landlock, seccomp: as on a kernel
 * that does not have it. The filter is inherited by all that the program starts.
 */
#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMESPACES                                                                     \
    ((scmp_datum_t)CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC |       \
     CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET)

static bool refuse(scmp_filter_ctx context, int errnum, int call)
{
    return seccomp_rule_add(context, SCMP_ACT_ERRNO((uint16_t)errnum), call, 0) == 0;
}

/* A process in any one new namespace; clone's flags are its first argument. */
static bool refuse_clone(scmp_filter_ctx context)
{
    for (unsigned bit = 0; bit < 32; bit++) {
        const scmp_datum_t flag = (scmp_datum_t)1 << bit;
        if ((NAMESPACES & flag) != 0 &&
            seccomp_rule_add(context, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                             SCMP_A0_64(SCMP_CMP_MASKED_EQ, flag, flag)) != 0) {
            return false;
        }
    }
    return refuse(context, ENOSYS, SCMP_SYS(clone3));
}

static bool add_rules(scmp_filter_ctx context, const char *what)
{
    if (strcmp(what, "landlock") == 0) {
        return refuse(context, ENOSYS, SCMP_SYS(landlock_create_ruleset));
    }
    if (strcmp(what, "seccomp") == 0) {
        return refuse(context, ENOSYS, SCMP_SYS(seccomp));
    }
    return strcmp(what, "namespaces") == 0 &&
           refuse(context, EPERM, SCMP_SYS(unshare)) &&
           refuse(context, EPERM, SCMP_SYS(setns)) &&
           refuse(context, EPERM, SCMP_SYS(mount)) &&
           refuse(context, EPERM, SCMP_SYS(umount2)) &&
           refuse(context, EPERM, SCMP_SYS(pivot_root)) && refuse_clone(context);
}

int main(int argc, char **argv)
{
    scmp_filter_ctx context = seccomp_init(SCMP_ACT_ALLOW);
    /* Root needs no other permission to install a filter, and a grader that is root
     * must stay able to become somebody else. */
    if (argc < 3 || context == NULL || !add_rules(context, argv[1]) ||
        (geteuid() == 0 && seccomp_attr_set(context, SCMP_FLTATR_CTL_NNP, 0) != 0) ||
        seccomp_load(context) != 0) {
        fputs("refuse: the filter cannot be installed\n", stderr);
        return 126;
    }
    execv(argv[2], argv + 2);
    perror("refuse");
    return 127;
}
