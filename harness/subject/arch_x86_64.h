/*
 * arch_x86_64: what the runtime needs to know of x86-64 (System V psABI, syscall(2)).
 */
#ifndef ARCH_X86_64_H
#define ARCH_X86_64_H

#include "wire.h"

#include <linux/audit.h>
#include <linux/mman.h>
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
 * in r9, and must not keep it: it does without the runtime what needs it (the channel
 * of the zygote is not its own, it must not outlive the zygote, and has so long to
 * live), leaves nothing of that on its stack, and clears every register (ARCH_CHILD).
 */
static inline long arch_fork(uint64_t key,
                             uint64_t stack_top,
                             uint64_t cpu_seconds,
                             uint64_t cpu_microseconds)
{
    register uint64_t r10 __asm__("r10") = 0;
    register uint64_t r8 __asm__("r8") = 0;
    register uint64_t r9 __asm__("r9") = key;
    register uint64_t r12 __asm__("r12") = cpu_seconds;
    register uint64_t r13 __asm__("r13") = cpu_microseconds;
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
                     /* struct itimerval: no interval, and the first time */
                     "sub $32, %%rsp\n\t"
                     "mov %%r12, 16(%%rsp)\n\t"
                     "mov %%r13, 24(%%rsp)\n\t"
                     "mov %[setitimer], %%eax\n\t"
                     "mov %[profiling], %%edi\n\t"
                     "mov %%rsp, %%rsi\n\t"
                     "xor %%edx, %%edx\n\t"
                     "syscall\n\t"
                     "movq $0, 16(%%rsp)\n\t"
                     "movq $0, 24(%%rsp)\n\t"
                     "add $32, %%rsp\n\t"
                     "test %%rax, %%rax\n\t"
                     "jz subject_child_begin\n\t"
                     "mov %[exit_group], %%eax\n\t"
                     "mov $1, %%edi\n\t"
                     "syscall\n\t"
                     "ud2\n"
                     "2:"
                     : "=a"(result)
                     : "a"((long)SYS_clone), "D"((uint64_t)SIGCHLD), "S"(stack_top),
                       "d"((uint64_t)0), "r"(r10), "r"(r8), "r"(r9), "r"(r12),
                       "r"(r13), [close] "i"(SYS_close), [control] "i"(WIRE_FD_CONTROL),
                       [prctl] "i"(SYS_prctl), [death_signal] "i"(PR_SET_PDEATHSIG),
                       [kill] "i"(SIGKILL), [setitimer] "i"(SYS_setitimer),
                       [profiling] "i"(ITIMER_PROF), [exit_group] "i"(SYS_exit_group)
                     : "rcx", "r11", "memory");
    return result;
}

/*
 * The beginning of a child's life, the first as any later: with its stack pointer at
 * the top of its stack, and nothing in a register.
 */
#define ARCH_CHILD                                                                     \
    __asm__(".pushsection .rodata, \"a\", @progbits\n"                                 \
            ".balign 4\n"                                                              \
            "subject_child_mxcsr: .long 0x1f80\n"                                      \
            ".popsection\n"                                                            \
            ".pushsection .text, \"ax\", @progbits\n"                                  \
            ".globl subject_child_begin\n"                                             \
            "subject_child_begin:\n\t"                                                 \
            "fninit\n\t"                                                               \
            "ldmxcsr subject_child_mxcsr(%rip)\n\t"                                    \
            ".irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\t"    \
            "pxor %xmm\\number, %xmm\\number\n\t"                                      \
            ".endr\n\t"                                                                \
            ".irp name, ax, bx, cx, dx, si, di, bp\n\t"                                \
            "xor %e\\name, %e\\name\n\t"                                               \
            ".endr\n\t"                                                                \
            ".irp number, 8, 9, 10, 11, 12, 13, 14, 15\n\t"                            \
            "xor %r\\number, %r\\number\n\t"                                           \
            ".endr\n\t"                                                                \
            "pushq $2\n\t" /* no flag set */                                           \
            "popfq\n\t"                                                                \
            "call subject_child\n\t"                                                   \
            "ud2\n"                                                                    \
            ".popsection")

/*
 * Empties both stacks, of which each is its first address and its bytes, and begins
 * anew at the top of the first. The page there is written over: one that is given back
 * costs a fault when it is used again.
 */
static inline _Noreturn void arch_begin_anew(const uint64_t stack[2],
                                             const uint64_t signal_stack[2])
{
    register uint64_t r12 __asm__("r12") = signal_stack[0];
    register uint64_t r13 __asm__("r13") = signal_stack[1];
    register uint64_t r14 __asm__("r14") = stack[0] + stack[1];

    __asm__ volatile(
        "syscall\n\t"
        "test %%rax, %%rax\n\t"
        "jnz 1f\n\t"
        "mov %[madvise], %%eax\n\t"
        "mov %%r12, %%rdi\n\t"
        "mov %%r13, %%rsi\n\t"
        "syscall\n\t"
        "test %%rax, %%rax\n\t"
        "jnz 1f\n\t"
        "mov %%r14, %%rsp\n\t"
        "lea -4096(%%r14), %%rdi\n\t"
        "mov $512, %%ecx\n\t"
        "cld\n\t"
        "rep stosq\n\t"
        "jmp subject_child_begin\n"
        "1:\tmov %[exit_group], %%eax\n\t"
        "mov $1, %%edi\n\t"
        "syscall\n\t"
        "ud2\n"
        :
        : "a"((long)SYS_madvise), "D"(stack[0]), "S"(stack[1] - 4096),
          "d"((uint64_t)MADV_DONTNEED), "r"(r12), "r"(r13),
          "r"(r14), [madvise] "i"(SYS_madvise), [exit_group] "i"(SYS_exit_group)
        : "rcx", "r11", "memory");
    __builtin_unreachable();
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
