#include "link.h"

#include "child.h"
#include "diagnostics.h"
#include "image.h"
#include "symbols.h"
#include "tool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OBJECT "submission.o"
#define PROGRAM "subject"

/* Copies in the private directory: the linker sees no other, and the user that it runs
 * as may not be able to come to where the grader lies. */
#define RUNTIME "runtime.o"
#define LINK_SCRIPT "subject.ld"
#define LIBGCC "libgcc.a"
#define TRAPS_SCRIPT "traps.ld" /* made for each submission */

/* How many traps the runtime has; the names beyond share the last. It is the harness's
 * WIRE_TRAPS, which the grader may not include: a name too many fails to link, and the
 * test of the two together would show it. */
#define TRAPS 64u

#define OUTPUT_BYTES 65536u

/* Names that the linker itself gives a meaning to. */
static const char *const LINKER_NAMES[] = {"_GLOBAL_OFFSET_TABLE_"};

enum {
    ARGUMENTS_MOST = 24
};

/* What one link is made of. */
struct linking {
    const char *ld;
    const struct manifest *manifest;
    const struct installation *installation;
    const struct tool_environment *environment;
    const struct workdir *workdir;
    struct symbols runtime;
    bool needs_library;
    struct text definitions; /* "malloc" = subject_trap_0; */
    size_t definition_count;
};

