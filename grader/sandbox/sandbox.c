#include "sandbox.h"

#include "landlock.h"
#include "private_user.h"
#include "sandbox_view.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct sandbox_policy sandbox_policy_for(enum sandbox_stage stage,
                                         const struct manifest_limits *limits,
                                         const struct workdir *workdir)
{
    struct sandbox_policy policy = {
        .stage = stage,
        .descriptors = 64,
        .is_confined = !workdir->trusts_submission,
        .user = workdir->trusts_submission ? 0 : workdir->user,
        .directory = workdir->descriptor,
    };

    switch (stage) {
    case SANDBOX_COMPILE:
        policy.limits = limits->compile;
        policy.may_fork = true;
        break;
    case SANDBOX_VERSION:
        policy.limits = limits->compile;
        policy.limits.file_bytes = 0;
        break;
    case SANDBOX_AUDIT:
        policy.limits = limits->audit;
        policy.limits.file_bytes = 0;
        policy.descriptors = 8;
        policy.keeps_program = true;
        break;
    case SANDBOX_LINK:
        policy.limits = limits->link;
        break;
    }
    return policy;
}

/* Both limits alike: a process may raise a soft limit up to the hard one. */
static int limit(int resource, uint64_t value)
{
    const struct rlimit pair = {.rlim_cur = value, .rlim_max = value};
    return setrlimit((__rlimit_resource_t)resource, &pair);
}

/* The kernel counts whole seconds; SIGXCPU comes at the soft limit, SIGKILL at the hard
 * one, so that a program which ignores the first still ends. */
static int limit_cpu(uint64_t milliseconds)
{
    const uint64_t seconds = (milliseconds + 999) / 1000;
    const struct rlimit pair = {.rlim_cur = seconds, .rlim_max = seconds + 1};
    return setrlimit(RLIMIT_CPU, &pair);
}

/* Address sanitizer reserves terabytes of addresses before main, so a process that
 * keeps this program's image cannot be limited in a build that carries it. */
static int limit_memory(const struct sandbox_policy *policy)
{
#if defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER 1
#endif
#endif
#ifdef HAS_ADDRESS_SANITIZER
    if (policy->keeps_program) {
        return 0;
    }
#endif
    return limit(RLIMIT_AS, policy->limits.memory_bytes);
}

static enum syscall_set set_of(enum sandbox_stage stage)
{
    switch (stage) {
    case SANDBOX_COMPILE:
        return SYSCALLS_TOOLS;
    case SANDBOX_VERSION:
    case SANDBOX_LINK:
        return SYSCALLS_TOOL;
    case SANDBOX_AUDIT:
        break;
    }
    return SYSCALLS_COMPUTE;
}

int sandbox_prepare(const struct sandbox_policy *policy,
                    const char *program,
                    struct sandbox *sandbox,
                    struct error *error)
{
    struct sandbox made = {.policy = policy, .ruleset = -1};
    if (policy->is_confined) {
        made.ruleset = sandbox_view_open(policy, program, error);
        if (made.ruleset < 0) {
            return -1;
        }
        made.filter = syscall_filter_of(set_of(policy->stage), error);
        if (made.filter == NULL) {
            close(made.ruleset);
            return -1;
        }
    }
    *sandbox = made;
    return 0;
}

void sandbox_release(struct sandbox *sandbox)
{
    if (sandbox->policy != NULL && sandbox->policy->is_confined) {
        close(sandbox->ruleset);
    }
    *sandbox = (struct sandbox){0};
}

static const char *enter_limits(const struct sandbox_policy *policy)
{
    if (limit_cpu(policy->limits.cpu_ms) != 0) {
        return "the limit on processor time";
    }
    if (limit_memory(policy) != 0) {
        return "the limit on memory";
    }
    if (limit(RLIMIT_FSIZE, policy->limits.file_bytes) != 0) {
        return "the limit on file size";
    }
    if (limit(RLIMIT_NOFILE, policy->descriptors) != 0) {
        return "the limit on open files";
    }
    /* A core file would hold the memory of a grading, and fill the disk. */
    if (limit(RLIMIT_CORE, 0) != 0) {
        return "the limit on core files";
    }
    /* Counted per user, over all processes: any other number would make gradings that
     * run side by side fail each other. Root is not bound by it. */
    if (!policy->may_fork && limit(RLIMIT_NPROC, 0) != 0) {
        return "the limit on processes";
    }
    return NULL;
}

static const char *follow_parent(pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return "the end with the parent";
    }
    /* The parent may have died before the line above: then no signal will come. */
    if (getppid() != parent) {
        errno = ESRCH;
        return "the end with the parent";
    }
    return NULL;
}

/* The order matters: a change of user takes the parent's death signal away, and counts
 * against the limit on processes. */
const char *sandbox_enter(const struct sandbox *sandbox, pid_t parent)
{
    const struct sandbox_policy *policy = sandbox->policy;
    umask(077);
    if (fchdir(policy->directory) != 0) {
        return "the private directory";
    }
    /* Trusted root keeps its rights: it works on files of the private user. */
    if ((policy->is_confined || policy->user != 0) &&
        private_user_enter(policy->user) != 0) {
        return "the change to a private user";
    }
    const char *step = follow_parent(parent);
    if (step != NULL) {
        return step;
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return "the refusal of new privileges";
    }
    if (policy->is_confined && landlock_enter(sandbox->ruleset) != 0) {
        return "landlock";
    }
    return enter_limits(policy);
}

const char *sandbox_seal(const struct sandbox *sandbox)
{
    if (sandbox->policy->is_confined && syscall_filter_enter(sandbox->filter) != 0) {
        return "the filter of system calls";
    }
    return NULL;
}
