/*
 * lock_down: what a submission may ask of the kernel.
 *
 * Theory of operation. One filter, for the zygote and all of its children: read a
 * request, write a reply, empty a stack, end. Whatever else the zygote has to do (fork,
 * wait, talk to the judge) it does with a key in the sixth argument of the call: 64
 * random bits of the kernel's. What may be done with the key is the judge's filter's to
 * say, which applies to every call as well.
 *
 * A child does not have the key. It stands in the zygote's registers and on the
 * zygote's stack, which no child gets; a child clears its registers before it does
 * anything else (ARCH_CHILD). Files that handle it are compiled for general registers
 * only, and keep it out of static memory. A filter for each child would do without a
 * secret; making one costs a fifth of a fork.
 */
#include "arch.h"
#include "runtime.h"

#include <linux/filter.h>
#include <linux/mman.h>
#include <linux/seccomp.h>
#include <stddef.h>

#define LOAD(field)                                                                    \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
/* Both processors are little-endian. */
#define LOAD_LOW(index)                                                                \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS,                                                 \
             offsetof(struct seccomp_data, args) + (index) * sizeof(uint64_t))
#define LOAD_HIGH(index)                                                               \
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args) +           \
                                           (index) * sizeof(uint64_t) +                \
                                           sizeof(uint32_t))
#define JUMP_IF(value, then, otherwise)                                                \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), (then), (otherwise))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))

/* Of a process's auxiliary vector, getauxval(3): 16 random bytes lie at its address. */
#define AUXILIARY_RANDOM 25

uint64_t subject_take_key(const uint64_t *kernel_stack)
{
    /* Arguments, environment, auxiliary vector: each ends with a zero. */
    const uint64_t *at = kernel_stack + 1 + kernel_stack[0] + 1;

    while (*at++ != 0) {
    }
    for (; at[0] != 0; at += 2) {
        if (at[0] == AUXILIARY_RANDOM) {
            volatile uint64_t *const random = (volatile uint64_t *)at[1];
            const uint64_t key = random[0];
            random[0] = 0; /* that stack shall go, but this must */
            return key;
        }
    }
    subject_exit(1);
}

void subject_lock_down(uint64_t key)
{
    /* What is not allowed raises SIGSYS, so that the call can be named. A descriptor is
     * an int: its low half decides. The stacks have their 4 GiB to themselves. */
    const struct sock_filter rules[] = {
        LOAD(arch),
        JUMP_IF(ARCH_AUDIT, 1, 0),
        RETURN(SECCOMP_RET_KILL_PROCESS),
        LOAD(nr),
        JUMP_IF(SYS_read, 4, 0),
        JUMP_IF(SYS_write, 5, 0),
        JUMP_IF(SYS_madvise, 6, 0),
        JUMP_IF(SYS_exit_group, 13, 0),
        JUMP_IF(SYS_exit, 12, 8),
        LOAD_LOW(0), /* of read */
        JUMP_IF(WIRE_FD_REQUEST, 10, 6),
        LOAD_LOW(0), /* of write */
        JUMP_IF(WIRE_FD_REPLY, 8, 4),
        LOAD_LOW(2), /* of madvise */
        JUMP_IF(MADV_DONTNEED, 0, 2),
        LOAD_HIGH(0),
        JUMP_IF((uint32_t)(WIRE_STACK_BASE >> 32), 4, 0),
        LOAD_LOW(5),
        JUMP_IF((uint32_t)key, 0, 3),
        LOAD_HIGH(5),
        JUMP_IF((uint32_t)(key >> 32), 0, 1),
        RETURN(SECCOMP_RET_ALLOW),
        RETURN(SECCOMP_RET_TRAP),
    };
    const struct sock_fprog program = {
        .len = sizeof rules / sizeof rules[0],
        .filter = (struct sock_filter *)rules,
    };

    if (system_call(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0) {
        subject_exit(1);
    }
}
