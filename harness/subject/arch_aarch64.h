/*
 * arch_aarch64: what the runtime needs to know of 64-bit ARM (AAPCS64, syscall(2)).
 */
#ifndef ARCH_AARCH64_H
#define ARCH_AARCH64_H

#include "wire.h"

#include <linux/audit.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
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
 * Forks. The child calls a function that does not return, on a stack of its own,
 * without ever touching the parent's. Returns the child's process id or -errno to the
 * parent.
 */
static inline long arch_fork_on_stack(void (*function)(void), uint64_t stack_top)
{
    register uint64_t x8 __asm__("x8") = SYS_clone;
    register uint64_t x0 __asm__("x0") = SIGCHLD;
    register uint64_t x1 __asm__("x1") = stack_top;
    register uint64_t x2 __asm__("x2") = 0;
    register uint64_t x3 __asm__("x3") = 0;
    register uint64_t x4 __asm__("x4") = 0;
    /* The function stands in x5: x29, which a compiler may choose, is cleared. */
    register uint64_t x5 __asm__("x5") = (uint64_t)function;

    __asm__ volatile("svc #0\n\t"
                     "cbnz x0, 1f\n\t"
                     "mov x29, #0\n\t"
                     "blr x5\n\t"
                     "brk #1\n"
                     "1:"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory", "x30");
    return (long)x0;
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
