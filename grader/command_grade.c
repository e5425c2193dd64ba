#include "command_grade.h"

#include "convert.h"
#include "grade.h"
#include "namespaces.h"
#include "output.h"
#include "report.h"
#include "run_info.h"
#include "seed.h"
#include "terminal.h"
#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The exit statuses beside those of enum error_kind. */
enum {
    EXIT_GRADED = 0,
    EXIT_BELOW = 1
};

/* A word as a shell reads it back, for the reader to copy. */
static void print_quoted(FILE *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789_./-+,:@%";
    if (word[0] != '\0' && word[strspn(word, plain)] == '\0') {
        fputs(word, out);
        return;
    }
    fputc('\'', out);
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            fputs("'\\''", out);
        } else {
            fputc(*word, out);
        }
    }
    fputc('\'', out);
}

static void print_option(FILE *out, const char *name, const char *value)
{
    if (value != NULL) {
        fprintf(out, " %s ", name);
        print_quoted(out, value);
    }
}

char *command_again(const char *program, const struct options *options)
{
    char *command = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&command, &size);
    if (out == NULL) {
        return NULL;
    }
    print_quoted(out, program);
    fputs(" grade ", out);
    print_quoted(out, options->argument);
    if (options->trusts_submission) {
        fputs(" --trust-submission", out);
    }
    print_option(out, "--exercise", options->exercise);
    print_option(out, "--audience", options->audience);
    print_option(out, "--phase", options->phase);
    if (fclose(out) != 0) {
        free(command);
        return NULL;
    }
    return command;
}

static bool is_standard_output(const char *path)
{
    return path != NULL && strcmp(path, "-") == 0;
}

/* Every output needs a place of its own that exists. */
static int check_places(const struct options *options,
                        bool has_stdout,
                        struct error *error)
{
    if (options->report != NULL && options->run_info != NULL &&
        output_is_same(options->report, options->run_info)) {
        return error_set(
            error, ERROR_USAGE, "--report and --run-info both name %s; name two files",
            is_standard_output(options->report) ? "standard output" : options->report);
    }
    if (!has_stdout && (is_standard_output(options->report) ||
                        is_standard_output(options->run_info))) {
        return error_set(error, ERROR_USAGE,
                         "%s - writes to standard output, which is closed; name a file",
                         is_standard_output(options->report) ? "--report"
                                                             : "--run-info");
    }
    return 0;
}

static int check_outputs(const struct options *options,
                         bool has_stdout,
                         struct error *error)
{
    if (check_places(options, has_stdout, error) != 0) {
        return -1;
    }
    if (options->report != NULL &&
        output_check(options->report, "--report", options->argument, error) != 0) {
        return -1;
    }
    if (options->run_info != NULL &&
        output_check(options->run_info, "--run-info", options->argument, error) != 0) {
        return -1;
    }
    return 0;
}

static int write_run_info(const struct options *options,
                          const struct grading *grading,
                          struct error *error)
{
    char *text = NULL;
    size_t length = 0;
    if (options->run_info == NULL) {
        return 0;
    }
    if (run_info_write(grading, &text, &length, error) != 0) {
        return -1;
    }
    const int status = output_write(options->run_info, text, length, error);
    free(text);
    return status;
}

/* Whether anybody but an instructor, or any other format, is asked for. */
static bool is_converted(const struct convert_spec *convert)
{
    return convert->audience == AUDIENCE_STUDENT ||
           strcmp(convert->format->name, "native") != 0;
}

/* Writes the report, and leaves in the grading what its audience may see. */
static int deliver(const struct options *options,
                   const struct convert_spec *convert,
                   struct grading *grading,
                   struct error *error)
{
    char *text = NULL;
    size_t length = 0;
    int status = 0;
    /* Of a single test there is no report. */
    if (options->test != NULL || (options->report == NULL && !is_converted(convert))) {
        return 0;
    }
    if (is_converted(convert)
            ? convert_grading(convert, grading, &text, &length, error) != 0
            : report_write(grading, &text, &length, error) != 0) {
        return -1;
    }
    if (options->report != NULL) {
        status = output_write(options->report, text, length, error);
    }
    free(text);
    return status;
}

