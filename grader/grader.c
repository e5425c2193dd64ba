/* The program: reads the command line, does one thing, prints what went wrong, once. */
#include "catalogue.h"
#include "doctor.h"
#include "error.h"
#include "grade.h"
#include "options.h"
#include "output.h"
#include "report.h"
#include "run_info.h"
#include "terminal.h"
#include "version.h"
#include "view.h"
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

/* How to grade the same file again, as the caller named program and file. */
static char *same_command(const char *program, const struct options *options)
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
    if (options->exercise != NULL) {
        fputs(" --exercise ", out);
        print_quoted(out, options->exercise);
    }
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

typedef int writer(const struct grading *grading,
                   char **text,
                   size_t *length,
                   struct error *error);

static int write_output(const char *path,
                        writer *write,
                        const struct grading *grading,
                        struct error *error)
{
    char *text = NULL;
    size_t length = 0;
    if (path == NULL) {
        return 0;
    }
    if (write(grading, &text, &length, error) != 0) {
        return -1;
    }
    const int status = output_write(path, text, length, error);
    free(text);
    return status;
}

static void show(const struct grading *grading,
                 const struct options *options,
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
    char *command = same_command(program, options);
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

static int run_grade(const struct options *options,
                     const char *program,
                     bool has_stdout,
                     struct error *error)
{
    const struct grade_spec spec = {.file = options->argument,
                                    .exercise = options->exercise,
                                    .test = options->test,
                                    .keeps_calls = options->is_traced,
                                    .trusts_submission = options->trusts_submission,
                                    .has_seed = options->has_seed,
                                    .seed = options->seed};
    struct grading grading;
    int status = -1;
    grading_init(&grading);
    if (check_outputs(options, has_stdout, error) == 0 &&
        grade(&spec, &grading, error) == 0 &&
        check_fail_under(options, &grading, error) == 0 &&
        write_output(options->report, report_write, &grading, error) == 0 &&
        write_output(options->run_info, run_info_write, &grading, error) == 0) {
        show(&grading, options, program);
        const bool is_below = options->has_fail_under &&
                              (uint64_t)grading.score.points < options->fail_under;
        status = is_below ? EXIT_BELOW : EXIT_GRADED;
    }
    grading_release(&grading);
    return status;
}

static int run_watch(const struct options *options,
                     const char *program,
                     struct error *error)
{
    const struct grade_spec spec = {.file = options->argument,
                                    .exercise = options->exercise,
                                    .trusts_submission = options->trusts_submission};
    struct terminal terminal;
    char *command = same_command(program, options);
    terminal_init(&terminal, stdout);
    const int status = watch_run(&spec, command != NULL ? command : "grader grade FILE",
                                 &terminal, error);
    free(command);
    return status;
}

static int run_catalogue(const struct options *options, struct error *error)
{
    struct terminal terminal;
    struct manifest manifest = {0};
    int status = 0;
    if (grade_read_manifest(options->exercise, &manifest, error) != 0) {
        return -1;
    }
    terminal_init(&terminal, stdout);
    if (options->command == COMMAND_TESTS) {
        catalogue_tests(&terminal, &manifest);
    } else {
        status = catalogue_explain(&terminal, &manifest, options->argument, error);
    }
    manifest_release(&manifest);
    return status;
}

static int run_doctor(struct error *error)
{
    bool is_able = false;
    if (doctor_run(stdout, &is_able, error) != 0) {
        return -1;
    }
    return is_able ? 0 : (int)ERROR_GRADER;
}

/* Returns an exit status of this program, or -1 with `error` set. */
static int run(const struct options *options,
               const char *program,
               bool has_stdout,
               struct error *error)
{
    struct terminal terminal;
    switch (options->command) {
    case COMMAND_HELP:
        options_print_help(stdout, options->topic);
        return 0;
    case COMMAND_VERSION:
        puts("grader " GRADER_VERSION);
        return 0;
    case COMMAND_GRADE:
        return run_grade(options, program, has_stdout, error);
    case COMMAND_WATCH:
        return run_watch(options, program, error);
    case COMMAND_TESTS:
    case COMMAND_EXPLAIN:
        return run_catalogue(options, error);
    case COMMAND_FORMATS:
        terminal_init(&terminal, stdout);
        catalogue_formats(&terminal);
        return 0;
    case COMMAND_DOCTOR:
        return run_doctor(error);
    }
    return 0;
}

/* A file opened later must not get the number of a standard stream. Returns whether
 * standard output was open. */
static bool fill_standard_streams(void)
{
    const bool has_stdout = fcntl(STDOUT_FILENO, F_GETFD) >= 0;
    for (int descriptor = 0; descriptor <= STDERR_FILENO; descriptor++) {
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF) {
            (void)!open("/dev/null", O_RDWR);
        }
    }
    return has_stdout;
}

int main(int argc, char **argv)
{
    struct options options;
    struct error error = {0};
    int status = -1;
    const bool has_stdout = fill_standard_streams();
    if (options_read(argc, argv, &options, &error) == 0) {
        status = run(&options, argv[0], has_stdout, &error);
    }
    if (status >= 0 && (fflush(stdout) != 0 || ferror(stdout))) {
        status = error_set_errno(&error, ERROR_GRADER, errno,
                                 "cannot write to standard output");
    }
    if (status < 0) {
        fflush(stdout);
        fprintf(stderr, "grader: %s\n", error.message);
        return (int)error.kind;
    }
    return status;
}
