/* arch: a child begins on its own stack, without the zygote's channel, and has so long
 * to live. It begins, the first time and anew, with nothing on its stacks and in its
 * registers. What it must not know, test_subject_key.c looks for. */
#include "arch.h"
#include "run_tests.h"

#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define STACK_BYTES 65536u
#define SECONDS 5

ARCH_CHILD;

/* What subject_child, which ARCH_CHILD calls, finds in the registers before it has used
 * one: first the general ones, then the wide ones. It goes on in look(). */
extern uint64_t seen_general[32];
extern uint64_t seen_wide[64];
uint64_t seen_general[32];
uint64_t seen_wide[64];
_Noreturn void look(uint64_t control, uint64_t flags);
_Noreturn void subject_child(void);

#if defined(__x86_64__)
/* Interrupts are on, and bit 1 is always set. */
#define FLAGS_OF_NONE 0x202u
#define CONTROL_OF_NONE 0x1f80u
__asm__(".pushsection .text\n"
        ".globl subject_child\n"
        "subject_child:\n\t"
        "mov %rax, seen_general(%rip)\n\t"
        "lea seen_general(%rip), %rax\n\t"
        "mov %rbx, 8(%rax)\n\t"
        "mov %rcx, 16(%rax)\n\t"
        "mov %rdx, 24(%rax)\n\t"
        "mov %rsi, 32(%rax)\n\t"
        "mov %rdi, 40(%rax)\n\t"
        "mov %rbp, 48(%rax)\n\t"
        ".irp number, 8, 9, 10, 11, 12, 13, 14, 15\n\t"
        "mov %r\\number, 8 * \\number(%rax)\n\t"
        ".endr\n\t"
        "lea seen_wide(%rip), %rax\n\t"
        ".irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\t"
        "movups %xmm\\number, 16 * \\number(%rax)\n\t"
        ".endr\n\t"
        "pushfq\n\t"
        "pop %rsi\n\t"
        "cld\n\t"
        "xor %edi, %edi\n\t"
        "sub $8, %rsp\n\t"
        "stmxcsr (%rsp)\n\t"
        "mov (%rsp), %edi\n\t"
        "call look\n\t"
        "ud2\n"
        ".popsection");

static void soil_registers(void)
{
    const uint32_t control = 0x1f80u | 0x8000u;

    __asm__ volatile("ldmxcsr %0\n\t"
                     ".irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14\n\t"
                     "pcmpeqd %%xmm\\number, %%xmm\\number\n\t"
                     ".endr\n\t"
                     "pcmpeqd %%xmm15, %%xmm15\n\t"
                     "mov $-1, %%rbx\n\t"
                     "mov $-1, %%r15\n\t"
                     :
                     : "m"(control)
                     : "rbx", "r15");
}
#else
#define FLAGS_OF_NONE 0u
#define CONTROL_OF_NONE 0u
__asm__(
    ".pushsection .text\n"
    ".globl subject_child\n"
    "subject_child:\n\t"
    "adrp x30, seen_general\n\t"
    "add x30, x30, :lo12:seen_general\n\t"
    ".irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\t"
    "str x\\number, [x30, #8 * \\number]\n\t"
    ".endr\n\t"
    ".irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29\n\t"
    "str x\\number, [x30, #8 * \\number]\n\t"
    ".endr\n\t"
    "adrp x30, seen_wide\n\t"
    "add x30, x30, :lo12:seen_wide\n\t"
    ".irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15\n\t"
    "str q\\number, [x30, #16 * \\number]\n\t"
    ".endr\n\t"
    ".irp number, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31\n\t"
    "str q\\number, [x30, #16 * \\number]\n\t"
    ".endr\n\t"
    "mrs x0, fpcr\n\t"
    "mrs x1, nzcv\n\t"
    "bl look\n\t"
    "brk #1\n"
    ".popsection");

static void soil_registers(void)
{
    __asm__ volatile("mov x0, #0xc00000\n\t"
                     "msr fpcr, x0\n\t"
                     ".irp number, 0, 8, 15, 16, 31\n\t"
                     "movi v\\number\\().2d, #0xffffffffffffffff\n\t"
                     ".endr\n\t"
                     "mov x19, #-1\n\t"
                     "mov x28, #-1\n\t"
                     :
                     :
                     : "x0", "x19", "x28", "v0", "v8", "v15", "v16", "v31");
}
#endif