static int check_selected(const struct grading *grading,
                          const struct convert_spec *convert,
                          struct error *error)
{
    const struct manifest *manifest = &grading->manifest;
    if (grading->selected < 0 || convert->audience == AUDIENCE_INSTRUCTOR ||
        manifest->hidden_feedback == HIDDEN_FEEDBACK_FULL) {
        return 0;
    }
    const struct manifest_test *test = &manifest->tests[grading->selected];
    if (!audience_shows(test->visibility, convert->phase)) {
        return error_set(error, ERROR_USAGE,
                         "students are not shown what %s does; name a visible test, or "
                         "read its clause with `grader explain %s`",
                         test->id, manifest->clauses[test->clause].id);
    }
    return 0;
}

/* Whether a failed test can be looked at on its own. */
static bool has_calls(const struct grading *grading)
{
    for (size_t i = 0; i < grading->results.count; i++) {
        if (grading->results.tests[i].call_count > 0) {
            return true;
        }
    }
    return false;
}

static void show(const struct grading *grading,
                 const struct options *options,
                 const struct convert_spec *convert,
                 const char *program)
{
    struct terminal terminal;
    if (options->is_quiet || is_standard_output(options->report) ||
        is_standard_output(options->run_info)) {
        return;
    }
    terminal_init(&terminal, stdout);
    if (options->test != NULL) {
        view_selected(&terminal, grading, options->is_traced);
        return;
    }
    if (convert->audience == AUDIENCE_STUDENT && !has_calls(grading)) {
        view_grading(&terminal, grading, NULL);
        return;
    }
    char *command = command_again(program, options);
    view_grading(&terminal, grading, command != NULL ? command : "grader grade FILE");
    free(command);
}

static int check_fail_under(const struct options *options,
                            const struct grading *grading,
                            struct error *error)
{
    if (options->has_fail_under &&
        options->fail_under > (uint64_t)grading->manifest.points) {
        return error_set(
            error, ERROR_USAGE,
            "--fail-under %llu is more than the %d points there are; every "
            "submission would fail",
            (unsigned long long)options->fail_under, grading->manifest.points);
    }
    return 0;
}

/* All that is asked for before the work, so that nothing is found out after it. */
static int prepare(const struct options *options,
                   bool has_stdout,
                   struct convert_spec *convert,
                   struct seed_key *key,
                   struct error *error)
{
    if (convert_choose(options->format, options->audience, options->phase, convert,
                       error) != 0 ||
        check_outputs(options, has_stdout, error) != 0) {
        return -1;
    }
    return options->seed_key != NULL ? seed_key_read(options->seed_key, key, error) : 0;
}

static int grade_and_deliver(const struct options *options,
                             const struct convert_spec *convert,
                             const struct seed_key *key,
                             struct grading *grading,
                             struct error *error)
{
    const struct grade_spec spec = {
        .file = options->argument,
        .exercise = options->exercise,
        .test = options->test,
        .keeps_calls = options->is_traced,
        .trusts_submission = options->trusts_submission,
        .namespaces = options->trusts_submission ? 0 : namespaces_enter(),
        .has_seed = options->has_seed,
        .seed = options->seed,
        .seed_key = key};
    if (grade(&spec, grading, error) != 0 ||
        check_fail_under(options, grading, error) != 0 ||
        check_selected(grading, convert, error) != 0 ||
        deliver(options, convert, grading, error) != 0) {
        return -1;
    }
    return write_run_info(options, grading, error);
}

int command_grade(const struct options *given,
                  const char *program,
                  bool has_stdout,
                  struct error *error)
{
    struct options options = *given;
    struct convert_spec convert = {0};
    struct seed_key key = {0};
    struct grading grading;
    int status = -1;
    /* Whoever names a format wants to have it. */
    if (options.format != NULL && options.report == NULL) {
        options.report = "-";
    }
    if (prepare(&options, has_stdout, &convert, &key, error) != 0) {
        return -1;
    }
    grading_init(&grading);
    if (grade_and_deliver(&options, &convert, options.seed_key != NULL ? &key : NULL,
                          &grading, error) == 0) {
        show(&grading, &options, &convert, program);
        const bool is_below = options.has_fail_under &&
                              (uint64_t)grading.score.points < options.fail_under;
        status = is_below ? EXIT_BELOW : EXIT_GRADED;
    }
    grading_release(&grading);
    return status;
}
