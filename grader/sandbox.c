#include "sandbox.h"

#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

struct sandbox_policy sandbox_policy_for(enum sandbox_stage stage,
                                         const struct manifest_limits *limits,
                                         int directory)
{
    struct sandbox_policy policy = {
        .stage = stage, .descriptors = 64, .directory = directory};

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

const char *sandbox_enter(const struct sandbox_policy *policy, pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
        return "the end with the parent";
    }
    /* The parent may have died before the line above: then no signal will come. */
    if (getppid() != parent) {
        errno = ESRCH;
        return "the end with the parent";
    }
    umask(077);
    if (fchdir(policy->directory) != 0) {
        return "the private directory";
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return "the refusal of new privileges";
    }
    return enter_limits(policy);
}
