/*
 * fake_children: children of a fake subject that misbehave, each in a way of its own.
 *
 * All read the first request of their test; those that do not end then answer every
 * further one honestly. What a name does not say stands beside it.
 */
#ifndef FAKE_CHILDREN_H
#define FAKE_CHILDREN_H

#include "fake_subject.h"

enum {
    CHILD_OPERATION = 3, /* the operation they expect to be called with */
    CHILD_CALLBACK = 9   /* the one they call back with */
};

/* A right answer but for one field. */
void child_wrong_nonce(const struct fake_ends *ends);
void child_wrong_sequence(const struct fake_ends *ends);
void child_wrong_operation(const struct fake_ends *ends);
void child_kind_zero(const struct fake_ends *ends);
void child_kind_unknown(const struct fake_ends *ends);
/* Events: of a kind that does not exist, and one that a child may send. */
void child_event_zero(const struct fake_ends *ends);
void child_event_unknown(const struct fake_ends *ends);
void child_event_told(const struct fake_ends *ends);

/* Right answers with a byte too few, none but one byte, and with something behind. */
void child_too_short(const struct fake_ends *ends);
void child_one_byte(const struct fake_ends *ends);
void child_one_byte_more(const struct fake_ends *ends);
void child_two_glued_together(const struct fake_ends *ends);

/* A right answer in two writes; one and the same twice, at once or after a while. */
void child_two_pieces(const struct fake_ends *ends);
void child_two_answers(const struct fake_ends *ends);
void child_sends_more_later(const struct fake_ends *ends);

/* Sends all that a child can know before it is asked: everything but the nonce. */
void child_answers_before_it_is_asked(const struct fake_ends *ends);

/* Fall silent: asleep, without ever having read, without a way to answer, busy. */
void child_sleeps(const struct fake_ends *ends);
void child_never_reads(const struct fake_ends *ends);
void child_falls_silent(const struct fake_ends *ends);
void child_spins(const struct fake_ends *ends);

/* Writes until the pipe is full, and waits for room. */
void child_floods(const struct fake_ends *ends);

/* End in the middle of a call. */
void child_exits(const struct fake_ends *ends);
void child_is_killed(const struct fake_ends *ends);
void child_crashes(const struct fake_ends *ends);
void child_dies_of_a_system_call(const struct fake_ends *ends);

/* Ends after a right answer. */
void child_answers_and_exits(const struct fake_ends *ends);

/* Calls the judge back without an end; and once, as build_array does. The answer then
 * holds the kind of the message that answered the callback, and its first value. */
void child_calls_back_for_ever(const struct fake_ends *ends);
void child_calls_back_once(const struct fake_ends *ends);

#endif
