/*
 * subject: the program that holds a submission.
 *
 * Theory of operation. The judge executes this program once a grading, with four
 * descriptors. It throws away what the kernel gave it (stack, vDSO, so that nothing is
 * random), maps the shared slots, and becomes the zygote: it forks a child when it is
 * told to and reports its death. It never runs the submission. A child does, and can do
 * nothing else (lock_down.c). Nobody trusts either.
 */
#include "arch.h"
#include "runtime.h"

#if defined(__x86_64__)
#include <asm/prctl.h>
#endif
#include <linux/mman.h>
#include <linux/prctl.h>
#include <signal.h>
#include <stddef.h>
#include <sys/wait.h>

ARCH_ENTRY;
ARCH_CHILD;
_Noreturn void subject_start(const uint64_t *kernel_stack);

#define ZYGOTE_STACK_BYTES 16384
#define PAGE_BYTES 4096u

/* The zygote's stack, in pages of its own, which children do not get: the key is on it,
 * and neither side has to copy one. It grows down from the symbol behind it. */
extern char subject_zygote_stack[];
__asm__(".pushsection .zygote_stack, \"aw\", %nobits\n"
        ".balign 4096\n"
        ".globl subject_zygote_stack, subject_zygote_stack_top\n"
        "subject_zygote_stack:\n"
        ".skip 16384\n"
        "subject_zygote_stack_top:\n"
        ".popsection");

/* Set by the linker script: the end of the program's own memory. */
extern char subject_image_end[];

_Noreturn void subject_exit(int status)
{
    for (;;) {
        system_call(SYS_exit_group, status);
    }
}

static void map_or_die(
    uint64_t address, uint64_t bytes, int flags, int fd, uint64_t offset)
{
    const long mapped = system_call(SYS_mmap, address, bytes, PROT_READ | PROT_WRITE,
                                    flags | MAP_FIXED_NOREPLACE, fd, offset);
    if ((uint64_t)mapped != address) {
        subject_exit(1);
    }
}

/* The slots, with nothing between them: what is not mapped faults. */
static void map_memory(void)
{
    for (uint64_t slot = 0; slot < WIRE_SLOTS; slot++) {
        map_or_die(WIRE_REGION_BASE + slot * WIRE_SLOT_STRIDE, WIRE_SLOT_BYTES,
                   MAP_SHARED, WIRE_FD_REGION, slot * WIRE_SLOT_STRIDE);
    }
    system_call(SYS_close, WIRE_FD_REGION);
    map_or_die(WIRE_STACK_BASE, WIRE_STACK_BYTES, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    map_or_die(WIRE_SIGNAL_STACK_BASE, WIRE_SIGNAL_STACK_BYTES,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (system_call(SYS_madvise, subject_zygote_stack, ZYGOTE_STACK_BYTES,
                    MADV_DONTFORK) != 0) {
        subject_exit(1);
    }
}

/*
 * Unmaps all that is not ours: the kernel's stack, with its random bytes and addresses,
 * and the vDSO, which can read the clock without a system call.
 */
static void unmap_the_rest(const uint64_t *kernel_stack)
{
    static const uint64_t ends[] = ARCH_ADDRESS_SPACE_ENDS;
    const uint64_t image_end =
        ((uint64_t)subject_image_end + PAGE_BYTES - 1) & ~(uint64_t)(PAGE_BYTES - 1);
    long status = -1;

    for (size_t i = 0; status != 0 && i < sizeof ends / sizeof ends[0]; i++) {
        status = system_call(SYS_munmap, image_end, ends[i] - image_end);
    }
    if (status != 0) {
        /* A kernel may seal its vDSO; then at least the stack must go. */
        const uint64_t page = (uint64_t)kernel_stack & ~(uint64_t)(PAGE_BYTES - 1);
        if (system_call(SYS_munmap, page - 0x100000, 0x100000 + 32 * PAGE_BYTES) != 0) {
            subject_exit(1);
        }
    }
}

/* What children inherit: no look into them, no new rights, and no clock, by which a
 * submission could tell how it is being tested. */
static void give_up_for_all(void)
{
    system_call(SYS_prctl, PR_SET_DUMPABLE, 0);
    system_call(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1);
#if defined(__x86_64__)
    system_call(SYS_prctl, PR_SET_TSC, PR_TSC_SIGSEGV);
#endif
}

/*
 * An object that was compiled with -fstack-protector reads its canary relative to the
 * thread pointer, or from a variable. Both are there, and 0: there is no thread.
 */
uintptr_t __stack_chk_guard __attribute__((weak));

static void set_thread_pointer(void)
{
#if defined(__x86_64__)
    static uint64_t block[16];

    system_call(SYS_arch_prctl, ARCH_SET_FS, block);
#endif
}

static void send_notice(uint64_t key, struct wire_control notice)
{
    if (keyed_call(key, SYS_write, WIRE_FD_CONTROL, &notice, sizeof notice) !=
        (long)sizeof notice) {
        subject_exit(1); /* the judge is gone */
    }
}

/*
 * Waits for an order, and frees the last child's process id only then: until it gives a
 * new order, the judge may send a signal to the old one.
 */
static void await_order(uint64_t key, struct wire_control *order, int has_zombie)
{
    const long size = keyed_call(key, SYS_read, WIRE_FD_CONTROL, order, sizeof *order);

    if (has_zombie) {
        keyed_call(key, SYS_wait4, -1, 0, 0, 0);
    }
    if (size != (long)sizeof *order) {
        subject_exit(0); /* the judge has closed its end */
    }
}

/* One child from its fork to its end. */
static void run_child(uint64_t key, uint64_t cpu_us)
{
    siginfo_t info;

    const long pid = arch_fork(key, WIRE_STACK_BASE + WIRE_STACK_BYTES,
                               cpu_us / 1000000, cpu_us % 1000000);
    if (pid < 0) {
        subject_exit(1);
    }
    send_notice(key,
                (struct wire_control){.kind = WIRE_FORKED, .value = (uint64_t)pid});
    if (keyed_call(key, SYS_waitid, P_PID, pid, &info, WEXITED | WNOWAIT, 0) != 0) {
        subject_exit(1);
    }
    send_notice(key, (struct wire_control){
                         .kind = WIRE_EXITED,
                         .value = (uint64_t)(uint32_t)info.si_code << 32 |
                                  (uint32_t)info.si_status,
                     });
}

static _Noreturn void serve_orders(uint64_t key)
{
    struct wire_control order;

    for (int has_zombie = 0;; has_zombie = 1) {
        await_order(key, &order, has_zombie);
        run_child(key, order.value);
    }
}

_Noreturn void subject_start(const uint64_t *kernel_stack)
{
    const uint64_t key = subject_take_key(kernel_stack);

    unmap_the_rest(kernel_stack);
    map_memory();
    set_thread_pointer();
    give_up_for_all();
    subject_handle_faults();
    const int renews = subject_keep_first_state();
    subject_lock_down(key);
    send_notice(key, (struct wire_control){.kind = WIRE_READY,
                                           .renews = (uint32_t)renews,
                                           .value = WIRE_VERSION});
    serve_orders(key);
}
