/*
 * probe: a subject that does what its test asks, to show what the runtime lets happen.
 *
 * fba_init(a, b, probe) carries a probe out; a and b are its arguments. The one thing
 * to get wrong: a probe that is not stopped returns, and the call is answered.
 */
#ifndef PROBE_H
#define PROBE_H

enum probe {
    PROBE_NOTHING = 1,
    PROBE_SYSTEM_CALL,    /* number a, first argument b, all others 0 */
    PROBE_KEYED_CALL,     /* number a, last argument b, all others 0 */
    PROBE_SYSTEM_CALL_32, /* number a, by the gate of 32-bit programs */
    PROBE_CLOCK,          /* reads the processor's time stamp counter */
    PROBE_READ,           /* a byte at address a */
    PROBE_WRITE,          /* a byte at address a */
    PROBE_ZERO,     /* expects the byte at address a to be 0; spins if it is not */
    PROBE_JUMP,     /* to address a */
    PROBE_RECURSE,  /* without an end */
    PROBE_DIVIDE,   /* by a, in a way that no check of the compiler stops */
    PROBE_OVERFLOW, /* a signed addition, under the compiler's checks */
    PROBE_ABORT,
    PROBE_TRAP,      /* an instruction that does not exist */
    PROBE_SPIN,      /* for ever */
    PROBE_FORBIDDEN, /* calls a function that is bound to trap 0 */
    PROBE_STACK,     /* expects its fresh stack to be all zero; spins if it is not */
    PROBE_EMPTY,     /* gives the page at address a back to the kernel */
    PROBE_SOIL,      /* writes to its variables, behind them, and far down its stack */
    PROBE_CLEAN      /* expects nothing of that to be there; spins if it is */
};

#endif
