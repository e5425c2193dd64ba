#include "run_info.h"

#include "json_write.h"
#include "landlock.h"
#include "time_stamp.h"
#include "version.h"

#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/utsname.h>

/* What confines the compiler, the audit and the linker: the layers of sandbox.h. The
 * last ones belong to the sandbox that --trust-submission leaves out. */
static const char *const layers[] = {"resource_limits", "wall_clock",
                                     "output_limit",    "no_new_privileges",
                                     "own_session",     "clean_environment"};
static const char *const sandbox_layers[] = {"no_capabilities", "landlock", "seccomp",
                                             "compiler_view"};

static void write_times(struct json_writer *json, const struct grading *grading)
{
    const struct build_timings *build = &grading->build.timings;
    json_open_object(json, "wall");
    json_write_ms(json, "stage_ms", build->stage_ms);
    json_write_ms(json, "compile_ms", build->compile_ms);
    json_write_ms(json, "audit_ms", build->audit_ms);
    json_write_ms(json, "link_ms", build->link_ms);
    json_write_ms(json, "judge_ms", grading->times.judge_ms);
    json_write_ms(json, "total_ms", grading->times.total_ms);
    json_close_object(json);
}

static double to_ms(struct timeval time)
{
    return (double)time.tv_sec * 1e3 + (double)time.tv_usec / 1e3;
}

static void write_usage(struct json_writer *json, const char *key, int who)
{
    struct rusage usage = {0};
    getrusage(who, &usage);
    json_open_object(json, key);
    json_write_ms(json, "user_ms", to_ms(usage.ru_utime));
    json_write_ms(json, "system_ms", to_ms(usage.ru_stime));
    /* Linux counts in KiB; of children, it is the largest one's. */
    json_write_number(json, "peak_memory_bytes", (uint64_t)usage.ru_maxrss * 1024);
    json_close_object(json);
}

/* Those of namespaces.h, where the machine allows them. */
static void write_namespaces(struct json_writer *json, unsigned entered)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{CLONE_NEWNET, "network_namespace"},
                 {CLONE_NEWIPC, "ipc_namespace"},
                 {CLONE_NEWUSER, "user_namespace"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if ((entered & names[i].flag) != 0) {
            json_write_text(json, NULL, names[i].name);
        }
    }
}

static void write_layers(struct json_writer *json, const struct grading *grading)
{
    json_write_bool(json, "trusts_submission", grading->trusts_submission);
    json_open_array(json, "layers");
    for (size_t i = 0; i < sizeof layers / sizeof layers[0]; i++) {
        json_write_text(json, NULL, layers[i]);
    }
    for (size_t i = 0; i < sizeof sandbox_layers / sizeof sandbox_layers[0] &&
                       !grading->trusts_submission;
         i++) {
        json_write_text(json, NULL, sandbox_layers[i]);
    }
    if (grading->build.private_user != 0) {
        json_write_text(json, NULL, "private_user");
    }
    write_namespaces(json, grading->namespaces);
    if (time_stamp_can_be_withheld()) {
        json_write_text(json, NULL, "no_time_stamp");
    }
    json_close_array(json);
    json_write_number(json, "landlock_version", (uint64_t)landlock_version());
}

static void write_machine(struct json_writer *json)
{
    struct utsname name = {0};
    uname(&name);
    json_open_object(json, "kernel");
    json_write_text(json, "name", name.sysname);
    json_write_text(json, "release", name.release);
    json_write_text(json, "machine", name.machine);
    json_close_object(json);
}

static void write_all(struct json_writer *json, const struct grading *grading)
{
    json_open_object(json, NULL);
    json_write_text(json, "schema", "fba-grader/run-info/1");
    json_write_text(json, "grader", GRADER_VERSION);
    write_times(json, grading);
    write_usage(json, "grader_usage", RUSAGE_SELF);
    write_usage(json, "children_usage", RUSAGE_CHILDREN);
    write_machine(json);
    write_layers(json, grading);
    json_close_object(json);
}

int run_info_write(const struct grading *grading,
                   char **text,
                   size_t *length,
                   struct error *error)
{
    char *bytes = NULL;
    size_t size = 0;
    struct json_writer json;
    FILE *out = open_memstream(&bytes, &size);
    if (out == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    json_writer_init(&json, out);
    write_all(&json, grading);
    const int has_failed = ferror(out);
    if (fclose(out) != 0 || has_failed) {
        free(bytes);
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    *text = bytes;
    *length = size;
    return 0;
}
