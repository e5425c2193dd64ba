/*
 * arch: the processor, and the few system calls that the runtime makes itself.
 */
#ifndef ARCH_H
#define ARCH_H

#if defined(__x86_64__)
#include "arch_x86_64.h"
#elif defined(__aarch64__)
#include "arch_aarch64.h"
#else
#error "the subject's runtime knows x86_64 and aarch64"
#endif

#include <sys/syscall.h>

/* The result of the kernel: negative values are -errno. Missing arguments are 0. */
#define system_call(...) system_call_(__VA_ARGS__, 0, 0, 0, 0, 0, 0, 0)
#define system_call_(number, a, b, c, d, e, f, ...)                                    \
    arch_syscall((long)(number), (uint64_t)(a), (uint64_t)(b), (uint64_t)(c),          \
                 (uint64_t)(d), (uint64_t)(e), (uint64_t)(f))

/* The same with the zygote's key (lock_down.c), in the last argument, which no call of
 * the runtime has another use for. */
#define keyed_call(key, ...) keyed_call_((key), __VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define keyed_call_(key, number, a, b, c, d, e, ...)                                   \
    arch_syscall((long)(number), (uint64_t)(a), (uint64_t)(b), (uint64_t)(c),          \
                 (uint64_t)(d), (uint64_t)(e), (key))

#endif
