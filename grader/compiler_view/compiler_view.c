/*
 * compiler_view: what the compiler and the assembler are told about files that the
 * sandbox keeps from them: that there are none.
 *
 * Landlock refuses to open a file with EACCES, where a missing file gives ENOENT, and
 * it does not refuse stat. A submission could tell the two apart by __has_include and
 * learn, one bit at a time, what lies on this machine. This library is loaded before
 * the C library's own (ld.so(8), LD_PRELOAD) and makes both answers the same. It
 * protects nothing by itself: a compiler that has been taken over can pass it by, and
 * still opens nothing.
 *
 * All calls go straight to the kernel, so that nothing has to be looked up.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Not declared anywhere: what older and hardened programs call instead. */
int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __openat_2(int directory, const char *path, int flags);
int __openat64_2(int directory, const char *path, int flags);
ssize_t __readlink_chk(const char *path, char *text, size_t size, size_t room);
int __xstat(int version, const char *path, struct stat *status);
int __lxstat(int version, const char *path, struct stat *status);
int __xstat64(int version, const char *path, struct stat64 *status);
int __lxstat64(int version, const char *path, struct stat64 *status);

#define PUBLIC __attribute__((visibility("default")))

/* What a path can be the reason for is one answer; what it cannot stays. */
static long answer(long result)
{
    if (result >= 0) {
        return result;
    }
    switch (errno) {
    case EBADF:
    case EDQUOT:
    case EEXIST: /* only of a file that is to be made */
    case EFAULT:
    case EINTR:
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOSPC:
        break;
    default:
        errno = ENOENT;
    }
    return result;
}

/* Of what can be seen but not opened, nothing may be told. */
static bool is_open_to_us(int directory, const char *path)
{
    const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    const long file = syscall(SYS_openat, directory, path, flags, 0);
    if (file >= 0) {
        syscall(SYS_close, file);
    }
    return file >= 0;
}

static long answer_about(int directory, const char *path, long result)
{
    const int code = errno;
    if (result >= 0 && path != NULL && path[0] != '\0' &&
        !is_open_to_us(directory, path)) {
        errno = ENOENT;
        return -1;
    }
    errno = code;
    return answer(result);
}

static int open_path(int directory, const char *path, int flags, mode_t mode)
{
    return (int)answer(syscall(SYS_openat, directory, path, flags, mode));
}

static int stat_path(int directory, const char *path, void *status, int flags)
{
    return (int)answer_about(directory, path,
                             syscall(SYS_newfstatat, directory, path, status, flags));
}

/* The mode is there only if the flags may make a file. */
#define READ_MODE(mode, flags)                                                         \
    do {                                                                               \
        if (((flags)&O_CREAT) != 0 || ((flags)&O_TMPFILE) == O_TMPFILE) {              \
            va_list list;                                                              \
            va_start(list, flags);                                                     \
            (mode) = va_arg(list, mode_t);                                             \
            va_end(list);                                                              \
        }                                                                              \
    } while (0)

PUBLIC int open(const char *path, int flags, ...)
{
    mode_t mode = 0;
    READ_MODE(mode, flags);
    return open_path(AT_FDCWD, path, flags, mode);
}

PUBLIC int open64(const char *path, int flags, ...)
{
    mode_t mode = 0;
    READ_MODE(mode, flags);
    return open_path(AT_FDCWD, path, flags, mode);
}

PUBLIC int openat(int directory, const char *path, int flags, ...)
{
    mode_t mode = 0;
    READ_MODE(mode, flags);
    return open_path(directory, path, flags, mode);
}

PUBLIC int openat64(int directory, const char *path, int flags, ...)
{
    mode_t mode = 0;
    READ_MODE(mode, flags);
    return open_path(directory, path, flags, mode);
}

PUBLIC int __open_2(const char *path, int flags)
{
    return open_path(AT_FDCWD, path, flags, 0);
}

PUBLIC int __open64_2(const char *path, int flags)
{
    return open_path(AT_FDCWD, path, flags, 0);
}

PUBLIC int __openat_2(int directory, const char *path, int flags)
{
    return open_path(directory, path, flags, 0);
}

PUBLIC int __openat64_2(int directory, const char *path, int flags)
{
    return open_path(directory, path, flags, 0);
}

