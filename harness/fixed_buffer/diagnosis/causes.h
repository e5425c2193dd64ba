/*
 * causes: what a submission may have got wrong, each as the contract with one rule
 * replaced, and what such an FBA would answer.
 *
 * A cause is added in one place, a table of causes_<matter>.c: the rules it replaces,
 * and what a student is told. The rules it leaves NULL are the contract's
 * (causes_contract.c). A cause with numbers is tried with each of them: the same
 * mistake, made with another number.
 *
 * Addresses and sizes are 64 bits wide and may wrap around, as in a submission.
 */
#ifndef CAUSES_H
#define CAUSES_H

#include "diagnose_array.h"
#include "diagnose_probes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One FBA as a submission with this mistake keeps it. */
struct imagined {
    uint64_t buffer, capacity, used;
    uint64_t note; /* what a mistake remembers besides; 0 at first */
    bool is_initialised;
    /* Bytes of the buffer that the last call wrote: [from, to), offsets. */
    int64_t written_from, written_to;
};

/* What a rule is asked about. */
struct scene {
    struct imagined *fba;
    uint64_t len, alignment; /* asked for; or of the block that is freed or resized */
    uint64_t block;          /* where it begins; not yet known to `hear` and `place` */
    uint64_t new_len;        /* of a resize */
    uint64_t number;         /* of the cause; 0: it has none */
};

/* Whose state a call works on. */
enum sharing {
    SHARING_NONE,         /* that of the handle's own FBA */
    SHARING_LAST_INIT,    /* that of the FBA initialised last */
    SHARING_FIRST_HANDLE, /* that of the FBA whose allocator was obtained first */
    SHARING_LAST_HANDLE,  /* that of the FBA whose allocator was obtained last */
    SHARING_END,          /* `used` is one variable for all */
    SHARING_COPY          /* each handle has a copy, made when it was obtained */
};

struct rules {
    /* fba_init and fba_reset; the first finds `scene.block` the buffer, `len` its
     * capacity. */
    void (*init)(const struct scene *scene);
    void (*reset)(const struct scene *scene);
    /* What they answer themselves: nothing, or they crash. */
    struct answer (*init_answer)(const struct scene *scene);
    struct answer (*reset_answer)(const struct scene *scene);

    /* alloc, in this order: what the arguments are taken for, where the block begins,
     * whether it fits; then either what `used` becomes and what is written, or the
     * refusal. */
    void (*hear)(struct scene *scene);
    bool (*gives_up)(const struct scene *scene); /* does it never return? */
    uint64_t (*place)(const struct scene *scene);
    bool (*fits)(const struct scene *scene);
    uint64_t (*end)(const struct scene *scene);
    void (*write)(const struct scene *scene);
    struct answer (*refuse)(const struct scene *scene);

    /* free, which the second carries out if the first says so. */
    bool (*is_freeable)(const struct scene *scene);
    void (*take_back)(const struct scene *scene);
    /* What free writes, whether it gives anything back or not. */
    void (*free_write)(const struct scene *scene);

    /* resize: is it the last block; then one of the three. */
    bool (*is_last)(const struct scene *scene);
    bool (*shrink)(const struct scene *scene);
    bool (*grow)(const struct scene *scene);
    bool (*resize_other)(const struct scene *scene);

    /* Changes what a right build_array does into what this one does. */
    void (*array)(const struct array_question *question, struct array_answer *answer);

    enum sharing sharing;
    bool resets_end_handles; /* allocators from before a reset refuse everything */
    bool handles_reset;      /* fba_allocator takes everything back */
    bool only_once;          /* a second fba_init of a struct is ignored */
};

#define CAUSE_NUMBERS 10u

struct cause {
    const char *id;
    const char *sentence; /* what the student's code does, and what it should do */
    const char *clause;
    const char *lesson; /* a heading of lesson.md */
    struct rules rules;
    uint64_t numbers[CAUSE_NUMBERS + 1]; /* up to the first 0; none: one 0 */
};

/* The tables, each ending with an id that is NULL. */
extern const struct cause causes_alignment[];
extern const struct cause causes_arithmetic[];
extern const struct cause causes_array[];
extern const struct cause causes_array_answer[];
extern const struct cause causes_capacity[];
extern const struct cause causes_individual_free[];
extern const struct cause causes_init[];
extern const struct cause causes_out_of_memory[];
extern const struct cause causes_padding[];
extern const struct cause causes_polymorphism[];
extern const struct cause causes_reset[];
extern const struct cause causes_resize[];

/* Cause number `index` of all tables, or NULL behind the last. */
const struct cause *causes_at(size_t index);

/* How many numbers it is to be tried with: at least 1. */
size_t causes_numbers(const struct cause *cause);

/* A mistake: a cause with one of its numbers. NULL: no mistake. */
struct mistake {
    const struct cause *cause;
    uint64_t number;
};

/* The most mistakes that are imagined at once. Where two replace the same rule, the
 * later one counts. */
#define MISTAKES 2u

/* What a submission with these mistakes answers to a probe. */
void causes_imagine(const struct mistake mistakes[MISTAKES],
                    const struct probe *probe,
                    struct probe_answers *answers);

/* The same for build_array. */
void causes_imagine_array(const struct mistake mistakes[MISTAKES],
                          const struct array_question *question,
                          struct array_answer *answer);

/* The contract's rules, all of them. */
extern const struct rules causes_contract;

/* ---- For rules ---- */

/* The address where nothing is in use any more. */
uint64_t scene_here(const struct scene *scene);
/* Bytes from there to the end of the buffer. */
uint64_t scene_left(const struct scene *scene);
/* From there to the block. */
uint64_t scene_padding(const struct scene *scene);
/* The first multiple of `unit` from `address` on. */
uint64_t scene_round_up(uint64_t address, uint64_t unit);
/* Notes that the bytes [from, from + count), offsets in the buffer, are written. */
void scene_write(const struct scene *scene, uint64_t from, uint64_t count);
/* An allocation by the contract, begun at scene->fba->used. */
bool scene_cut(const struct scene *scene, struct answer *answer);

#endif
