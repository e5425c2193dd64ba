/*
 * wire: what judge and subject agree on: descriptors, memory layout, message layout.
 *
 * The one thing to get wrong: a reply is a claim. The judge checks its size, nonce,
 * sequence number and kind before it looks at a value, and every value before anybody
 * uses it (judge/channel.c, fixed_buffer/judge_calls.c).
 *
 * All integers are in host order: both programs run on one machine. Every message has
 * one fixed size, far below PIPE_BUF, so a pipe delivers it whole or not at all.
 */
#ifndef WIRE_H
#define WIRE_H

#include <stdint.h>

/* Changes whenever anything in this header does; the two compare it at the start. */
#define WIRE_VERSION 4u

/* Descriptors the subject is started with; it has no others. */
enum wire_descriptor {
    WIRE_FD_REGION = 3,  /* sealed shared memory; mapped, then closed */
    WIRE_FD_CONTROL = 4, /* socket: the zygote's orders and answers */
    WIRE_FD_REQUEST = 5, /* pipe: judge to child */
    WIRE_FD_REPLY = 6    /* pipe: child to judge */
};

/*
 * The shared region: WIRE_SLOTS slots, mapped at the same address in both programs, so
 * that a pointer means the same in both. In the subject only the slots themselves are
 * mapped; what lies between them is a guard that faults at the first byte.
 *
 * The addresses lie above 4 GiB, so that a pointer squeezed into 32 bits shows, and
 * below 2^38, the smallest address space of a 64-bit ARM kernel, where that matters.
 */
#if defined(__x86_64__)
#define WIRE_REGION_BASE 0x200000000000u
#elif defined(__aarch64__)
#define WIRE_REGION_BASE 0x2000000000u
#else
#error "the harness knows x86_64 and aarch64"
#endif
#define WIRE_SLOTS 16u
#define WIRE_SLOT_BYTES 0x40000u   /* 256 KiB of memory */
#define WIRE_SLOT_STRIDE 0x100000u /* 1 MiB from slot to slot: 768 KiB of guard */
#define WIRE_REGION_BYTES ((uint64_t)WIRE_SLOTS * WIRE_SLOT_STRIDE)

/*
 * The stack that a submission runs on: small, zeroed for every test, at one address,
 * so that what is read uninitialised is the same in every run. Below it nothing is
 * mapped.
 */
#define WIRE_STACK_BASE (WIRE_REGION_BASE - 0x10000000u)
#define WIRE_STACK_BYTES 0x40000u /* 256 KiB */
#define WIRE_STACK_GUARD 0x1000000u

/* The stack that signals are handled on: room for a frame with all of a large
 * processor's registers. */
#define WIRE_SIGNAL_STACK_BASE (WIRE_STACK_BASE + 0x100000u)
#define WIRE_SIGNAL_STACK_BYTES 0x10000u

/* What the program's own memory holds when a child begins, to be read only. A program
 * with more of it has no such copy. */
#define WIRE_FIRST_STATE_BASE (WIRE_REGION_BASE + 0x10000000u)
#define WIRE_FIRST_STATE_BYTES 0x20000u

/*
 * The judge's one order to the zygote, and the zygote's notices. A fork is answered by
 * WIRE_FORKED, and once the child has ended, however it did, by WIRE_EXITED. The judge
 * kills a child itself: a child that has ended is kept as a zombie until the next
 * order, so that its process id stays its own.
 *
 * `renews` of WIRE_READY: children carry out WIRE_RENEW.
 */
enum wire_order {
    WIRE_ORDER_FORK = 1
};

enum wire_notice {
    WIRE_READY = 1,  /* value: WIRE_VERSION; the zygote has set itself up */
    WIRE_FORKED = 2, /* value: the child's process id */
    WIRE_EXITED = 3  /* value: si_code << 32 | si_status, as waitid(2) tells it */
};

struct wire_control {
    uint32_t kind; /* enum wire_order or enum wire_notice */
    uint32_t renews;
    uint64_t value; /* WIRE_ORDER_FORK: the child's CPU allowance in microseconds */
};

/*
 * A call: what the judge asks the child to do. Operations belong to the exercise, but
 * one: WIRE_SETTLE does nothing and is answered, so that everything sent before has
 * come.
 */
#define WIRE_VALUES 6
#define WIRE_SETTLE 0u

enum wire_request_kind {
    WIRE_CALL = 1,            /* call an operation */
    WIRE_CALLBACK_ANSWER = 2, /* the answer to the callback the child waits for */
    WIRE_RENEW = 3            /* be as when it began; not answered */
};

struct wire_request {
    uint64_t nonce;
    uint32_t sequence;
    uint16_t kind; /* enum wire_request_kind */
    uint16_t operation;
    uint64_t values[WIRE_VALUES];
};

