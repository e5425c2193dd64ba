#include "compile.h"

#include "child.h"
#include "diagnostics.h"
#include "file.h"
#include "messages.h"
#include "tool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OBJECT "submission.o"

/* Of the compiler's messages this much is read; a report keeps far less. */
#define OUTPUT_BYTES (1024u * 1024u)
#define HEADER_BYTES (1024u * 1024u)

const char *const build_compile_flags[] = {
    "-std=c17",
    "-O1",
    "-g",
    "-ffreestanding",
    "-fno-pie",
    "-fno-stack-protector",
    "-fno-omit-frame-pointer",
    "-fcf-protection=none",
    "-fno-stack-clash-protection",
    "-U_FORTIFY_SOURCE",
    "-fsanitize=undefined",
    "-fno-sanitize-recover=undefined",
    "-Wall",
    "-Wextra",
    NULL,
};

/* One compilation: what is compiled, where, and what came of it. */
struct compilation {
    const char *gcc;
    const char *file;
    const struct manifest *manifest;
    const struct tool_environment *environment;
    int directory;
    bool is_piped;
};

enum {
    ARGUMENTS_MOST = 32
};

/* The flags that change nothing about the code come after those that do. With -pipe the
 * assembler runs beside the compiler and no file lies between them. */
static void make_arguments(const struct compilation *compilation,
                           const char *arguments[ARGUMENTS_MOST])
{
    const char *const more[] = {"-fdiagnostics-format=json",
                                "-c",
                                compilation->file,
                                "-o",
                                OBJECT,
                                compilation->is_piped ? "-pipe" : NULL,
                                NULL};
    size_t count = 0;
    arguments[count++] = "gcc";
    for (size_t i = 0; build_compile_flags[i] != NULL; i++) {
        arguments[count++] = build_compile_flags[i];
    }
    for (size_t i = 0; more[i] != NULL; i++) {
        arguments[count++] = more[i];
    }
    arguments[count] = NULL;
}

static int start_compiler(const struct compilation *compilation,
                          struct child *child,
                          struct error *error)
{
    const char *arguments[ARGUMENTS_MOST];
    make_arguments(compilation, arguments);
    const struct child_spec spec = {
        .name = "the compiler (gcc)",
        .program = compilation->gcc,
        .arguments = arguments,
        .environment = compilation->environment->variables,
        .policy = sandbox_policy_for(SANDBOX_COMPILE, &compilation->manifest->limits,
                                     compilation->directory),
        .output_bytes = OUTPUT_BYTES,
    };
    return child_start(&spec, child, error);
}

static int start_version(const struct compilation *compilation,
                         struct child *child,
                         struct error *error)
{
    const char *const arguments[] = {"gcc", "--version", NULL};
    const struct child_spec spec = {
        .name = "the compiler (gcc --version)",
        .program = compilation->gcc,
        .arguments = arguments,
        .environment = compilation->environment->variables,
        .policy = sandbox_policy_for(SANDBOX_VERSION, &compilation->manifest->limits,
                                     compilation->directory),
        .output_bytes = 4096,
    };
    return child_start(&spec, child, error);
}

static bool has_succeeded(const struct child *child)
{
    return child->end == CHILD_EXITED && child->status == 0;
}

/* The first line of what `gcc --version` prints. */
static int set_version(struct build *build,
                       const struct child *child,
                       struct error *error)
{
    const struct text *output = &child->streams[CHILD_OUT].text;
    if (!has_succeeded(child) || output->length == 0) {
        return error_set(error, ERROR_GRADER,
                         "gcc --version failed; install the compiler again");
    }
    free(build->compiler);
    build->compiler = strndup(output->bytes, strcspn(output->bytes, "\n"));
    if (build->compiler == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    text_clean(build->compiler, strlen(build->compiler));
    return 0;
}

/* Runs the compiler, and beside it, the first time, the question for its version. */
static int run(const struct compilation *compilation,
               struct build *build,
               struct child *compiler,
               struct error *error)
{
    struct child children[2] = {{0}, {0}};
    const bool needs_version = build->compiler == NULL;
    int result = start_compiler(compilation, &children[0], error);
    if (result == 0 && needs_version) {
        result = start_version(compilation, &children[1], error);
    }
    if (result == 0) {
        result = child_finish(children, needs_version ? 2 : 1, error);
    }
    if (result == 0 && needs_version) {
        result = set_version(build, &children[1], error);
    }
    child_release(&children[1]);
    if (result != 0) {
        child_release(&children[0]);
        return -1;
    }
    *compiler = children[0];
    return 0;
}

static bool says(const struct child *child, const char *words)
{
    const struct text *output = &child->streams[CHILD_ERR].text;
    return output->length > 0 &&
           memmem(output->bytes, output->length, words, strlen(words)) != NULL;
}

/* With -pipe the assembler's messages may fall into the middle of the compiler's: then
 * the two are run one after the other, so that every run reports the same. */
static bool is_mixed(const struct child *child)
{
    return says(child, "Assembler messages:");
}

static int run_unmixed(struct compilation *compilation,
                       struct build *build,
                       struct child *compiler,
                       struct error *error)
{
    compilation->is_piped = true;
    if (run(compilation, build, compiler, error) != 0) {
        return -1;
    }
    if (!is_mixed(compiler)) {
        return 0;
    }
    child_release(compiler);
    unlinkat(compilation->directory, OBJECT, 0);
    compilation->is_piped = false;
    return run(compilation, build, compiler, error);
}

/* Can this compiler compile anything at all? */
static int check_installation(const struct compilation *compilation,
                              const struct workdir *workdir,
                              struct build *build,
                              struct error *error)
{
    struct child child = {0};
    struct compilation control = *compilation;
    control.file = "control.c";
    control.is_piped = false;
    if (workdir_write(workdir, control.file, "int control;\n", 13, error) != 0 ||
        run(&control, build, &child, error) != 0) {
        return -1;
    }
    const bool works = has_succeeded(&child);
    child_release(&child);
    if (works) {
        return 0;
    }
    return error_set(error, ERROR_GRADER,
                     "%s cannot compile an empty program; install gcc and binutils "
                     "again, or raise the limits of the manifest",
                     compilation->gcc);
}

/* What the compiler did not say in a message of its own. */
static const char *explain(const struct child *child)
{
    if (says(child, "out of memory") || says(child, "memory exhausted") ||
        says(child, "annot allocate memory")) {
        return "The compiler needed more memory than it is given. Look for macros that "
               "expand to very much, and for very large arrays.";
    }
    if (says(child, "ile size limit exceeded") || says(child, "ile too large") ||
        says(child, "ile truncated")) {
        return "The compiled program would be too large. Look for large arrays with "
               "initial values and for large alignments.";
    }
    return "The compiler broke down on this file without naming a line. Make the file "
           "simpler: look for very deep nesting and for assembly.";
}

static bool has_error(const struct build *build)
{
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        if (build->diagnostics[i].severity == DIAGNOSTIC_ERROR) {
            return true;
        }
    }
    return false;
}

