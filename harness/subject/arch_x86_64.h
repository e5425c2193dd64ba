/*
 * arch_x86_64: what the runtime needs to know of x86-64 (System V psABI, syscall(2)).
 */
#ifndef ARCH_X86_64_H
#define ARCH_X86_64_H

#include "wire.h"

#include <linux/audit.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/time.h>
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
 * Forks, with the zygote's key. Returns the child's process id or -errno to the parent.
 *
 * The child begins on a stack of its own and never touches the parent's. It has the key
 * in r9, and must not keep it: it does without a stack what needs it (the channel of
 * the zygote is not its own, it must not outlive the zygote, and has so long to live),
 * then clears every register.
 */
static inline long arch_fork(uint64_t key, uint64_t stack_top)
{
    register uint64_t r10 __asm__("r10") = 0;
    register uint64_t r8 __asm__("r8") = 0;
    register uint64_t r9 __asm__("r9") = key;
    long result;

    __asm__ volatile("syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 2f\n\t"
                     "mov %[close], %%eax\n\t"
                     "mov %[control], %%edi\n\t"
                     "syscall\n\t"
                     "mov %[prctl], %%eax\n\t"
                     "mov %[death_signal], %%edi\n\t"
                     "mov %[kill], %%esi\n\t"
                     "syscall\n\t"
                     "mov %[setitimer], %%eax\n\t"
                     "mov %[profiling], %%edi\n\t"
                     "lea subject_child_timer(%%rip), %%rsi\n\t"
                     "xor %%edx, %%edx\n\t"
                     "syscall\n\t"
                     "test %%rax, %%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebx, %%ebx\n\t"
                     "xor %%ecx, %%ecx\n\t"
                     "xor %%edx, %%edx\n\t"
                     "xor %%esi, %%esi\n\t"
                     "xor %%edi, %%edi\n\t"
                     "xor %%ebp, %%ebp\n\t"
                     "xor %%r8d, %%r8d\n\t"
                     "xor %%r9d, %%r9d\n\t"
                     "xor %%r10d, %%r10d\n\t"
                     "xor %%r11d, %%r11d\n\t"
                     "xor %%r12d, %%r12d\n\t"
                     "xor %%r13d, %%r13d\n\t"
                     "xor %%r14d, %%r14d\n\t"
                     "xor %%r15d, %%r15d\n\t"
                     "call subject_child\n"
                     "1:\tmov %[exit_group], %%eax\n\t"
                     "mov $1, %%edi\n\t"
                     "syscall\n\t"
                     "ud2\n"
                     "2:"
                     : "=a"(result)
                     : "a"((long)SYS_clone), "D"((uint64_t)SIGCHLD), "S"(stack_top),
                       "d"((uint64_t)0), "r"(r10), "r"(r8),
                       "r"(r9), [close] "i"(SYS_close), [control] "i"(WIRE_FD_CONTROL),
                       [prctl] "i"(SYS_prctl), [death_signal] "i"(PR_SET_PDEATHSIG),
                       [kill] "i"(SIGKILL), [setitimer] "i"(SYS_setitimer),
                       [profiling] "i"(ITIMER_PROF), [exit_group] "i"(SYS_exit_group)
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
