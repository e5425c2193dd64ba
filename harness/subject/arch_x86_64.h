/*
 * arch_x86_64: what the runtime needs to know of x86-64 (System V psABI, syscall(2)).
 */
#ifndef ARCH_X86_64_H
#define ARCH_X86_64_H

#include "wire.h"

#include <linux/audit.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <ucontext.h>

#define ARCH_AUDIT AUDIT_ARCH_X86_64

/* Ends of the address space, largest first; munmap(2) refuses what lies beyond. */
#define ARCH_ADDRESS_SPACE_ENDS                                                        \
    {                                                                                  \
        0x7ffffffff000u                                                                \
    }

static inline long arch_syscall(
    long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
{
    register uint64_t r10 __asm__("r10") = d;
    register uint64_t r8 __asm__("r8") = e;
    register uint64_t r9 __asm__("r9") = f;
    long result;

    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
}

/*
 * Forks. The child calls a function that does not return, on a stack of its own,
 * without ever touching the parent's. Returns the child's process id or -errno to the
 * parent.
 */
static inline long arch_fork_on_stack(void (*function)(void), uint64_t stack_top)
{
    /* The function stands in rbx ("b"): rbp, which a compiler may choose,
     * is cleared. */
    register uint64_t r10 __asm__("r10") = 0;
    register uint64_t r8 __asm__("r8") = 0;
    long result;

    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "call *%[function]\n\t"
                     "ud2\n"
                     "1:"
                     : "=a"(result)
                     : "a"((long)SYS_clone), "D"((uint64_t)SIGCHLD), "S"(stack_top),
                       "d"((uint64_t)0), "r"(r10), "r"(r8), [function] "b"(function)
                     : "rcx", "r11", "memory");
    return result;
}

static inline uint64_t arch_program_counter(const ucontext_t *context)
{
    return (uint64_t)context->uc_mcontext.gregs[REG_RIP];
}

static inline uint64_t arch_frame(const ucontext_t *context)
{
    return (uint64_t)context->uc_mcontext.gregs[REG_RBP];
}

/* Where a function returns to that has no frame of its own yet: the word on top of the
 * stack, 0 if that is not within [low, high). */
static inline uint64_t arch_return_address(const ucontext_t *context,
                                           uint64_t low,
                                           uint64_t high)
{
    const uint64_t top = (uint64_t)context->uc_mcontext.gregs[REG_RSP];

    return top >= low && top <= high - sizeof top ? *(const uint64_t *)top : 0;
}

/* From the page fault's error code: bit 1 a write, bit 4 an instruction fetch. */
static inline enum wire_access arch_access(const ucontext_t *context)
{
    const uint64_t error = (uint64_t)context->uc_mcontext.gregs[REG_ERR];
    const uint64_t page_fault = 14;

    if ((uint64_t)context->uc_mcontext.gregs[REG_TRAPNO] != page_fault) {
        return WIRE_ACCESS_UNKNOWN;
    }
    if ((error & 16) != 0) {
        return WIRE_ACCESS_EXECUTE;
    }
    return (error & 2) != 0 ? WIRE_ACCESS_WRITE : WIRE_ACCESS_READ;
}

/* The first instructions of the program: hand the kernel's stack over as an argument,
 * and leave it. */
#define ARCH_ENTRY                                                                     \
    __asm__(".pushsection .text.entry, \"ax\", @progbits\n"                            \
            "subject_entry:\n\t"                                                       \
            "xor %ebp, %ebp\n\t"                                                       \
            "mov %rsp, %rdi\n\t"                                                       \
            "lea subject_zygote_stack_top(%rip), %rsp\n\t"                             \
            "call subject_start\n\t"                                                   \
            "ud2\n"                                                                    \
            ".popsection")

/* subject_trap_0, subject_trap_1, ...: each tells subject_trapped its index and where
 * it was called from. */
#define ARCH_TRAPS                                                                     \
    __asm__(".pushsection .text.traps, \"ax\", @progbits\n"                            \
            ".macro subject_trap_stub index\n\t"                                       \
            ".weak subject_trap_\\index\n\t"                                           \
            ".type subject_trap_\\index, @function\n"                                  \
            "subject_trap_\\index:\n\t"                                                \
            "mov $\\index, %edi\n\t"                                                   \
            "mov (%rsp), %rsi\n\t"                                                     \
            "and $-16, %rsp\n\t"                                                       \
            "call subject_trapped\n\t"                                                 \
            "ud2\n"                                                                    \
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
