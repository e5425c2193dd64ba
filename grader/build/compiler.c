#include "compiler.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of the compiler's messages this much is read; a report keeps far less. */
#define OUTPUT_BYTES (1024u * 1024u)

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

#define ARGUMENTS_MOST 32

/* The flags that change nothing about the code come after those that do. With -pipe the
 * assembler runs beside the compiler and no file lies between them. */
static void make_arguments(const struct compilation *compilation,
                           const char *arguments[ARGUMENTS_MOST])
{
    const char *const more[] = {"-fdiagnostics-format=json",
                                "-c",
                                compilation->file,
                                "-o",
                                COMPILER_OBJECT,
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
                                     compilation->workdir),
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
                                     compilation->workdir),
        .output_bytes = 4096,
    };
    return child_start(&spec, child, error);
}

bool compiler_has_succeeded(const struct child *child)
{
    return child->end == CHILD_EXITED && child->status == 0;
}

/* The first line of what `gcc --version` prints. */
static int set_version(struct build *build,
                       const struct child *child,
                       struct error *error)
{
    const struct text *output = &child->streams[CHILD_OUT].text;
    if (!compiler_has_succeeded(child) || output->length == 0) {
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
int compiler_run(const struct compilation *compilation,
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

bool compiler_says(const struct child *child, const char *words)
{
    const struct text *output = &child->streams[CHILD_ERR].text;
    return output->length > 0 &&
           memmem(output->bytes, output->length, words, strlen(words)) != NULL;
}

/* With -pipe the assembler's messages may fall into the middle of the compiler's: then
 * the two are run one after the other, so that every run reports the same. */
static bool is_mixed(const struct child *child)
{
    return compiler_says(child, "Assembler messages:");
}

int compiler_run_unmixed(struct compilation *compilation,
                         struct build *build,
                         struct child *compiler,
                         struct error *error)
{
    compilation->is_piped = true;
    if (compiler_run(compilation, build, compiler, error) != 0) {
        return -1;
    }
    if (!is_mixed(compiler)) {
        return 0;
    }
    child_release(compiler);
    unlinkat(compilation->workdir->descriptor, COMPILER_OBJECT, 0);
    compilation->is_piped = false;
    return compiler_run(compilation, build, compiler, error);
}
