/*
 * options_table: which commands there are, and which options each takes.
 */
#ifndef OPTIONS_TABLE_H
#define OPTIONS_TABLE_H

#include "options.h"

#include <stddef.h>

enum option_type {
    OPTION_FLAG,
    OPTION_TEXT,
    OPTION_NUMBER
};

struct option_spec {
    const char *name;  /* with its dashes */
    const char *value; /* what stands behind it, for the help; NULL for a flag */
    const char *help;
    enum option_type type;
    size_t target;     /* offset of the value in struct options */
    size_t has_target; /* of the bool that says a number was given */
};

struct command_spec {
    enum command command;
    const char *name;
    const char *argument; /* what it needs, or NULL */
    const char *help;
    const struct option_spec *options;
    size_t option_count;
};

/* All commands, and how many there are. */
const struct command_spec *options_commands(size_t *count);

#endif
