#include "clock.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ADDRESS_SANITIZER
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ADDRESS_SANITIZER
#endif
#endif

void clock_give_up_counter(void)
{
    /* Only speed depends on it; AddressSanitizer has a clock of its own that
     * needs it. */
#if defined(__x86_64__) && !defined(HAS_ADDRESS_SANITIZER)
    prctl(PR_SET_TSC, PR_TSC_SIGSEGV);
#endif
}

/*
 * In place of the C library's, for Check too: those would read the counter.
 */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    return (int)syscall(SYS_clock_gettime, clock, now);
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    return (int)syscall(SYS_gettimeofday, now, zone);
}
