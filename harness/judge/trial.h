/*
 * trial: calls to a submission that belong to no test, for the searches that follow a
 * verdict: a smaller counterexample, a cause, something that no test has found.
 *
 * The one thing to get wrong: a trial uses the session's verdict and empties its
 * memory. Whatever a test has left there must have been taken down before.
 */
#ifndef TRIAL_H
#define TRIAL_H

#include <stdbool.h>

/* What is called and checked. It may end as a test does (session_fail). */
typedef void trial_body(void *argument);

/*
 * Runs `body` in a fresh child (channel_begin_test), with empty memory. true: it came
 * to its end and nothing was wrong. Otherwise the session's verdict says what happened,
 * and keeps the calls, until the next trial or test; the memory is empty again.
 */
bool trial_run(trial_body *body, void *argument);

/*
 * Did the last trial, or the test before the first one, take much of the time that a
 * test may take? Hardly any does; so this is for submissions that dawdle, of which a
 * search may not make hundreds. Rarely it is the machine's doing: once is never enough.
 */
bool trial_was_slow(void);

#endif
