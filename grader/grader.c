/* The program: reads the command line, does one thing, prints what went wrong, once. */
#include "catalogue.h"
#include "command_grade.h"
#include "convert.h"
#include "doctor.h"
#include "error.h"
#include "grade.h"
#include "namespaces.h"
#include "options.h"
#include "output.h"
#include "terminal.h"
#include "version.h"
#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int run_watch(const struct options *options, struct error *error)
{
    const struct grade_spec spec = {
        .file = options->argument,
        .exercise = options->exercise,
        .trusts_submission = options->trusts_submission,
        .namespaces = options->trusts_submission ? 0 : namespaces_enter()};
    struct convert_spec convert = {0};
    struct terminal terminal;
    if (convert_choose(NULL, options->audience, options->phase, &convert, error) != 0) {
        return -1;
    }
    terminal_init(&terminal, stdout);
    return watch_run(&spec, &convert, &terminal, error);
}

static int run_convert(const struct options *options, struct error *error)
{
    struct convert_spec spec = {0};
    char *text = NULL;
    size_t length = 0;
    if (convert_choose(options->format, options->audience, options->phase, &spec,
                       error) != 0 ||
        convert_file(options->argument, &spec, &text, &length, error) != 0) {
        return -1;
    }
    const int status = output_write("-", text, length, error);
    free(text);
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
        return command_grade(options, program, has_stdout, error);
    case COMMAND_CONVERT:
        return run_convert(options, error);
    case COMMAND_WATCH:
        return run_watch(options, error);
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
