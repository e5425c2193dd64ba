/*
 * fatal: the judge itself cannot go on. No verdict is given; the grader says why.
 */
#ifndef FATAL_H
#define FATAL_H

/* Prints "judge: " and one line on standard error, and exits with status 3 at once. */
_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
