#include "audit.h"

#include "audit_scan.h"
#include "child.h"
#include "diagnostics.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* What a rule says of the file, and how to keep it. The name that breaks it, if it has
 * one, stands between the two, in brackets. */
struct rule_text {
    const char *says;
    const char *remedy;
};

static const struct rule_text RULES[AUDIT_RULES] = {
    [AUDIT_DAMAGED] = {"is an object that cannot be read to its end",
                       "Submit the C file itself."},
    [AUDIT_CONSTRUCTOR] =
        {"has code that runs by itself, before or after everything else",
         "Leave out the constructor and destructor attributes; of an "
         "object, leave out -fsanitize=address and --coverage."},
    [AUDIT_INTERPRETER] = {"names a program that shall load it",
                           "Leave that section out."},
    [AUDIT_LINKER_WARNING] = {"has a text for the linker to print",
                              "Leave that section out."},
    [AUDIT_LTO] = {"is half compiled, for optimisation when it is linked",
                   "Compile it without -flto."},
    [AUDIT_GROUP] =
        {"has a section that the linker would merge with others of its name",
         "Leave out the linkonce or group section."},
    [AUDIT_SECTION] =
        {"puts something into a section of its own",
         "Leave out the section attribute, so that code and data go where "
         "the compiler puts them."},
    [AUDIT_SECTION_KIND] = {"has a section whose kind does not fit its name",
                            "Leave out the section attribute, so that code and data go "
                            "where the compiler puts them."},
    [AUDIT_ALIGNMENT] = {"has a section aligned to more than 64 KiB",
                         "Use a smaller alignment for static data."},
    [AUDIT_WRITABLE_CODE] = {"has memory that is both written to and run",
                             "Keep code and data apart."},
    [AUDIT_EXECUTABLE_STACK] = {"needs a stack whose bytes can be run as code",
                                "A function inside a function, whose address is taken, "
                                "needs that: move it out."},
    [AUDIT_STATIC_BYTES] = {"has more static data than the exercise allows",
                            "Make global and static arrays smaller."},
    [AUDIT_THREAD_LOCAL] = {"has a thread-local variable",
                            "Leave out _Thread_local and __thread."},
    [AUDIT_IFUNC] = {"chooses a function when it is loaded",
                     "Leave out the ifunc attribute."},
    [AUDIT_UNIQUE] = {"has a symbol that is unique over all programs",
                      "Leave out that symbol type."},
    [AUDIT_COMMON] = {"has a variable that is declared but not defined in one place",
                      "Compile it without -fcommon."},
    [AUDIT_VERSION] = {"gives a symbol a version", "Leave out .symver."},
    [AUDIT_NO_SECTION] = {"has a symbol in a section that is not there",
                          "Submit the C file itself."},
    [AUDIT_ABSOLUTE] = {"gives an address instead of a function of the exercise",
                        "Define the function in C."},
    [AUDIT_RESERVED_NAME] = {"uses a name that belongs to the grader",
                             "Choose a name that does not begin with \"subject_\"."},
    [AUDIT_LONG_NAME] =
        {"uses a function or variable that it does not define, by a name "
         "that cannot be linked",
         "Define it, or use another name."},
    [AUDIT_TOO_MANY_NAMES] =
        {"uses more than a thousand functions that it does not define",
         "Define what you use."},
};

static int out_of_memory(struct error *error)
{
    return error_set(error, ERROR_GRADER, "out of memory for the audit");
}

void audit_names_release(struct audit_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        free(names->names[i]);
    }
    free(names->names);
    *names = (struct audit_names){0};
}

static int add_name(char ***names, size_t *count, const char *name)
{
    char *copy = strdup(name);
    char **grown = reallocarray(*names, *count + 1, sizeof **names);
    if (grown != NULL) {
        *names = grown;
    }
    if (copy == NULL || grown == NULL) {
        free(copy);
        return -1;
    }
    grown[(*count)++] = copy;
    return 0;
}

/* The reading of one audit's records. */
struct reading {
    const struct manifest *manifest;
    struct build *build;
    struct audit_names *undefined;
    struct error *error;
};

static int add_violation(const struct reading *reading,
                         const struct audit_record *record)
{
    const uint32_t rule = record->detail < AUDIT_RULES ? record->detail : AUDIT_DAMAGED;
    const char *file = reading->manifest->submission_file;
    if (rule == AUDIT_STATIC_BYTES) {
        return diagnostics_reject(
            reading->build, "audit", reading->error,
            "%s has %llu bytes of static data; the exercise allows %llu. %s", file,
            (unsigned long long)record->value,
            (unsigned long long)reading->manifest->limits.static_bytes,
            RULES[rule].remedy);
    }
    const bool is_named = record->name[0] != '\0';
    return diagnostics_reject(reading->build, "audit", reading->error,
                              "%s %s%s%s%s. %s", file, RULES[rule].says,
                              is_named ? " (" : "", record->name, is_named ? ")" : "",
                              RULES[rule].remedy);
}

