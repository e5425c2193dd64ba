#include "options_table.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

#define EXERCISE_OPTION                                                                \
    {                                                                                  \
        "--exercise", "DIR", "folder of the exercise; by default 06_fixed_buffer",     \
            OPTION_TEXT, offsetof(struct options, exercise), 0                         \
    }

#define FORMAT_OPTION                                                                  \
    {                                                                                  \
        "--format", "NAME", "write what a platform reads; `grader formats` lists all", \
            OPTION_TEXT, offsetof(struct options, format), 0                           \
    }

#define AUDIENCE_OPTION                                                                \
    {                                                                                  \
        "--audience", "WHO", "student or instructor: whom it is for", OPTION_TEXT,     \
            offsetof(struct options, audience), 0                                      \
    }

#define PHASE_OPTION                                                                   \
    {                                                                                  \
        "--phase", "WHEN", "for a student: before_due, after_due or published",        \
            OPTION_TEXT, offsetof(struct options, phase), 0                            \
    }

static const struct option_spec grade_options[] = {
    EXERCISE_OPTION,
    {"--report", "FILE",
     "write the JSON report; - is standard output, and\n"
     "                        then nothing else is shown",
     OPTION_TEXT, offsetof(struct options, report), 0},
    FORMAT_OPTION,
    AUDIENCE_OPTION,
    PHASE_OPTION,
    {"--test", "ID", "run one test only and show what happened; no score", OPTION_TEXT,
     offsetof(struct options, test), 0},
    {"--trace", NULL, "with --test: show every call and its answer", OPTION_FLAG,
     offsetof(struct options, is_traced), 0},
    {"--fail-under", "POINTS", "exit with status 1 below so many points", OPTION_NUMBER,
     offsetof(struct options, fail_under), offsetof(struct options, has_fail_under)},
    {"--seed", "N", "seed in the report; by default from the submission", OPTION_NUMBER,
     offsetof(struct options, seed), offsetof(struct options, has_seed)},
    {"--seed-key", "FILE", "a secret that the seed is made with as well", OPTION_TEXT,
     offsetof(struct options, seed_key), 0},
    {"--run-info", "FILE", "write what belongs to this run: times, kernel, limits",
     OPTION_TEXT, offsetof(struct options, run_info), 0},
    {"--trust-submission", NULL, "no sandbox: for a file of your own only", OPTION_FLAG,
     offsetof(struct options, trusts_submission), 0},
    {"--quiet", NULL, "show nothing on the terminal", OPTION_FLAG,
     offsetof(struct options, is_quiet), 0}};

static const struct option_spec exercise_options[] = {EXERCISE_OPTION};

static const struct option_spec convert_options[] = {FORMAT_OPTION, AUDIENCE_OPTION,
                                                     PHASE_OPTION};

static const struct option_spec watch_options[] = {
    EXERCISE_OPTION,
    AUDIENCE_OPTION,
    PHASE_OPTION,
    {"--trust-submission", NULL, "no sandbox: for a file of your own only", OPTION_FLAG,
     offsetof(struct options, trusts_submission), 0}};

static const struct command_spec commands[] = {
    {COMMAND_GRADE, "grade", "FILE", "grade a C source or an object file",
     grade_options, COUNT(grade_options)},
    {COMMAND_CONVERT, "convert", "REPORT", "write a native report as another format",
     convert_options, COUNT(convert_options)},
    {COMMAND_WATCH, "watch", "FILE", "grade a file each time it is saved",
     watch_options, COUNT(watch_options)},
    {COMMAND_TESTS, "tests", NULL,
     "list the suites and their tests, with points and clauses", exercise_options,
     COUNT(exercise_options)},
    {COMMAND_EXPLAIN, "explain", "CLAUSE",
     "say what a clause promises, why, and which tests check it", exercise_options,
     COUNT(exercise_options)},
    {COMMAND_FORMATS, "formats", NULL, "list what a grading can be written as", NULL,
     0},
    {COMMAND_DOCTOR, "doctor", NULL,
     "say whether this machine can grade, and what it lacks", NULL, 0},
    {COMMAND_HELP, "help", NULL, "show this; `grader COMMAND --help` shows more", NULL,
     0},
};

const struct command_spec *options_commands(size_t *count)
{
    *count = COUNT(commands);
    return commands;
}

static void print_commands(FILE *out)
{
    fputs("usage: grader COMMAND [OPTIONS]\n\n", out);
    for (size_t i = 0; i < COUNT(commands); i++) {
        char left[32];
        snprintf(left, sizeof left, "%s %s", commands[i].name,
                 commands[i].argument != NULL ? commands[i].argument : "");
        fprintf(out, "  %-18s%s\n", left, commands[i].help);
    }
    fputs(
        "  --version         show the version\n"
        "\n"
        "Exit status: 0 graded, whatever the score; 1 graded, but below --fail-under;\n"
        "2 the command line, or a file that cannot be opened; 3 the grader failed.\n",
        out);
}

static void print_command(FILE *out, const struct command_spec *command)
{
    fprintf(out, "usage: grader %s%s%s%s\n\n%s\n", command->name,
            command->option_count > 0 ? " [OPTIONS]" : "",
            command->argument != NULL ? " " : "",
            command->argument != NULL ? command->argument : "", command->help);
    if (command->option_count > 0) {
        fputc('\n', out);
    }
    for (size_t i = 0; i < command->option_count; i++) {
        const struct option_spec *option = &command->options[i];
        char left[32];
        snprintf(left, sizeof left, "%s %s", option->name,
                 option->value != NULL ? option->value : "");
        fprintf(out, "  %-22s%s\n", left, option->help);
    }
}

void options_print_help(FILE *out, enum command topic)
{
    for (size_t i = 0; i < COUNT(commands); i++) {
        if (commands[i].command == topic && topic != COMMAND_HELP) {
            print_command(out, &commands[i]);
            return;
        }
    }
    print_commands(out);
}
