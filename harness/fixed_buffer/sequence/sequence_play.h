/*
 * sequence_play: a sequence carried out by the submission, in a test or a trial.
 *
 * All its calls go to the submission in one batch. Each answer is compared with what
 * the contract says; then the bytes that must not have changed are. The first
 * difference ends the test or trial (session_fail), with words for a student.
 */
#ifndef SEQUENCE_PLAY_H
#define SEQUENCE_PLAY_H

#include "sequence.h"

/* How an answer can differ from what the contract says. */
enum difference {
    DIFFERENCE_NONE,     /* or not in an answer: a crash, for instance */
    DIFFERENCE_REFUSED,  /* a request that fits */
    DIFFERENCE_GRANTED,  /* a request that does not fit */
    DIFFERENCE_PLACE,    /* the block is not where it should be */
    DIFFERENCE_POINTER,  /* a refused request has one, or a granted one has none */
    DIFFERENCE_NO_ERROR, /* a number that is no error */
    DIFFERENCE_RESIZED,  /* true for false */
    DIFFERENCE_KEPT,     /* false for true */
    DIFFERENCE_NO_BOOL,
    DIFFERENCE_ELEMENTS, /* of an array */
    DIFFERENCE_BYTES     /* changed, in a buffer or beside one */
};

/* What a test lets pass, because other suites look at it. All zero: nothing. */
struct tolerance {
    uint64_t slip;      /* a block may begin so many bytes from its place for each block
                           since its FBA was empty */
    bool any_place;     /* or anywhere in its buffer, apart from blocks that are in use
                           but for 16 bytes; for sequences without frees and resizes */
    bool any_pointer;   /* with a refused request */
    bool is_misaligned; /* a request that does not fit may be granted a block that is
                           not aligned; nothing after it is looked at */
    bool any_bytes;     /* buffers may be written to */
};

/* What came of it. */
struct play {
    size_t count; /* operations that were answered as they should be */
    enum difference difference;
    /* What the contract says of operation `count`, and what was answered, if it was; of
     * an array whose elements are wrong: the first of them, and what it holds. */
    struct sequence_expected expected;
    uint64_t answer[2];
    uint64_t buffers[SEQUENCE_MEMORIES]; /* where they began */
};

/* Does not return if there is a difference, or the submission stops; `play` is filled
 * in nevertheless, and is good up to `count` in any case. */
void sequence_play(const struct sequence *sequence,
                   const struct tolerance *tolerance,
                   struct play *play);

#endif
