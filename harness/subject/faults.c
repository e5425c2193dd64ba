#include "arch.h"
#include "runtime.h"
#include "subject.h"

#include <signal.h>
#include <stddef.h>

ARCH_TRAPS;

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

static _Noreturn void on_system_call(const siginfo_t *info, const ucontext_t *context)
{
    const uint64_t values[WIRE_VALUES] = {(uint64_t)(uint32_t)info->si_syscall};

    /* The instruction itself is behind it. */
    subject_report(WIRE_EVENT_SYSTEM_CALL, values, arch_program_counter(context) - 1,
                   arch_frame(context));
}

static _Noreturn void on_signal(int number, siginfo_t *info, void *context)
{
    const uint64_t values[WIRE_VALUES] = {
        (uint64_t)number,
        (uint64_t)info->si_addr,
        (uint64_t)(uint32_t)info->si_code,
        (uint64_t)arch_access(context),
    };
    uint64_t places[WIRE_PLACES] = {0};

    if (number == SIGSYS) {
        on_system_call(info, context);
    }
    /* At which instruction its time is up differs from run to run. */
    if (number != SIGPROF) {
        subject_find_places(arch_program_counter(context),
                            arch_return_address(context, WIRE_STACK_BASE,
                                                WIRE_STACK_BASE + WIRE_STACK_BYTES),
                            arch_frame(context), places);
    }
    if (places[0] == 0) {
        subject_find_places(subject_entered(), 0, 0, places);
    }
    subject_report_places(WIRE_EVENT_SIGNAL, values, places);
}

void subject_handle_faults(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                  SIGTRAP, SIGPROF, SIGSYS};
    const stack_t stack = {.ss_sp = (void *)WIRE_SIGNAL_STACK_BASE,
                           .ss_size = WIRE_SIGNAL_STACK_BYTES};
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

#define OWN_FRAME ((uint64_t)__builtin_frame_address(0))

_Noreturn void subject_trapped(uint64_t index, uint64_t called_from)
{
    const uint64_t values[WIRE_VALUES] = {index};

    subject_report(WIRE_EVENT_FORBIDDEN_CALL, values, called_from - 1, OWN_FRAME);
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

    subject_report(WIRE_EVENT_ABORT, values, 0, OWN_FRAME);
}

__attribute__((weak)) _Noreturn void abort(void)
{
    const uint64_t values[WIRE_VALUES] = {0};

    subject_report(WIRE_EVENT_ABORT, values, 0, OWN_FRAME);
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
    subject_report(WIRE_EVENT_ABORT, values, 0, OWN_FRAME);
}