/* fopen(3): the letter, then '+' for both ways, 'x' for a new file, 'e' for one that is
 * closed on exec. */
static int flags_of(const char *mode)
{
    const bool is_both = strchr(mode, '+') != NULL;
    int flags = is_both ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
    if (mode[0] != 'r') {
        flags |= O_CREAT | (mode[0] == 'a' ? O_APPEND : O_TRUNC);
    }
    flags |= strchr(mode, 'x') != NULL ? O_EXCL : 0;
    return flags | (strchr(mode, 'e') != NULL ? O_CLOEXEC : 0);
}

PUBLIC FILE *fopen(const char *restrict path, const char *restrict mode)
{
    const int file = open_path(AT_FDCWD, path, flags_of(mode), 0666);
    FILE *const stream = file >= 0 ? fdopen(file, mode) : NULL;
    if (file >= 0 && stream == NULL) {
        syscall(SYS_close, file);
    }
    return stream;
}

PUBLIC FILE *fopen64(const char *restrict path, const char *restrict mode)
{
    return fopen(path, mode);
}

PUBLIC DIR *opendir(const char *path)
{
    const int flags = O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC;
    const int directory = open_path(AT_FDCWD, path, flags, 0);
    return directory >= 0 ? fdopendir(directory) : NULL;
}

PUBLIC int stat(const char *restrict path, struct stat *restrict status)
{
    return stat_path(AT_FDCWD, path, status, 0);
}

PUBLIC int stat64(const char *restrict path, struct stat64 *restrict status)
{
    return stat_path(AT_FDCWD, path, status, 0);
}

PUBLIC int lstat(const char *restrict path, struct stat *restrict status)
{
    return stat_path(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

PUBLIC int lstat64(const char *restrict path, struct stat64 *restrict status)
{
    return stat_path(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

PUBLIC int fstatat(int directory,
                   const char *restrict path,
                   struct stat *restrict status,
                   int flags)
{
    return stat_path(directory, path, status, flags);
}

PUBLIC int fstatat64(int directory,
                     const char *restrict path,
                     struct stat64 *restrict status,
                     int flags)
{
    return stat_path(directory, path, status, flags);
}

PUBLIC int __xstat(int version, const char *path, struct stat *status)
{
    (void)version;
    return stat_path(AT_FDCWD, path, status, 0);
}

PUBLIC int __xstat64(int version, const char *path, struct stat64 *status)
{
    (void)version;
    return stat_path(AT_FDCWD, path, status, 0);
}

PUBLIC int __lxstat(int version, const char *path, struct stat *status)
{
    (void)version;
    return stat_path(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

PUBLIC int __lxstat64(int version, const char *path, struct stat64 *status)
{
    (void)version;
    return stat_path(AT_FDCWD, path, status, AT_SYMLINK_NOFOLLOW);
}

PUBLIC int statx(int directory,
                 const char *restrict path,
                 int flags,
                 unsigned mask,
                 struct statx *restrict status)
{
    return (int)answer_about(directory, path,
                             syscall(SYS_statx, directory, path, flags, mask, status));
}

PUBLIC int access(const char *path, int mode)
{
    return (int)answer_about(AT_FDCWD, path,
                             syscall(SYS_faccessat, AT_FDCWD, path, mode));
}

/* No program is set-user-id here: the flag about effective rights changes nothing. */
PUBLIC int faccessat(int directory, const char *path, int mode, int flags)
{
    (void)flags;
    return (int)answer_about(directory, path,
                             syscall(SYS_faccessat, directory, path, mode));
}

PUBLIC int eaccess(const char *path, int mode)
{
    return access(path, mode);
}

PUBLIC int euidaccess(const char *path, int mode)
{
    return access(path, mode);
}

/* That a file is no link is told only of one that can be opened. */
PUBLIC ssize_t readlink(const char *restrict path, char *restrict text, size_t size)
{
    const long result = syscall(SYS_readlinkat, AT_FDCWD, path, text, size);
    if (result < 0 && errno == EINVAL && is_open_to_us(AT_FDCWD, path)) {
        errno = EINVAL;
        return result;
    }
    return answer_about(AT_FDCWD, path, result);
}

PUBLIC ssize_t __readlink_chk(const char *path, char *text, size_t size, size_t room)
{
    return readlink(path, text, size < room ? size : room);
}
