#include "landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Of linux/landlock.h, which on older systems knows less than their kernel. */
enum {
    CREATE_RULESET_VERSION = 1,
    RULE_PATH_BENEATH = 1
};

#define EXECUTE (UINT64_C(1) << 0)
#define WRITE_FILE (UINT64_C(1) << 1)
#define READ_FILE (UINT64_C(1) << 2)
#define READ_DIR (UINT64_C(1) << 3)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_REGULAR (UINT64_C(1) << 8)
#define TRUNCATE (UINT64_C(1) << 14)

struct ruleset_attributes {
    uint64_t files;
    uint64_t network;
    uint64_t scopes;
};

struct path_attributes {
    uint64_t access;
    int32_t parent;
} __attribute__((packed));

/* What there is to handle, by version; index 0 is version 1. */
static const struct ruleset_attributes HANDLED[] = {
    {.files = (UINT64_C(1) << 13) - 1},
    {.files = (UINT64_C(1) << 14) - 1}, /* moving files between folders */
    {.files = (UINT64_C(1) << 15) - 1}, /* truncation */
    {.files = (UINT64_C(1) << 15) - 1, .network = 3},
    {.files = (UINT64_C(1) << 16) - 1, .network = 3}, /* questions to devices */
    {.files = (UINT64_C(1) << 16) - 1,
     .network = 3,
     .scopes = 3}, /* signals, sockets */
};

#define VERSION_MOST ((int)(sizeof HANDLED / sizeof HANDLED[0]))

int landlock_version(void)
{
    const long version =
        syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION);
    return version < 0 ? 0 : (int)version;
}

/* The index into HANDLED, or -1. */
static int handled_index(void)
{
    const int version = landlock_version();
    return (version < VERSION_MOST ? version : VERSION_MOST) - 1;
}

static size_t attributes_size(int index)
{
    if (index >= 5) {
        return sizeof(struct ruleset_attributes);
    }
    return index >= 3 ? offsetof(struct ruleset_attributes, scopes)
                      : offsetof(struct ruleset_attributes, network);
}

int landlock_open(void)
{
    const int index = handled_index();
    if (index < 0) {
        errno = EOPNOTSUPP;
        return -1;
    }
    return (int)syscall(SYS_landlock_create_ruleset, &HANDLED[index],
                        attributes_size(index), 0);
}

static uint64_t rights(enum landlock_access access)
{
    switch (access) {
    case LANDLOCK_RUN:
        return EXECUTE | READ_FILE | READ_DIR;
    case LANDLOCK_READ:
        return READ_FILE;
    case LANDLOCK_DISCARD:
        return READ_FILE | WRITE_FILE | TRUNCATE;
    case LANDLOCK_WORK:
        return READ_FILE | READ_DIR | WRITE_FILE | TRUNCATE | MAKE_REGULAR |
               REMOVE_FILE;
    }
    return 0;
}

int landlock_allow(int ruleset, int descriptor, enum landlock_access access)
{
    uint64_t wanted = rights(access);
    struct stat status;
    if (fstat(descriptor, &status) != 0) {
        return -1;
    }
    if ((wanted & ~HANDLED[0].files) != 0) {
        const int index = handled_index();
        if (index < 0) {
            return -1;
        }
        wanted &= HANDLED[index].files;
    }
    if (!S_ISDIR(status.st_mode)) {
        wanted &= EXECUTE | READ_FILE | WRITE_FILE | TRUNCATE;
    }
    const struct path_attributes rule = {.access = wanted, .parent = descriptor};
    return (int)syscall(SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0);
}

int landlock_allow_path(int ruleset, const char *path, enum landlock_access access)
{
    const int descriptor = open(path, O_PATH | O_CLOEXEC);
    if (descriptor < 0) {
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES ? 0 : -1;
    }
    const int result = landlock_allow(ruleset, descriptor, access);
    const int code = errno;
    close(descriptor);
    errno = code;
    return result;
}

int landlock_enter(int ruleset)
{
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
