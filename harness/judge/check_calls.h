/*
 * check_calls: what Check asks of the C library for each test, in the judge's own form.
 *
 * Check writes what a test has to say to a file, which it makes, reads back and
 * removes each time, and each time it tries whether there are timers. Where system
 * calls are dear that is the fiftieth part of a grading; here the file is memory. The
 * one thing to get wrong: these stand in the C library's place for all of the judge,
 * which must ask for no such file, no stream of a descriptor and no timer itself.
 */
#ifndef CHECK_CALLS_H
#define CHECK_CALLS_H

#include <signal.h>
#include <stdio.h>
#include <time.h>

/* The number of a file that is none. Nothing is left to remove, so unlink does
 * nothing. */
int mkstemp(char *name);
int unlink(const char *name);

/* An empty stream to write to and to read from, for that number; it is one of two, and
 * Check never holds more. For any other number NULL, with errno. */
FILE *fdopen(int descriptor, const char *mode);

/* There are none. Check, which has no use for them where tests get no process of their
 * own, takes the time of day instead; the judge tells nobody of it. */
int timer_create(clockid_t clock,
                 struct sigevent *restrict event,
                 timer_t *restrict timer);

#endif