static int say_limit(const struct compilation *compilation,
                     struct build *build,
                     struct error *error)
{
    const uint64_t milliseconds = compilation->manifest->limits.compile.cpu_ms;
    return diagnostics_say(build, "compile", DIAGNOSTIC_ERROR, error,
                           "The compiler needed more than %g seconds for %s. Look for "
                           "macros and includes that repeat themselves.",
                           (double)milliseconds / 1000.0, compilation->file);
}

/* The compiler refused the source, or did not come to its end. */
static int judge_failure(const struct compilation *compilation,
                         const struct workdir *workdir,
                         const struct child *child,
                         struct build *build,
                         struct error *error)
{
    build->status = BUILD_COMPILE_ERROR;
    if (child->end == CHILD_OUT_OF_TIME) {
        return say_limit(compilation, build, error);
    }
    if (has_error(build)) {
        return 0;
    }
    if (check_installation(compilation, workdir, build, error) != 0) {
        return -1;
    }
    return diagnostics_say(build, "compile", DIAGNOSTIC_ERROR, error, "%s",
                           explain(child));
}

static int judge_success(const struct compilation *compilation,
                         const struct workdir *workdir,
                         struct build *build,
                         struct text *object,
                         struct error *error)
{
    const uint64_t most = compilation->manifest->limits.compile.file_bytes;
    enum workdir_found found = WORKDIR_ABSENT;
    if (workdir_read(workdir, OBJECT, (size_t)most, object, &found, error) != 0) {
        return -1;
    }
    if (found == WORKDIR_FOUND) {
        build->status = BUILD_OK;
        return 0;
    }
    return error_set(error, ERROR_GRADER, "%s made no object", compilation->gcc);
}

static int judge_result(const struct compilation *compilation,
                        const struct workdir *workdir,
                        const struct text *source,
                        const struct child *child,
                        struct build *build,
                        struct text *object,
                        struct error *error)
{
    const struct message_source lines = {compilation->file, source};
    const struct child_stream *messages = &child->streams[CHILD_ERR];
    build->diagnostics_truncated |= messages->is_truncated;
    if (messages_read(build, &messages->text, &lines, error) != 0) {
        return -1;
    }
    if (has_succeeded(child)) {
        return judge_success(compilation, workdir, build, object, error);
    }
    return judge_failure(compilation, workdir, child, build, error);
}

static int copy_header(const struct manifest *manifest,
                       const char *name,
                       const struct workdir *workdir,
                       struct error *error)
{
    struct text content = {0};
    char *path = NULL;
    int file = -1;
    int result = -1;

    if (asprintf(&path, "%s/%s", manifest->directory, name) < 0) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || file_read(file, HEADER_BYTES, &content) != 0) {
        error_set(error, ERROR_GRADER,
                  "cannot read the exercise's header %s; check its folder", path);
        goto out;
    }
    result = workdir_write(workdir, name, content.bytes, content.length, error);
out:
    if (file >= 0) {
        close(file);
    }
    text_release(&content);
    free(path);
    return result;
}

static int write_sources(const struct text *source,
                         const struct manifest *manifest,
                         const struct workdir *workdir,
                         struct error *error)
{
    for (size_t i = 0; i < manifest->header_count; i++) {
        if (copy_header(manifest, manifest->headers[i], workdir, error) != 0) {
            return -1;
        }
    }
    return workdir_write(workdir, manifest->submission_file, source->bytes,
                         source->length, error);
}

int compile_submission(const struct text *source,
                       const struct manifest *manifest,
                       const struct workdir *workdir,
                       struct build *build,
                       struct text *object,
                       struct error *error)
{
    struct tool_environment environment = {0};
    struct child child = {0};
    int result = -1;

    char *gcc = tool_find("gcc", "install gcc", error);
    struct compilation compilation = {
        .gcc = gcc,
        .file = manifest->submission_file,
        .manifest = manifest,
        .environment = &environment,
        .directory = workdir->descriptor,
    };
    if (gcc == NULL || tool_environment_init(&environment, workdir, error) != 0 ||
        write_sources(source, manifest, workdir, error) != 0 ||
        run_unmixed(&compilation, build, &child, error) != 0) {
        goto out;
    }
    result = judge_result(&compilation, workdir, source, &child, build, object, error);
out:
    child_release(&child);
    tool_environment_release(&environment);
    free(gcc);
    return result;
}