/* Does the linker's command line take it for a name and nothing else? */
static bool is_plain_name(const char *name)
{
    for (const char *byte = name; *byte != '\0'; byte++) {
        if (!isalnum((unsigned char)*byte) && strchr("_.$", *byte) == NULL) {
            return false;
        }
    }
    return name[0] != '\0' && !isdigit((unsigned char)name[0]);
}

static bool is_known(const struct audit_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

static int add_undefined(const struct reading *reading,
                         const struct audit_record *record)
{
    if (!is_plain_name(record->name)) {
        struct audit_record violation = *record;
        violation.detail = AUDIT_LONG_NAME;
        return add_violation(reading, &violation);
    }
    struct audit_names *undefined = reading->undefined;
    if (is_known(undefined, record->name)) {
        return 0;
    }
    if (add_name(&undefined->names, &undefined->count, record->name) != 0) {
        return out_of_memory(reading->error);
    }
    return 0;
}

/* A variable inside a function is called "count.0" in the object, and "count" here. */
static void strip_number(char *name)
{
    char *dot = strrchr(name, '.');
    if (dot != NULL && dot != name && dot[1] != '\0' &&
        strspn(dot + 1, "0123456789") == strlen(dot + 1)) {
        *dot = '\0';
    }
}

static int add_writable(const struct reading *reading, struct audit_record *record)
{
    struct build *build = reading->build;
    strip_number(record->name);
    const size_t length = text_cut(record->name, strlen(record->name), 128);
    record->name[length] = '\0';
    text_clean(record->name, length);
    if (add_name(&build->writable_statics, &build->writable_static_count,
                 record->name) != 0) {
        return out_of_memory(reading->error);
    }
    return 0;
}

static int read_record(const struct reading *reading, struct audit_record *record)
{
    record->name[sizeof record->name - 1] = '\0';
    switch (record->kind) {
    case AUDIT_VIOLATION:
        return add_violation(reading, record);
    case AUDIT_DEFINED:
        if (record->detail < reading->manifest->function_count) {
            reading->build->has_function[record->detail] = true;
        }
        return 0;
    case AUDIT_UNDEFINED:
        return add_undefined(reading, record);
    case AUDIT_WRITABLE:
        return add_writable(reading, record);
    default:
        return 0;
    }
}

/* Whole records only; the last one must say that the audit came to its end. */
static bool is_complete(const struct child *child)
{
    const struct child_stream *stream = &child->streams[CHILD_OUT];
    const size_t size = sizeof(struct audit_record);
    struct audit_record last;
    if (child->end != CHILD_EXITED || child->status != 0 || stream->is_truncated ||
        stream->text.length == 0 || stream->text.length % size != 0) {
        return false;
    }
    memcpy(&last, stream->text.bytes + stream->text.length - size, size);
    return last.kind == AUDIT_END;
}

static int read_records(const struct reading *reading, const struct child *child)
{
    const struct text *text = &child->streams[CHILD_OUT].text;
    struct audit_record record;
    if (!is_complete(child)) {
        record =
            (struct audit_record){.kind = AUDIT_VIOLATION, .detail = AUDIT_DAMAGED};
        return add_violation(reading, &record);
    }
    for (size_t at = 0; at < text->length; at += sizeof record) {
        memcpy(&record, text->bytes + at, sizeof record);
        if (read_record(reading, &record) != 0) {
            return -1;
        }
    }
    return 0;
}

static int run_scan(struct audit_request *request,
                    const struct manifest *manifest,
                    const struct workdir *workdir,
                    struct child *child,
                    struct error *error)
{
    const struct child_spec spec = {
        .name = "the audit",
        .run = audit_scan,
        .context = request,
        .policy = sandbox_policy_for(SANDBOX_AUDIT, &manifest->limits, workdir),
        .output_bytes = AUDIT_RECORDS_MOST * sizeof(struct audit_record),
    };
    if (child_start(&spec, child, error) != 0) {
        return -1;
    }
    return child_finish(child, 1, error);
}

int audit_object(const struct text *object,
                 const struct manifest *manifest,
                 const struct workdir *workdir,
                 struct build *build,
                 struct audit_names *undefined,
                 struct error *error)
{
    struct audit_request request = {
        .object = object,
        .functions = manifest->functions,
        .function_count = manifest->function_count,
        .static_bytes = manifest->limits.static_bytes,
    };
    const struct reading reading = {manifest, build, undefined, error};
    struct child child = {0};
    int result = -1;
    build->status = BUILD_OK;
    if (run_scan(&request, manifest, workdir, &child, error) == 0) {
        result = read_records(&reading, &child);
    }
    child_release(&child);
    return result;
}
