#include "compile.h"

#include "compiler.h"
#include "diagnostics.h"
#include "file.h"
#include "messages.h"
#include "tool.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The shared library that hides files, as a copy in the private directory. */
#define COMPILER_VIEW "./compiler_view.so"

#define HEADER_BYTES (1024u * 1024u)

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
        compiler_run(&control, build, &child, error) != 0) {
        return -1;
    }
    const bool works = compiler_has_succeeded(&child);
    child_release(&child);
    if (works) {
        return 0;
    }
    return error_set(error, ERROR_GRADER,
                     "%s cannot compile an empty program; install gcc and binutils "
                     "again, or raise the limits of the manifest",
                     compilation->gcc);
}

/* The loader of the compiler speaks before the compiler does. */
static int check_view(const struct compilation *compilation,
                      const struct child *child,
                      struct error *error)
{
    static const char COMPLAINT[] = "ERROR: ld.so: object";
    const struct text *messages = &child->streams[CHILD_ERR].text;
    if (messages->length < sizeof COMPLAINT ||
        memcmp(messages->bytes, COMPLAINT, sizeof COMPLAINT - 1) != 0) {
        return 0;
    }
    return error_set(error, ERROR_GRADER,
                     "%s cannot be kept from telling which files exist: it does not "
                     "load %s; build the grader for this compiler's processor",
                     compilation->gcc, COMPILER_VIEW);
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

/* Did it meet a limit on time or memory? The driver tells only how its compiler died;
 * the words are its own, and decide about nothing but the sentence that is shown. */
static bool has_met_a_limit(const struct child *child)
{
    static const char *const WORDS[] = {
        "out of memory", "memory exhausted", "annot allocate memory",
        "CPU time limit exceeded", "Killed signal terminated"};
    for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++) {
        if (compiler_says(child, WORDS[i])) {
            return true;
        }
    }
    return child->end == CHILD_OUT_OF_TIME;
}

/* One sentence for both: which of them is met first may differ from run to run. */
static int say_limit(const struct compilation *compilation,
                     struct build *build,
                     struct error *error)
{
    const struct manifest_tool_limits *limits = &compilation->manifest->limits.compile;
    return diagnostics_say(build, "compile", DIAGNOSTIC_ERROR, error,
                           "The compiler needed more than %g seconds or %llu MiB of "
                           "memory for %s. Look for macros and includes that repeat "
                           "themselves, and for very large arrays.",
                           (double)limits->cpu_ms / 1000.0,
                           (unsigned long long)(limits->memory_bytes >> 20),
                           compilation->file);
}

/* What the compiler did not say in a message of its own. */
static const char *explain(const struct child *child)
{
    if (compiler_says(child, "ile size limit exceeded") ||
        compiler_says(child, "ile too large") ||
        compiler_says(child, "ile truncated")) {
        return "The compiled program would be too large. Look for large arrays with "
               "initial values and for large alignments.";
    }
    return "The compiler broke down on this file without naming a line. Make the file "
           "simpler: look for very deep nesting and for assembly.";
}

/* The compiler refused the source, or did not come to its end. */
static int judge_failure(const struct compilation *compilation,
                         const struct workdir *workdir,
                         const struct child *child,
                         struct build *build,
                         struct error *error)
{
    build->status = BUILD_COMPILE_ERROR;
    if (has_error(build)) {
        return 0;
    }
    if (has_met_a_limit(child)) {
        return say_limit(compilation, build, error);
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
    if (workdir_read(workdir, COMPILER_OBJECT, (size_t)most, object, &found, error) !=
        0) {
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
    if (check_view(compilation, child, error) != 0 ||
        messages_read(build, &messages->text, &lines, error) != 0) {
        return -1;
    }
    if (compiler_has_succeeded(child)) {
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

/* The compiler is told nothing of files that it may not open. */
static int place_view(const struct installation *installation,
                      const struct workdir *workdir,
                      struct tool_environment *environment,
                      struct error *error)
{
    if (workdir->trusts_submission) {
        return 0;
    }
    if (workdir_copy(workdir, COMPILER_VIEW, installation->compiler_view, error) != 0) {
        return -1;
    }
    return tool_environment_preload(environment, COMPILER_VIEW, error);
}

int compile_submission(const struct text *source,
                       const struct manifest *manifest,
                       const struct installation *installation,
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
        .workdir = workdir,
    };
    if (gcc == NULL || tool_environment_init(&environment, workdir, error) != 0 ||
        write_sources(source, manifest, workdir, error) != 0 ||
        place_view(installation, workdir, &environment, error) != 0 ||
        compiler_run_unmixed(&compilation, build, &child, error) != 0) {
        goto out;
    }
    result = judge_result(&compilation, workdir, source, &child, build, object, error);
out:
    child_release(&child);
    tool_environment_release(&environment);
    free(gcc);
    return result;
}
