/*
 * leaving: tests of code that ends the running test, as the judge's verdict_end does.
 *
 * The one thing to get wrong: it works in programs linked with
 * -Wl,--wrap=_ck_assert_failed only; tests/harness.cmake sees to that.
 */
#ifndef LEAVING_H
#define LEAVING_H

#include <stdbool.h>
#include <sys/types.h>

/* Calls `function`. true: it ended the test instead of returning; the test goes on. */
bool leaves_the_test(void (*function)(void *context), void *context);

/* Calls `function` in a process of its own. Returns its exit status, or 128 plus the
 * signal that ended it; `said` holds the beginning of what it wrote to standard error.
 */
int exit_status_of(void (*function)(void *context),
                   void *context,
                   char *said,
                   size_t said_bytes);

#endif
