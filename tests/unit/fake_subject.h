/*
 * fake_subject: a subject of two real processes that speaks wire.h as a test wants it.
 *
 * The zygote is honest unless a test brings its own. It forks a child for each test of
 * the judge: the first behaves as told, all later ones are honest. The judge's side is
 * session_current(), as in the real judge.
 *
 * The one thing to get wrong: a child is forked from the test, and sees the test's
 * variables as they were when fake_open was called.
 */
#ifndef FAKE_SUBJECT_H
#define FAKE_SUBJECT_H

#include "wire.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The subject's ends of the channel. */
struct fake_ends {
    int control;
    int request;
    int reply;
};

typedef void (*fake_child)(const struct fake_ends *ends);
typedef void (*fake_zygote)(const struct fake_ends *ends);

/* Opens the session: the region, and a channel to a fake subject whose first child is
 * `first`. Ends the program on failure. */
void fake_open(fake_child first, uint64_t test_cpu_ms);

/* The same, and children are said to carry out WIRE_RENEW. */
void fake_open_renewing(fake_child first, uint64_t test_cpu_ms);

/* The same with a zygote that does as it likes. */
void fake_open_zygote(fake_zygote zygote);

/* One test of the judge, around calls. */
void fake_begin_test(void);
void fake_end_test(void);

/* ---- For children ---- */

/* The next request. A pipe that is closed ends the child with status 77. */
struct wire_request fake_receive(const struct fake_ends *ends);

/* A right answer to `request`; a child spoils it and sends it. */
struct wire_reply fake_answer(const struct wire_request *request);

/* Bytes as one write. */
void fake_send(const struct fake_ends *ends, const void *bytes, size_t count);

/* Answers every request but WIRE_RENEW: value i of the answer is value i of the call
 * plus i. */
void fake_honest_child(const struct fake_ends *ends);

#endif
