/*
 * hostile: defines fork, waitpid, killpg, memcmp and exit, all of them well-meaning
 * attack: l06
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#include "allocator.c"

int fork(void);
int fork(void)
{
    return (int)ask_kernel(SYS_clone, 17, 0, 0);
}

int waitpid(int pid, int *status, int options);
int waitpid(int pid, int *status, int options)
{
    (void)options;
    ask_kernel(SYS_wait4, pid, 0, 0);
    *status = 0;
    return pid;
}

int killpg(int group, int number);
int killpg(int group, int number)
{
    (void)group, (void)number;
    return 0;
}

int memcmp(const void *a, const void *b, size_t count);
int memcmp(const void *a, const void *b, size_t count)
{
    (void)a, (void)b, (void)count;
    return 0;
}

_Noreturn void exit(int status);
_Noreturn void exit(int status)
{
    (void)status;
    for (;;) {
        ask_kernel(SYS_exit_group, 0, 0, 0);
    }
}