static unsigned char *stack;
static unsigned char *signal_stack;

enum finding {
    IS_ON_ITS_STACK = 1,
    HAS_A_TIMER = 2,
    HAS_NO_CHANNEL = 4,
    HAS_CLEAR_REGISTERS = 8,
    HAS_EMPTY_STACKS = 16,
    EVERY_FINDING = 31
};

static bool is_zero(const void *bytes, size_t count)
{
    const unsigned char *const byte = bytes;

    for (size_t i = 0; i < count; i++) {
        if (byte[i] != 0) {
            return false;
        }
    }
    return true;
}

/* The child tells what it finds by its exit status. */
_Noreturn void look(uint64_t control, uint64_t flags)
{
    unsigned char here = 0;
    struct itimerval left = {0};
    int findings = 0;
    /* Nobody has been below the frames of this test. */
    const size_t below = STACK_BYTES - 2048;

    if (&here > stack + below && &here < stack + STACK_BYTES) {
        findings |= IS_ON_ITS_STACK;
    }
    if (is_zero(stack, below) && is_zero(signal_stack, STACK_BYTES)) {
        findings |= HAS_EMPTY_STACKS;
    }
    if (is_zero(seen_general, sizeof seen_general) &&
        is_zero(seen_wide, sizeof seen_wide) && control == CONTROL_OF_NONE &&
        flags == FLAGS_OF_NONE) {
        findings |= HAS_CLEAR_REGISTERS;
    }
    if (system_call(SYS_getitimer, ITIMER_PROF, &left) == 0 &&
        left.it_value.tv_sec >= SECONDS - 1) {
        findings |= HAS_A_TIMER;
    }
    if (system_call(SYS_fcntl, WIRE_FD_CONTROL, F_GETFD) < 0) {
        findings |= HAS_NO_CHANNEL;
    }
    for (;;) {
        system_call(SYS_exit_group, findings);
    }
}

static unsigned char *make_stack(void)
{
    unsigned char *const made = mmap(NULL, STACK_BYTES, PROT_READ | PROT_WRITE,
                                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    ck_assert_ptr_ne(made, MAP_FAILED);
    return made;
}

static void expect_findings(pid_t child, int findings)
{
    int status = 0;

    ck_assert_int_gt(child, 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert(WIFEXITED(status));
    ck_assert_int_eq(WEXITSTATUS(status), findings);
}

START_TEST(a_child_begins_as_it_shall)
{
    stack = make_stack();
    signal_stack = make_stack();
    ck_assert_int_eq(dup2(STDERR_FILENO, WIRE_FD_CONTROL), WIRE_FD_CONTROL);
    soil_registers();
    const long pid = arch_fork(0x1122334455667788,
                               (uint64_t)(uintptr_t)(stack + STACK_BYTES), SECONDS, 0);
    expect_findings((pid_t)pid, EVERY_FINDING);
    /* It was the child's alone. */
    ck_assert_int_ge(fcntl(WIRE_FD_CONTROL, F_GETFD), 0);
}
END_TEST

START_TEST(a_child_begins_anew_as_it_began)
{
    stack = make_stack();
    signal_stack = make_stack();
    memset(stack, 0xA5, STACK_BYTES);
    memset(signal_stack, 0xA5, STACK_BYTES);
    close(WIRE_FD_CONTROL);
    const pid_t child = fork();
    if (child == 0) {
        const struct itimerval timer = {.it_value = {.tv_sec = SECONDS}};
        const uint64_t place[] = {(uint64_t)(uintptr_t)stack, STACK_BYTES};
        const uint64_t signals[] = {(uint64_t)(uintptr_t)signal_stack, STACK_BYTES};
        setitimer(ITIMER_PROF, &timer, NULL);
        soil_registers();
        arch_begin_anew(place, signals);
    }
    expect_findings(child, EVERY_FINDING);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&a_child_begins_as_it_shall,
                                        &a_child_begins_anew_as_it_began};
    return run_tests("arch", tests, sizeof tests / sizeof tests[0]);
}
