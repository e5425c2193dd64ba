/*
 * arch_aarch64: what the runtime needs to know of 64-bit ARM (AAPCS64, syscall(2)).
 */
#ifndef ARCH_AARCH64_H
#define ARCH_AARCH64_H

#include "wire.h"

#include <linux/audit.h>
#include <linux/mman.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <ucontext.h>

#define ARCH_AUDIT AUDIT_ARCH_AARCH64

/* Ends of the address space, largest first; munmap(2) refuses what lies beyond. */
#define ARCH_ADDRESS_SPACE_ENDS                                                        \
    {                                                                                  \
        0x1000000000000u, 0x800000000000u, 0x40000000000u, 0x8000000000u               \
    }

static inline long arch_syscall(
    long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
{
    register uint64_t x8 __asm__("x8") = (uint64_t)number;
    register uint64_t x0 __asm__("x0") = a;
    register uint64_t x1 __asm__("x1") = b;
    register uint64_t x2 __asm__("x2") = c;
    register uint64_t x3 __asm__("x3") = d;
    register uint64_t x4 __asm__("x4") = e;
    register uint64_t x5 __asm__("x5") = f;

    __asm__ volatile("svc #0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return (long)x0;
}

/*
 * Forks, with the zygote's key. Returns the child's process id or -errno to the parent.
 *
 * The child begins on a stack of its own and never touches the parent's. It has the key
 * in x5, and must not keep it: it does without the runtime what needs it (the channel
 * of the zygote is not its own, it must not outlive the zygote, and has so long to
 * live), leaves nothing of that on its stack, and clears every register (ARCH_CHILD).
 */
static inline long arch_fork(uint64_t key,
                             uint64_t stack_top,
                             uint64_t cpu_seconds,
                             uint64_t cpu_microseconds)
{
    register uint64_t x8 __asm__("x8") = SYS_clone;
    register uint64_t x0 __asm__("x0") = SIGCHLD;
    register uint64_t x1 __asm__("x1") = stack_top;
    register uint64_t x2 __asm__("x2") = 0;
    register uint64_t x3 __asm__("x3") = 0;
    register uint64_t x4 __asm__("x4") = 0;
    register uint64_t x5 __asm__("x5") = key;
    register uint64_t x9 __asm__("x9") = cpu_seconds;
    register uint64_t x10 __asm__("x10") = cpu_microseconds;

    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 2f\n\t"
                     "mov x8, %[close]\n\t"
                     "mov x0, %[control]\n\t"
                     "svc #0\n\t"
                     "mov x8, %[prctl]\n\t"
                     "mov x0, %[death_signal]\n\t"
                     "mov x1, %[kill]\n\t"
                     "svc #0\n\t"
                     /* struct itimerval: no interval, and the first time */
                     "sub sp, sp, #32\n\t"
                     "stp x9, x10, [sp, #16]\n\t"
                     "mov x8, %[setitimer]\n\t"
                     "mov x0, %[profiling]\n\t"
                     "mov x1, sp\n\t"
                     "mov x2, #0\n\t"
                     "svc #0\n\t"
                     "stp xzr, xzr, [sp, #16]\n\t"
                     "add sp, sp, #32\n\t"
                     "cbz x0, subject_child_begin\n\t"
                     "mov x8, %[exit_group]\n\t"
                     "mov x0, #1\n\t"
                     "svc #0\n\t"
                     "brk #1\n"
                     "2:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5), "r"(x9),
                       "r"(x10), [close] "i"(SYS_close), [control] "i"(WIRE_FD_CONTROL),
                       [prctl] "i"(SYS_prctl), [death_signal] "i"(PR_SET_PDEATHSIG),
                       [kill] "i"(SIGKILL), [setitimer] "i"(SYS_setitimer),
                       [profiling] "i"(ITIMER_PROF), [exit_group] "i"(SYS_exit_group)
                     : "memory");
    return (long)x0;
}

/*
 * The beginning of a child's life, the first as any later: with its stack pointer at
 * the top of its stack, and nothing in a register.
 */
#define ARCH_CHILD                                                                     \
    __asm__(".pushsection .text, \"ax\", %progbits\n"                                  \
            ".globl subject_child_begin\n"                                             \
            "subject_child_begin:\n\t"                                                 \
            "msr fpcr, xzr\n\t"                                                        \
            "msr fpsr, xzr\n\t"                                                        \
            "msr nzcv, xzr\n\t"                                                        \
            ".irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\t"    \
            "mov x\\number, #0\n\t"                                                    \
            "movi v\\number\\().2d, #0\n\t"                                            \
            ".endr\n\t"                                                                \
            ".irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29\n\t"  \
            "mov x\\number, #0\n\t"                                                    \
            "movi v\\number\\().2d, #0\n\t"                                            \
            ".endr\n\t"                                                                \
            "movi v30.2d, #0\n\t"                                                      \
            "movi v31.2d, #0\n\t"                                                      \
            "bl subject_child\n\t"                                                     \
            "brk #1\n"                                                                 \
            ".popsection")

/*
 * Empties both stacks, of which each is its first address and its bytes, and begins
 * anew at the top of the first. The page there is written over: one that is given back
 * costs a fault when it is used again.
 */
static inline _Noreturn void arch_begin_anew(const uint64_t stack[2],
                                             const uint64_t signal_stack[2])
{
    register uint64_t x8 __asm__("x8") = SYS_madvise;
    register uint64_t x0 __asm__("x0") = stack[0];
    register uint64_t x1 __asm__("x1") = stack[1] - 4096;
    register uint64_t x2 __asm__("x2") = MADV_DONTNEED;
    register uint64_t x9 __asm__("x9") = signal_stack[0];
    register uint64_t x10 __asm__("x10") = signal_stack[1];
    register uint64_t x11 __asm__("x11") = stack[0] + stack[1];

    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x0, x9\n\t"
                     "mov x1, x10\n\t"
                     "svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "sub x9, x11, #4096\n"
                     "0:\tstp xzr, xzr, [x9], #16\n\t"
                     "cmp x9, x11\n\t"
                     "b.ne 0b\n\t"
                     "mov sp, x11\n\t"
                     "b subject_child_begin\n"
                     "1:\tmov x8, %[exit_group]\n\t"
                     "mov x0, #1\n\t"
                     "svc #0\n\t"
                     "brk #1\n"
                     :
                     : "r"(x8), "r"(x0), "r"(x1), "r"(x2), "r"(x9), "r"(x10),
                       "r"(x11), [exit_group] "i"(SYS_exit_group)
                     : "memory", "cc");
    __builtin_unreachable();
}

