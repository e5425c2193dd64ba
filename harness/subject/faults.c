#include "arch.h"
#include "runtime.h"
#include "subject.h"

#include <signal.h>
#include <stddef.h>

ARCH_TRAPS;

/* Room for a signal frame with all of a large processor's registers. */
#define SIGNAL_STACK_BYTES 65536

static unsigned char signal_stack[SIGNAL_STACK_BYTES] __attribute__((aligned(16)));

/* The kernel's struct sigaction, which is not the C library's. */
struct kernel_sigaction {
    void (*handler)(int, siginfo_t *, void *);
    unsigned long flags;
    void (*restorer)(void);
    unsigned long mask;
};

/* x86-64 insists on the flag; no handler returns, so nothing is ever restored. */
#define KERNEL_SA_RESTORER 0x04000000

_Noreturn void subject_trapped(uint64_t index, uint64_t called_from);

static _Noreturn void on_signal(int number, siginfo_t *info, void *context)
{
    const uint64_t values[WIRE_VALUES] = {
        (uint64_t)number,
        (uint64_t)info->si_addr,
        arch_program_counter(context),
        (uint64_t)(uint32_t)info->si_code,
        (uint64_t)arch_access(context),
    };

    if (number == SIGSYS) {
        const uint64_t call[WIRE_VALUES] = {(uint64_t)(uint32_t)info->si_syscall, 0,
                                            (uint64_t)info->si_call_addr};
        subject_report(WIRE_EVENT_SYSTEM_CALL, call);
    }
    subject_report(WIRE_EVENT_SIGNAL, values);
}

void subject_handle_faults(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                  SIGTRAP, SIGPROF, SIGSYS};
    const stack_t stack = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack};
    const struct kernel_sigaction action = {
        .handler = on_signal,
        .flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | KERNEL_SA_RESTORER,
        .mask = 0,
    };

    if (system_call(SYS_sigaltstack, &stack, 0) != 0) {
        subject_exit(1);
    }
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        if (system_call(SYS_rt_sigaction, signals[i], &action, 0, sizeof action.mask) !=
            0) {
            subject_exit(1);
        }
    }
}

_Noreturn void subject_trapped(uint64_t index, uint64_t called_from)
{
    const uint64_t values[WIRE_VALUES] = {index, 0, called_from};

    subject_report(WIRE_EVENT_FORBIDDEN_CALL, values);
}

/* What assert.h and stdlib.h declare, for a submission that uses them. */
_Noreturn void abort(void);
_Noreturn void __assert_fail(const char *assertion,
                             const char *file,
                             unsigned line,
                             const char *function);

_Noreturn void __stack_chk_fail(void);

__attribute__((weak)) _Noreturn void __stack_chk_fail(void)
{
    const uint64_t values[WIRE_VALUES] = {WIRE_ABORT_STACK};

    subject_report(WIRE_EVENT_ABORT, values);
}

__attribute__((weak)) _Noreturn void abort(void)
{
    const uint64_t values[WIRE_VALUES] = {0};

    subject_report(WIRE_EVENT_ABORT, values);
}

__attribute__((weak)) _Noreturn void __assert_fail(const char *assertion,
                                                   const char *file,
                                                   unsigned line,
                                                   const char *function)
{
    const uint64_t values[WIRE_VALUES] = {line};

    (void)assertion;
    (void)file;
    (void)function;
    subject_report(WIRE_EVENT_ABORT, values);
}
