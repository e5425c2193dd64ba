#include "check_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    FILES = 2
};

/* A file, and the descriptor that Check has for it, or has closed since. */
struct file {
    int own; /* 0: not made yet */
    int lent;
    struct stat status;
};

static bool is_held(const struct file *file)
{
    struct stat now;

    return fstat(file->lent, &now) == 0 && now.st_ino == file->status.st_ino &&
           now.st_dev == file->status.st_dev;
}

static int make(struct file *file, const char *name)
{
    const int made = memfd_create(name, MFD_CLOEXEC);

    if (made < 0 || fstat(made, &file->status) != 0) {
        return -1;
    }
    file->own = made;
    return 0;
}

/* Descriptors of one file share their position: it is set for each new one. */
static int lend(struct file *file)
{
    if (ftruncate(file->own, 0) != 0 || lseek(file->own, 0, SEEK_SET) != 0) {
        return -1;
    }
    file->lent = fcntl(file->own, F_DUPFD_CLOEXEC, 0);
    return file->lent;
}

int mkstemp(char *name)
{
    static struct file files[FILES];

    for (int i = 0; i < FILES; i++) {
        struct file *const file = &files[i];
        if (file->own == 0 && make(file, name) != 0) {
            return -1;
        }
        if (file->lent == 0 || !is_held(file)) {
            return lend(file);
        }
    }
    errno = EMFILE;
    return -1;
}

int unlink(const char *name)
{
    (void)name;
    return 0;
}

int timer_create(clockid_t clock,
                 struct sigevent *restrict event,
                 timer_t *restrict timer)
{
    (void)clock, (void)event, (void)timer;
    errno = ENOSYS;
    return -1;
}
