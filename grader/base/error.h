/*
 * error: why the grader itself could not do what it was asked.
 *
 * A student's fault is never an error: it is data in a report. An error names the thing
 * and the remedy in one sentence, is printed once by main, and decides the exit status.
 *
 * Convention of every module here: int f(..., struct error *error) returns 0, or -1
 * with `error` set and its outputs untouched. Library code never prints and never
 * exits.
 */
#ifndef ERROR_H
#define ERROR_H

#include <stddef.h>

/* Whose fault it is. The values are the program's exit statuses. */
enum error_kind {
    ERROR_NONE = 0,
    ERROR_USAGE = 2, /* the command line, or an input that cannot be opened */
    ERROR_GRADER =
        3 /* the grader, its installation or this machine; no score is given */
};

struct error {
    enum error_kind kind;
    char message[1024]; /* one sentence, no newline; cut with an ellipsis if longer */
};

/* Sets `error` and returns -1, so that a caller can write `return error_set(...)`. */
int error_set(struct error *error, enum error_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same, followed by ": " and the description of `errnum`. */
int error_set_errno(struct error *error,
                    enum error_kind kind,
                    int errnum,
                    const char *format,
                    ...) __attribute__((format(printf, 4, 5)));

#endif
