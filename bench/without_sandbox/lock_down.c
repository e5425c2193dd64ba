/* In place of harness/subject/lock_down.c: the clock of a test, and no filter. */
#include "arch.h"
#include "bare.h"
#include "runtime.h"

#include <sys/time.h>

BARE_MARK;

void subject_lock_down(uint64_t cpu_us)
{
    const struct itimerval timer = {
        .it_value = {.tv_sec = (time_t)(cpu_us / 1000000),
                     .tv_usec = (suseconds_t)(cpu_us % 1000000)},
    };

    if (system_call(SYS_setitimer, ITIMER_PROF, &timer, 0) != 0) {
        subject_exit(1);
    }
}
