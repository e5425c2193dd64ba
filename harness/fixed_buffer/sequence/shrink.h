/*
 * shrink: the smallest sequence that still shows what a longer one has shown.
 *
 * Every attempt is a trial in a fresh child of the subject. What is found depends on
 * the sequence and the submission alone: the number of attempts is limited, and not
 * their time. Of attempts that hang or dawdle there are fewer.
 */
#ifndef SHRINK_H
#define SHRINK_H

#include "sequence.h"
#include "sequence_play.h"
#include "verdict.h"

/* How a sequence fails. */
struct failure {
    enum verdict_status status; /* VERDICT_PASS: it does not */
    struct play play;
    bool strays; /* it crashed where it touched a byte that is not its own */
    char message[VERDICT_TEXT_BYTES];
    char expected[VERDICT_TEXT_BYTES]; /* "": nothing to compare */
    char actual[VERDICT_TEXT_BYTES];
};

/* Is this an end that a sequence can show? Not if a submission calls what it may not,
 * for instance. */
bool shrink_can_show(enum verdict_status status);

/* Carries the sequence out in a trial, letting nothing pass. Does it fail in such a
 * way? */
bool shrink_try(const struct sequence *sequence, struct failure *failure);

/* Makes a sequence that has failed so smaller, as long as it fails in the same way. */
void shrink(struct sequence *sequence, struct failure *failure);

#endif
