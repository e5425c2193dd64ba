/*
 * diagnose_probes: short sequences of calls whose answers tell mistakes apart.
 *
 * They are asked of a submission (diagnose_ask.h) and of each imagined one (causes.h).
 * They are no tests: nobody's points depend on them, and what they show can be told.
 */
#ifndef DIAGNOSE_PROBES_H
#define DIAGNOSE_PROBES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PROBE_STEPS = 12,
    PROBE_FBAS = 2,
    PROBE_HANDLES = 6,
    PROBE_BLOCKS = PROBE_STEPS,
    PROBE_BUFFER_OFFSET = 0x8000, /* of a buffer in its slot */
    PROBE_WATCHED = 1024 /* in a larger buffer nobody looks for changed bytes */
};

enum probe_call {
    PROBE_END, /* no step: the probe is over */
    PROBE_INIT,
    PROBE_HANDLE,
    PROBE_RESET,
    PROBE_ALLOC,
    PROBE_FREE,
    PROBE_RESIZE
};

/* What is added to a length, so that a sum with an address wraps around. */
enum probe_relative {
    PROBE_LENGTH,
    PROBE_PLUS_ADDRESS,
    PROBE_MINUS_ADDRESS
};

struct probe_step {
    enum probe_call call;
    uint8_t fba;    /* INIT, HANDLE, RESET */
    uint8_t handle; /* ALLOC, FREE, RESIZE: in the order they were obtained */
    uint8_t block;  /* FREE, RESIZE: the block of the ALLOC with this number, from 0 */
    uint8_t buffer; /* INIT */
    enum probe_relative relative;
    uint64_t len; /* ALLOC; RESIZE: the new one */
    uint64_t alignment;
};

struct probe_buffer {
    uint64_t misalignment; /* bytes past a multiple of 32 KiB that is none of 64 KiB */
    uint64_t capacity;     /* 0 may be a buffer too; both 0: there is none */
};

/* fba_init of FBA 0 over buffer 0, and one handle of it, precede the steps. */
struct probe {
    struct probe_buffer buffers[2];
    struct probe_step steps[PROBE_STEPS];
};

/* What a call said. */
enum answer_kind {
    ANSWER_NOTHING, /* it returned, and says nothing */
    ANSWER_BLOCK,   /* `number` bytes into the buffer */
    ANSWER_REFUSED,
    ANSWER_REFUSED_WITH_POINTER,
    ANSWER_NULL, /* ALLOC_OK with memory NULL */
    ANSWER_UNKNOWN_ERROR,
    ANSWER_TRUE,
    ANSWER_FALSE,
    ANSWER_UNKNOWN_BOOL,
    ANSWER_CRASH, /* undefined behaviour and an early end of the program too */
    ANSWER_WRONG, /* the submission did what no caller of an allocator may do */
    ANSWER_HANG,
    ANSWER_FORBIDDEN, /* a call, or a system call, that is not there */
    ANSWER_MISSING,   /* a function that is not there */
    ANSWER_SKIPPED,   /* there is no block to free, or no answer any more */
    ANSWER_ANY        /* imagined: nothing can be said from here on */
};

struct answer {
    enum answer_kind kind;
    int64_t number;
    int64_t written_from, written_to; /* bytes of the buffer that changed meanwhile */
    bool
        is_rewritten; /* imagined: they may have been written before, and be the same */
};

/* `begun` is what fba_init and the first handle said. */
struct probe_answers {
    struct answer begun;
    struct answer steps[PROBE_STEPS];
};

/* All probes. */
extern const struct probe diagnose_probes[];
extern const size_t diagnose_probe_count;

/* Where buffer number `index` begins, in judge, subject and imagination alike. */
uint64_t probe_address(const struct probe *probe, size_t index);

/* The length that a step asks for. */
uint64_t probe_length(const struct probe *probe, const struct probe_step *step);

/* How far from a buffer a block is, as a number to compare: what is far from it, is far
 * from it, wherever that may be. */
int64_t answer_offset(uint64_t address, uint64_t buffer);
#define ANSWER_FAR INT64_MAX

/* Whether the kind ends a probe: nothing can be called any more. */
bool answer_is_end(enum answer_kind kind);

/* Whether an imagined answer is the observed one. */
bool answer_equals(const struct answer *imagined, const struct answer *observed);

/* Whether a submission has answered a probe twice in the very same way. */
bool probe_answers_are_same(const struct probe_answers *first,
                            const struct probe_answers *second);

#endif