static bool is_linker_name(const char *name)
{
    for (size_t i = 0; i < sizeof LINKER_NAMES / sizeof LINKER_NAMES[0]; i++) {
        if (strcmp(LINKER_NAMES[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* The library's index is read only when a name is left over: hardly ever. */
static int find_in_library(struct linking *linking,
                           const char *name,
                           struct symbols *library,
                           bool *is_found,
                           struct error *error)
{
    if (library->count == 0 &&
        symbols_read(linking->installation->libgcc, library, error) != 0) {
        return -1;
    }
    *is_found = symbols_has(library, name);
    linking->needs_library = linking->needs_library || *is_found;
    return 0;
}

static int add_trap(struct linking *linking,
                    const char *name,
                    struct build *build,
                    struct error *error)
{
    const size_t number = linking->definition_count;
    char *copy = strdup(name);
    char *definition = NULL;
    /* In quotes: ALIGN and MAX, say, are words of the linker's own language. The option
     * --defsym takes no quotes where the linker is old. */
    const int length = asprintf(&definition, "\"%s\" = subject_trap_%zu;\n", name,
                                number < TRAPS ? number : TRAPS - 1);
    const bool is_added =
        copy != NULL && length > 0 &&
        text_append(&linking->definitions, definition, (size_t)length);
    if (length >= 0) {
        free(definition);
    }
    if (!is_added) {
        free(copy);
        return error_set(error, ERROR_GRADER, "out of memory for the link");
    }
    linking->definition_count++;
    if (build->trap_count < TRAPS) {
        build->traps[build->trap_count++] = copy;
    } else {
        free(copy);
    }
    return 0;
}

static int bind(struct linking *linking,
                const char *name,
                struct symbols *library,
                struct build *build,
                struct error *error)
{
    bool is_found = symbols_has(&linking->runtime, name) || is_linker_name(name);
    if (!is_found && find_in_library(linking, name, library, &is_found, error) != 0) {
        return -1;
    }
    return is_found ? 0 : add_trap(linking, name, build, error);
}

/* Finds for each undefined name what it is bound to. */
static int bind_names(struct linking *linking,
                      const struct audit_names *undefined,
                      struct build *build,
                      struct error *error)
{
    struct symbols library = {0};
    int result = 0;
    build->traps = calloc(TRAPS, sizeof *build->traps);
    if (build->traps == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory for the link");
    }
    for (size_t i = 0; i < undefined->count && result == 0; i++) {
        result = bind(linking, undefined->names[i], &library, build, error);
    }
    symbols_release(&library);
    return result;
}

/* The arguments of a link with the submission, or of the runtime alone. */
static void make_arguments(const struct linking *linking,
                           bool has_submission,
                           const char *arguments[ARGUMENTS_MOST])
{
    const char *const fixed[] = {
        "ld",
        "-static",
        "-nostdlib",
        "--no-dynamic-linker",
        "--build-id=none",
        "-z",
        "noexecstack",
        "-z",
        "max-page-size=4096",
        /* There are few names; a table for thousands has to be made first. */
        "--hash-size=101",
        "-T",
        LINK_SCRIPT,
        "-o",
        PROGRAM,
        /* Of two weak definitions the first counts: the stand-ins come last. */
        has_submission ? OBJECT : RUNTIME,
        has_submission ? RUNTIME : NULL,
    };
    size_t count = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof fixed[0] && fixed[i] != NULL; i++) {
        arguments[count++] = fixed[i];
    }
    if (linking->definition_count > 0 && has_submission) {
        arguments[count++] = TRAPS_SCRIPT;
    }
    if (linking->needs_library && has_submission) {
        arguments[count++] = LIBGCC;
    }
    arguments[count] = NULL;
}

static int run_linker(const struct linking *linking,
                      bool has_submission,
                      struct child *child,
                      struct error *error)
{
    const char *arguments[ARGUMENTS_MOST];
    make_arguments(linking, has_submission, arguments);
    const struct child_spec spec = {
        .name = "the linker (ld)",
        .program = linking->ld,
        .arguments = arguments,
        .environment = linking->environment->variables,
        .policy = sandbox_policy_for(SANDBOX_LINK, &linking->manifest->limits,
                                     linking->workdir),
        .output_bytes = OUTPUT_BYTES,
    };
    int result = child_start(&spec, child, error);
    if (result == 0) {
        result = child_finish(child, 1, error);
    }
    return result;
}

static bool has_succeeded(const struct child *child)
{
    return child->end == CHILD_EXITED && child->status == 0;
}

/* The linker's first words, for an error of our own; a text without a newline. */
static int first_line(const struct child *child)
{
    const struct text *text = &child->streams[CHILD_ERR].text;
    const size_t length = text->length == 0 ? 0 : strcspn(text->bytes, "\n");
    return (int)(length < 300 ? length : 300);
}

/* Can the runtime be linked by itself? */
static int check_installation(const struct linking *linking, struct error *error)
{
    struct child child = {0};
    int result = run_linker(linking, false, &child, error);
    if (result == 0 && !has_succeeded(&child)) {
        const char *words = child.streams[CHILD_ERR].text.bytes;
        result = error_set(error, ERROR_GRADER,
                           "%s cannot link %s; build or install the grader again: %.*s",
                           linking->ld, linking->installation->runtime,
                           first_line(&child), words == NULL ? "" : words);
    }
    child_release(&child);
    return result;
}

/* What the linker complained of, as far as a student can do something about it. The
 * linker's own words name files of ours and can be chosen by a submission. */
static const char *explain(const struct child *child)
{
    static const char *const CAUSES[][2] = {
        {"multiple definition", "It defines a name twice, or one of the grader's own."},
        {"undefined reference", "It uses something that nothing here defines."},
        {"relocation truncated",
         "Its static data lies too far apart: make it smaller."},
        {"does not fit", "It is too large for the memory that it is given."},
        {"overlaps", "It is too large for the memory that it is given."},
    };
    const struct text *text = &child->streams[CHILD_ERR].text;
    if (child->end == CHILD_OUT_OF_TIME) {
        return "The linker needed more time than it is given.";
    }
    for (size_t i = 0; i < sizeof CAUSES / sizeof CAUSES[0] && text->length > 0; i++) {
        if (memmem(text->bytes, text->length, CAUSES[i][0], strlen(CAUSES[i][0])) !=
            NULL) {
            return CAUSES[i][1];
        }
    }
    return "The linker refused it; look for assembly and for attributes that change "
           "how "
           "names or sections are linked.";
}

static int reject(const struct linking *linking,
                  const char *why,
                  struct build *build,
                  struct error *error)
{
    return diagnostics_reject(build, "link", error,
                              "%s compiles, but cannot be made into a program. %s",
                              linking->manifest->submission_file, why);
}

static int take_program(const struct linking *linking,
                        struct build *build,
                        struct error *error)
{
    const uint64_t most = linking->manifest->limits.link.file_bytes;
    struct text image = {0};
    enum workdir_found found = WORKDIR_ABSENT;
    int result = -1;

    if (workdir_read(linking->workdir, PROGRAM, (size_t)most, &image, &found, error) !=
        0) {
        return -1;
    }
    if (found != WORKDIR_FOUND || !image_is_sound(&image)) {
        result = reject(linking, "It changes how the program would be loaded.", build,
                        error);
        goto out;
    }
    const int memory = image_seal(&image, error);
    if (memory >= 0) {
        build->executable = memory;
        build->status = BUILD_OK;
        result = 0;
    }
out:
    text_release(&image);
    return result;
}

static int link_bound(const struct linking *linking,
                      struct build *build,
                      struct error *error)
{
    struct child child = {0};
    int result = run_linker(linking, true, &child, error);
    if (result == 0 && has_succeeded(&child)) {
        result = take_program(linking, build, error);
    } else if (result == 0) {
        result = check_installation(linking, error);
        if (result == 0) {
            result = reject(linking, explain(&child), build, error);
        }
    }
    child_release(&child);
    return result;
}

/* A fresh name each: what the compiler left behind may be anything. */
static int place(const struct linking *linking,
                 const char *name,
                 const char *path,
                 struct error *error)
{
    unlinkat(linking->workdir->descriptor, name, 0);
    return workdir_copy(linking->workdir, name, path, error);
}

static int place_inputs(const struct linking *linking,
                        const struct text *object,
                        struct error *error)
{
    const struct installation *from = linking->installation;
    unlinkat(linking->workdir->descriptor, OBJECT, 0);
    unlinkat(linking->workdir->descriptor, TRAPS_SCRIPT, 0);
    if (workdir_write(linking->workdir, OBJECT, object->bytes, object->length, error) !=
            0 ||
        (linking->definition_count > 0 &&
         workdir_write(linking->workdir, TRAPS_SCRIPT, linking->definitions.bytes,
                       linking->definitions.length, error) != 0) ||
        place(linking, RUNTIME, from->runtime, error) != 0 ||
        place(linking, LINK_SCRIPT, from->link_script, error) != 0) {
        return -1;
    }
    return linking->needs_library ? place(linking, LIBGCC, from->libgcc, error) : 0;
}

static void linking_release(struct linking *linking)
{
    text_release(&linking->definitions);
    symbols_release(&linking->runtime);
}

int link_submission(const struct text *object,
                    const struct audit_names *undefined,
                    const struct manifest *manifest,
                    const struct installation *installation,
                    const struct workdir *workdir,
                    struct build *build,
                    struct error *error)
{
    struct tool_environment environment = {0};
    int result = -1;
    char *ld = tool_find("ld", "install binutils", error);
    struct linking linking = {
        .ld = ld,
        .manifest = manifest,
        .installation = installation,
        .environment = &environment,
        .workdir = workdir,
    };
    if (ld == NULL || tool_environment_init(&environment, workdir, error) != 0 ||
        symbols_read(installation->runtime, &linking.runtime, error) != 0 ||
        bind_names(&linking, undefined, build, error) != 0 ||
        place_inputs(&linking, object, error) != 0) {
        goto out;
    }
    result = link_bound(&linking, build, error);
out:
    linking_release(&linking);
    tool_environment_release(&environment);
    free(ld);
    return result;
}
