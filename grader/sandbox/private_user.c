#include "private_user.h"

#include <linux/capability.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Beyond every account and every range that is handed out to containers; process
 * numbers are below 2^22, so two gradings at a time never share one. */
#define FIRST_USER 0x47000000u

/* In a user namespace only some numbers exist: then one of those that accounts of
 * people and of services do not reach. */
#define FIRST_SMALL_USER 30000u
#define SMALL_USERS 30000u

static bool has_right(const struct __user_cap_data_struct data[2], unsigned right)
{
    return (data[right / 32].effective & (1u << (right % 32))) != 0;
}

/* Root in a container may lack any of root's rights. */
static bool may_become_others(void)
{
    static const unsigned RIGHTS[] = {CAP_SETUID, CAP_SETGID, CAP_CHOWN,
                                      CAP_DAC_OVERRIDE, CAP_KILL};
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];
    if (geteuid() != 0 || syscall(SYS_capget, &header, data) != 0) {
        return false;
    }
    for (size_t i = 0; i < sizeof RIGHTS / sizeof RIGHTS[0]; i++) {
        if (!has_right(data, RIGHTS[i])) {
            return false;
        }
    }
    return true;
}

uid_t private_user_choose(int directory)
{
    const unsigned number = (unsigned)getpid();
    const uid_t candidates[] = {FIRST_USER + number,
                                FIRST_SMALL_USER + number % SMALL_USERS};
    if (!may_become_others()) {
        return 0;
    }
    for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
        if (fchown(directory, candidates[i], candidates[i]) == 0) {
            return candidates[i];
        }
    }
    return 0;
}

static int drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[2] = {{0}, {0}};
    return (int)syscall(SYS_capset, &header, none);
}

/* The C library's own functions tell every thread, which a process that still shares
 * its parent's memory must not try. */
int private_user_enter(uid_t user)
{
    if (user != 0 && (syscall(SYS_setgroups, 0, NULL) != 0 ||
                      syscall(SYS_setresgid, user, user, user) != 0 ||
                      syscall(SYS_setresuid, user, user, user) != 0)) {
        return -1;
    }
    return drop_capabilities();
}