enum wire_reply_kind {
    WIRE_ANSWER = 1,   /* the operation returned; values are its results */
    WIRE_CALLBACK = 2, /* the student's code calls an allocator of the judge */
    WIRE_EVENT = 3     /* the child cannot go on; operation is an enum wire_event */
};

/*
 * Where in the program an event happened: addresses of the submission's instructions,
 * the innermost first; 0 where there is none. Of what has used up its time, the
 * function that was called and did not return.
 */
#define WIRE_PLACES 2

struct wire_reply {
    uint64_t nonce;
    uint32_t sequence;
    uint16_t kind;      /* enum wire_reply_kind */
    uint16_t operation; /* of the call, of the callback, or the event */
    uint64_t values[WIRE_VALUES];
    uint64_t places[WIRE_PLACES]; /* of an event */
};

/*
 * A batch: many calls in one message. The operation WIRE_BATCH names a struct
 * wire_batch in the shared region (values: its address, the number of its steps); the
 * child carries the steps out one after the other, writes each answer beside its step,
 * and then answers the message. `begun` is the number of steps begun, so that the one
 * that never came back is known.
 *
 * A value may be what an earlier step was answered: bit i of `refers` says so of value
 * i, which then is wire_answer(step, number).
 */
#define WIRE_BATCH 0xffffu
#define WIRE_STEP_ANSWERS 2u

struct wire_step {
    uint64_t values[WIRE_VALUES];
    uint64_t answer[WIRE_STEP_ANSWERS];
    uint32_t operation;
    uint32_t refers;
    uint64_t reserved; /* so that values and answers can be copied 16 bytes at a time,
                          by a processor that was told to check alignment too */
};

struct wire_batch {
    uint64_t begun;
    uint64_t reserved;
    struct wire_step steps[];
};

#define WIRE_BATCH_STEPS                                                               \
    ((WIRE_SLOT_BYTES - sizeof(struct wire_batch)) / sizeof(struct wire_step))

static inline uint64_t wire_answer(uint64_t step, uint64_t number)
{
    return step * WIRE_STEP_ANSWERS + number;
}

/* Why a child cannot go on. What its values hold stands beside each. */
enum wire_event {
    WIRE_EVENT_SIGNAL = 1,      /* signal, fault address, si_code, enum wire_access */
    WIRE_EVENT_SYSTEM_CALL = 2, /* system call number */
    WIRE_EVENT_FORBIDDEN_CALL = 3, /* index of the trap (audit's order) */
    WIRE_EVENT_MISSING = 4,        /* index of the API function (exercise's order) */
    WIRE_EVENT_UNDEFINED = 5, /* enum wire_undefined, line, column, 3 × file name */
    WIRE_EVENT_ABORT = 6, /* 0: abort(); WIRE_ABORT_STACK; or a failed assert's line */
    WIRE_EVENT_NULL_FUNCTION = 7, /* index of the vtable's NULL function */
    WIRE_EVENT_TABLE_ON_STACK = 8 /* of the function that made the vtable */
};

/* In place of a line: -fstack-protector found that a local array was overrun. */
#define WIRE_ABORT_STACK UINT64_MAX

/* What a faulting instruction did, where the processor tells. */
enum wire_access {
    WIRE_ACCESS_UNKNOWN = 0,
    WIRE_ACCESS_READ,
    WIRE_ACCESS_WRITE,
    WIRE_ACCESS_EXECUTE
};

/* Kinds of undefined behaviour, as the compiler's checks tell them apart. */
enum wire_undefined {
    WIRE_UB_ADD_OVERFLOW = 1,
    WIRE_UB_SUB_OVERFLOW,
    WIRE_UB_MUL_OVERFLOW,
    WIRE_UB_NEGATE_OVERFLOW,
    WIRE_UB_DIVISION,
    WIRE_UB_SHIFT,
    WIRE_UB_INDEX,
    WIRE_UB_UNREACHABLE,
    WIRE_UB_MISSING_RETURN,
    WIRE_UB_VLA_BOUND,
    WIRE_UB_NULL_POINTER,       /* load, store or member access through NULL */
    WIRE_UB_MISALIGNED_POINTER, /* through a pointer that is not aligned for its type */
    WIRE_UB_OBJECT_SIZE,        /* access beyond an object's end */
    WIRE_UB_POINTER_OVERFLOW,
    WIRE_UB_INVALID_VALUE, /* a bool or enum that holds none of its values */
    WIRE_UB_NONNULL,       /* NULL where the declaration says nonnull */
    WIRE_UB_BUILTIN,       /* a builtin called with a value it does not allow */
    WIRE_UB_FLOAT_CAST,
    WIRE_UB_OTHER
};

/* How many names the audit can bind to traps of their own; the rest share the last. */
#define WIRE_TRAPS 64u

/* Callbacks: at most this deep, and this many in one call. */
#define WIRE_CALLBACK_DEPTH 4u
#define WIRE_CALLBACKS_PER_CALL 64u

#endif
