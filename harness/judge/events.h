/*
 * events: what went wrong in a child, turned into a verdict in a student's words.
 *
 * Every function but event_surplus ends the running test and does not return. Messages
 * are made of fixed sentences, numbers, names of the exercise, and the names that the
 * audit has cleaned; no text of a child is ever repeated.
 */
#ifndef EVENTS_H
#define EVENTS_H

#include "channel.h"

/* The child said why it cannot go on. Its values are claims: at worst it lies about its
 * own death, which passes no test. */
_Noreturn void event_verdict(struct channel *channel, const struct wire_reply *event);

/* The child ended without a word. */
_Noreturn void event_death(struct channel *channel);

/* The child owes an answer and none will come. */
_Noreturn void event_silence(struct channel *channel, bool is_asleep);

/* The child sent something it must not: `what`, as the object of "it sent". */
_Noreturn void event_violation(struct channel *channel, const char *what);

/* The submission calls the allocator it was given deeper or more often than it may. An
 * honest loop without end gets here too, so nobody is called a cheat. */
_Noreturn void event_too_many_callbacks(struct channel *channel);

/* After a test that would have passed: messages were left. Sets the verdict. */
void event_surplus(struct channel *channel);

#endif