static inline uint64_t arch_program_counter(const ucontext_t *context)
{
    return context->uc_mcontext.pc;
}

static inline uint64_t arch_frame(const ucontext_t *context)
{
    return context->uc_mcontext.regs[29];
}

/* Where a function returns to that has no frame of its own yet: the link register. */
static inline uint64_t arch_return_address(const ucontext_t *context,
                                           uint64_t low,
                                           uint64_t high)
{
    (void)low, (void)high;
    return context->uc_mcontext.regs[30];
}

/* The syndrome register that tells stands in an optional record; not worth reading. */
static inline enum wire_access arch_access(const ucontext_t *context)
{
    (void)context;
    return WIRE_ACCESS_UNKNOWN;
}

#define ARCH_ENTRY                                                                     \
    __asm__(".pushsection .text.entry, \"ax\", %progbits\n"                            \
            "subject_entry:\n\t"                                                       \
            "mov x29, #0\n\t"                                                          \
            "mov x30, #0\n\t"                                                          \
            "mov x0, sp\n\t"                                                           \
            "adrp x1, subject_zygote_stack_top\n\t"                                    \
            "add x1, x1, :lo12:subject_zygote_stack_top\n\t"                           \
            "mov sp, x1\n\t"                                                           \
            "bl subject_start\n\t"                                                     \
            "brk #1\n"                                                                 \
            ".popsection")

#define ARCH_TRAPS                                                                     \
    __asm__(".pushsection .text.traps, \"ax\", %progbits\n"                            \
            ".macro subject_trap_stub index\n\t"                                       \
            ".weak subject_trap_\\index\n\t"                                           \
            ".type subject_trap_\\index, %function\n"                                  \
            "subject_trap_\\index:\n\t"                                                \
            "mov w0, #\\index\n\t"                                                     \
            "mov x1, x30\n\t"                                                          \
            "bl subject_trapped\n\t"                                                   \
            "brk #1\n"                                                                 \
            ".endm\n"                                                                  \
            ".altmacro\n"                                                              \
            ".set subject_trap_count, 0\n"                                             \
            ".rept 64\n\t"                                                             \
            "subject_trap_stub %subject_trap_count\n"                                  \
            ".set subject_trap_count, subject_trap_count + 1\n"                        \
            ".endr\n"                                                                  \
            ".noaltmacro\n"                                                            \
            ".popsection")

#endif
