#include "doctor.h"

#include "build.h"
#include "grade.h"
#include "installation.h"
#include "landlock.h"
#include "syscall_filter.h"
#include "time_stamp.h"
#include "tool.h"
#include "workdir.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/utsname.h>
#include <unistd.h>

struct examination {
    FILE *out;
    bool is_able;
};

__attribute__((format(printf, 3, 4))) static void say(struct examination *examination,
                                                      const char *name,
                                                      const char *format,
                                                      ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(examination->out, "  ok       %-16s ", name);
    vfprintf(examination->out, format, arguments);
    fputc('\n', examination->out);
    va_end(arguments);
}

static void lacks(struct examination *examination,
                  const char *name,
                  const char *what,
                  const char *remedy)
{
    examination->is_able = false;
    fprintf(examination->out, "  missing  %-16s %s\n           %-16s %s\n", name, what,
            "", remedy);
}

static void examine_kernel(struct examination *examination)
{
    struct utsname name = {0};
    uname(&name);
    say(examination, "kernel", "%s %s (%s)", name.sysname, name.release, name.machine);
    const int version = landlock_version();
    if (version > 0) {
        say(examination, "landlock", "version %d; 1 is enough", version);
    } else {
        lacks(examination, "landlock", "this kernel does not offer it",
              "use Linux 5.13 or later, with landlock in the boot option lsm=");
    }
}

static void examine_filter(struct examination *examination)
{
    struct error error = {0};
    const struct syscall_filter *filter = syscall_filter_of(SYSCALLS_TOOLS, &error);
    if (filter == NULL) {
        lacks(examination, "seccomp", "filters of system calls are refused here",
              "use a kernel with CONFIG_SECCOMP_FILTER, and allow seccomp(2)");
    } else {
        say(examination, "seccomp", "a filter of %u instructions for the compiler",
            (unsigned)filter->count);
    }
}

static void examine_time_stamp(struct examination *examination)
{
    say(examination, "no clock", "%s",
        time_stamp_can_be_withheld()
            ? "a submission cannot read the processor's time stamp"
            : "the processor lets programs read its time stamp, as under some "
              "hypervisors;\n                            a submission gains nothing by "
              "it");
}

static void examine_tool(struct examination *examination,
                         const char *name,
                         const char *remedy)
{
    struct error error = {0};
    char *path = tool_find(name, remedy, &error);
    if (path == NULL) {
        lacks(examination, name, "it is not in PATH", remedy);
    } else {
        say(examination, name, "%s", path);
    }
    free(path);
}

static void examine_user(struct examination *examination)
{
    struct workdir workdir = {0};
    struct error error = {0};
    if (workdir_create(&workdir, &error) != 0) {
        lacks(examination, "private folder", error.message, "see above");
        return;
    }
    say(examination, "private folder", "%s", workdir.path);
    if (workdir.user != 0) {
        say(examination, "private user", "%u, for one grading", (unsigned)workdir.user);
    } else {
        say(examination, "private user", "%s",
            geteuid() == 0 ? "none: root here has not the right to become others"
                           : "none: only root can become others");
    }
    workdir_remove(&workdir);
}

/* A submission that must be built: it complains if it can see the hidden file. */
static int write_probe(const struct workdir *workdir, char **probe, struct error *error)
{
    char *source = NULL;
    int result = -1;
    const int length = asprintf(&source,
                                "#if __has_include(\"%s/hidden.h\")\n"
                                "#error a hidden file is visible\n"
                                "#endif\n"
                                "int probe;\n",
                                workdir->path);
    if (length < 0 || asprintf(probe, "%s/probe.c", workdir->path) < 0) {
        if (length >= 0) {
            free(source);
        }
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    if (workdir_write(workdir, "hidden.h", "int hidden;\n", 12, error) == 0 &&
        workdir_write(workdir, "probe.c", source, (size_t)length, error) == 0) {
        result = 0;
    }
    free(source);
    return result;
}

static void tell_probe(struct examination *examination,
                       int result,
                       const struct build *build,
                       const struct error *error)
{
    static const char name[] = "trial";
    if (result != 0) {
        lacks(examination, name, error->message, "nothing can be graded until then");
    } else if (build->status == BUILD_OK) {
        say(examination, name,
            "a submission was built, and a hidden file kept from it");
    } else {
        lacks(examination, name,
              build->diagnostic_count > 0 ? build->diagnostics[0].message
                                          : "a submission was not built",
              "use gcc and binutils as your distribution installs them");
    }
}

static int examine_trial(struct examination *examination,
                         const struct manifest *manifest,
                         const struct installation *installation,
                         struct error *error)
{
    struct workdir workdir = {0};
    struct build build;
    struct error trial = {0};
    char *probe = NULL;
    int result = -1;

    build_init(&build);
    if (workdir_create(&workdir, error) != 0) {
        return -1;
    }
    if (write_probe(&workdir, &probe, error) == 0) {
        const struct build_spec spec = {
            .path = probe, .manifest = manifest, .installation = installation};
        tell_probe(examination, build_submission(&spec, &build, &trial), &build,
                   &trial);
        result = 0;
    }
    build_release(&build);
    workdir_remove(&workdir);
    free(probe);
    return result;
}

int doctor_run(FILE *out, bool *is_able, struct error *error)
{
    struct examination examination = {.out = out, .is_able = true};
    struct manifest manifest = {0};
    struct installation installation = {0};
    int result = -1;

    examine_kernel(&examination);
    examine_filter(&examination);
    examine_user(&examination);
    examine_time_stamp(&examination);
    examine_tool(&examination, "gcc", "install gcc");
    examine_tool(&examination, "ld", "install binutils");
    if (grade_read_manifest(NULL, &manifest, error) == 0 &&
        installation_find(manifest.harness, &installation, error) == 0 &&
        examine_trial(&examination, &manifest, &installation, error) == 0) {
        *is_able = examination.is_able;
        fprintf(out, "\n%s\n",
                *is_able ? "This machine can grade."
                         : "This machine cannot grade until what is missing is there.");
        result = 0;
    }
    installation_release(&installation);
    manifest_release(&manifest);
    return result;
}
