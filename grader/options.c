#include "options.h"

#include "nearest.h"
#include "options_table.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

static const char *command_name(const void *context, size_t index)
{
    const struct command_spec *commands = context;
    return commands[index].name;
}

static const char *option_name(const void *context, size_t index)
{
    const struct command_spec *command = context;
    return command->options[index].name;
}

static int read_number(const char *name,
                       const char *text,
                       uint64_t *number,
                       struct error *error)
{
    char *end = NULL;
    errno = 0;
    const unsigned long long value = strtoull(text, &end, 0);
    /* strtoull takes signs and spaces, and means something else by them. */
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0) {
        return error_set(error, ERROR_USAGE,
                         "%s needs a whole number, but \"%s\" is none", name, text);
    }
    *number = value;
    return 0;
}

static int store(const struct option_spec *spec,
                 const char *value,
                 struct options *options,
                 struct error *error)
{
    char *const base = (char *)options;
    const bool yes = true;
    uint64_t number = 0;
    switch (spec->type) {
    case OPTION_FLAG:
        memcpy(base + spec->target, &yes, sizeof yes);
        return 0;
    case OPTION_TEXT:
        memcpy(base + spec->target, &value, sizeof value);
        return 0;
    case OPTION_NUMBER:
        if (read_number(spec->name, value, &number, error) != 0) {
            return -1;
        }
        memcpy(base + spec->target, &number, sizeof number);
        memcpy(base + spec->has_target, &yes, sizeof yes);
        return 0;
    }
    return 0;
}

static int fail_unknown_option(const struct command_spec *command,
                               const char *name,
                               struct error *error)
{
    const ptrdiff_t near =
        nearest_find(name, command->option_count, option_name, command);
    if (near >= 0) {
        return error_set(error, ERROR_USAGE,
                         "`grader %s` has no option %s; did you mean %s?",
                         command->name, name, command->options[near].name);
    }
    return error_set(error, ERROR_USAGE,
                     "`grader %s` has no option %s; `grader %s --help` lists them",
                     command->name, name, command->name);
}

/* Reads the option at argv[*index], written --name VALUE or --name=VALUE, and leaves
 * *index at its last word. */
static int read_option(const struct command_spec *command,
                       char **argv,
                       int *index,
                       struct options *options,
                       struct error *error)
{
    const char *const word = argv[*index];
    const size_t name_length = strcspn(word, "=");
    const char *value = word[name_length] == '=' ? word + name_length + 1 : NULL;
    const struct option_spec *spec = NULL;
    for (size_t i = 0; i < command->option_count; i++) {
        const char *name = command->options[i].name;
        if (strlen(name) == name_length && strncmp(name, word, name_length) == 0) {
            spec = &command->options[i];
        }
    }
    if (spec == NULL) {
        char name[80];
        snprintf(name, sizeof name, "%.*s", (int)name_length, word);
        return fail_unknown_option(command, name, error);
    }
    if (spec->type == OPTION_FLAG && value != NULL) {
        return error_set(error, ERROR_USAGE, "%s takes no value; leave out \"=%s\"",
                         spec->name, value);
    }
    if (spec->type != OPTION_FLAG && value == NULL) {
        value = argv[++*index];
        if (value == NULL) {
            return error_set(error, ERROR_USAGE, "%s needs a value; write %s %s",
                             spec->name, spec->name, spec->value);
        }
    }
    return store(spec, value, options, error);
}

static int take_argument(const struct command_spec *command,
                         const char *word,
                         struct options *options,
                         struct error *error)
{
    if (command->argument == NULL) {
        return error_set(error, ERROR_USAGE,
                         "`grader %s` takes no argument, so \"%s\" is one too many",
                         command->name, word);
    }
    if (word[0] == '\0') {
        return error_set(error, ERROR_USAGE,
                         "`grader %s` needs a %s, and \"\" names none", command->name,
                         command->argument);
    }
    if (options->argument != NULL) {
        return error_set(error, ERROR_USAGE,
                         "`grader %s` takes one %s, but there are two: \"%s\" and "
                         "\"%s\"",
                         command->name, command->argument, options->argument, word);
    }
    options->argument = word;
    return 0;
}

/* What can be said of options together. */
static int check_together(const struct options *options, struct error *error)
{
    if (options->is_traced && options->test == NULL) {
        return error_set(error, ERROR_USAGE,
                         "--trace shows the calls of one test; name it with --test ID");
    }
    if (options->test != NULL && options->report != NULL) {
        return error_set(error, ERROR_USAGE,
                         "--report is about all tests and --test runs one; leave out "
                         "one of the two");
    }
    if (options->test != NULL && options->format != NULL) {
        return error_set(error, ERROR_USAGE,
                         "--format is about all tests and --test runs one; leave out "
                         "one of the two");
    }
    if (options->has_seed && options->seed_key != NULL) {
        return error_set(error, ERROR_USAGE,
                         "--seed and --seed-key both choose the seed; leave out one of "
                         "the two");
    }
    if (options->command == COMMAND_CONVERT && options->format == NULL) {
        return error_set(error, ERROR_USAGE,
                         "`grader convert` needs --format NAME; `grader formats` lists "
                         "the names");
    }
    if (options->test != NULL && options->has_fail_under) {
        return error_set(error, ERROR_USAGE,
                         "--fail-under is about all tests and --test runs one; leave "
                         "out one of the two");
    }
    return 0;
}

static int read_words(const struct command_spec *command,
                      char **argv,
                      struct options *options,
                      struct error *error)
{
    bool has_options_ended = false;
    for (int i = 2; argv[i] != NULL; i++) {
        const char *word = argv[i];
        if (!has_options_ended && strcmp(word, "--") == 0) {
            has_options_ended = true;
        } else if (!has_options_ended && strcmp(word, "--help") == 0) {
            options->topic = command->command;
            options->command = COMMAND_HELP;
            return 0;
        } else if (!has_options_ended && word[0] == '-' && word[1] != '\0') {
            if (read_option(command, argv, &i, options, error) != 0) {
                return -1;
            }
        } else if (take_argument(command, word, options, error) != 0) {
            return -1;
        }
    }
    if (command->argument != NULL && options->argument == NULL) {
        return error_set(error, ERROR_USAGE,
                         "`grader %s` needs a %s; write `grader %s %s`", command->name,
                         command->argument, command->name, command->argument);
    }
    return check_together(options, error);
}

static int fail_unknown_command(const char *word, struct error *error)
{
    size_t count = 0;
    const struct command_spec *commands = options_commands(&count);
    const ptrdiff_t near = nearest_find(word, count, command_name, commands);
    if (near >= 0) {
        return error_set(error, ERROR_USAGE,
                         "there is no command \"%s\"; did you mean `grader %s`?", word,
                         commands[near].name);
    }
    return error_set(error, ERROR_USAGE,
                     "there is no command \"%s\"; `grader --help` lists them", word);
}

int options_read(int argc, char **argv, struct options *options, struct error *error)
{
    struct options read = {.command = COMMAND_HELP, .topic = COMMAND_HELP};
    if (argc < 2) {
        return error_set(error, ERROR_USAGE,
                         "what shall be done? write `grader grade FILE`; `grader "
                         "--help` lists all commands");
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        *options = read;
        return 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        read.command = COMMAND_VERSION;
        *options = read;
        return 0;
    }
    size_t count = 0;
    const struct command_spec *commands = options_commands(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            read.command = commands[i].command;
            if (read_words(&commands[i], argv, &read, error) != 0) {
                return -1;
            }
            *options = read;
            return 0;
        }
    }
    return fail_unknown_command(argv[1], error);
}
