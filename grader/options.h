/*
 * options: the command line.
 *
 * The one thing to get wrong: nothing is guessed. An option that does not exist, one
 * that does not belong to the command, a number that is none, a missing file: each is
 * an ERROR_USAGE that names it and says what to write instead.
 */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "error.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum command {
    COMMAND_HELP,
    COMMAND_VERSION,
    COMMAND_GRADE,
    COMMAND_TESTS,
    COMMAND_EXPLAIN,
    COMMAND_FORMATS,
    COMMAND_DOCTOR,
    COMMAND_WATCH,
    COMMAND_CONVERT
};

/* Strings point into argv; NULL where an option was not given. */
struct options {
    enum command command;
    enum command topic;   /* of COMMAND_HELP: the command, or COMMAND_HELP for all */
    const char *argument; /* the submission, the report, or the clause */
    const char *exercise; /* folder */
    const char *report;   /* file, or "-" */
    const char *format;   /* name */
    const char *audience; /* name */
    const char *phase;    /* name */
    const char *seed_key; /* file */
    const char *run_info; /* file, or "-" */
    const char *test;     /* id */
    bool is_traced;       /* with `test` */
    bool is_quiet;
    bool trusts_submission;
    bool has_seed;
    uint64_t seed;
    bool has_fail_under;
    uint64_t fail_under; /* points */
};

int options_read(int argc, char **argv, struct options *options, struct error *error);

/* The help of a command, or of the program for COMMAND_HELP. */
void options_print_help(FILE *out, enum command topic);

#endif
