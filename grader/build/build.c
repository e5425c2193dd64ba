#include "build.h"

#include "audit.h"
#include "compile.h"
#include "diagnostics.h"
#include "link.h"
#include "stage.h"
#include "workdir.h"

#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* What the steps hand to each other. */
struct work {
    const struct build_spec *spec;
    const struct manifest *manifest; /* the spec's */
    struct workdir workdir;
    struct text source; /* the submission's bytes */
    struct text object;
    struct audit_names undefined;
    struct build *build;
    struct error *error;
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static int do_stage(struct work *work)
{
    const int result = stage_submission(work->spec->path, work->manifest, work->build,
                                        &work->source, work->error);
    if (result != 0 || work->build->status != BUILD_OK) {
        return result;
    }
    if (workdir_create(&work->workdir, work->error) != 0) {
        return -1;
    }
    work->workdir.trusts_submission = work->spec->trusts_submission;
    work->build->private_user = work->spec->trusts_submission ? 0 : work->workdir.user;
    return 0;
}

static int do_compile(struct work *work)
{
    if (work->build->is_object) {
        work->object = work->source;
        work->source = (struct text){0};
        return 0;
    }
    return compile_submission(&work->source, work->manifest, work->spec->installation,
                              &work->workdir, work->build, &work->object, work->error);
}

static int do_audit(struct work *work)
{
    return audit_object(&work->object, work->manifest, &work->workdir, work->build,
                        &work->undefined, work->error);
}

static int do_link(struct work *work)
{
    return link_submission(&work->object, &work->undefined, work->manifest,
                           work->spec->installation, &work->workdir, work->build,
                           work->error);
}

/* Each step runs if the one before it found nothing against the submission. */
static int do_steps(struct work *work)
{
    struct build_timings *timings = &work->build->timings;
    const struct {
        int (*run)(struct work *work);
        double *time_ms;
    } steps[] = {
        {do_stage, &timings->stage_ms},
        {do_compile, &timings->compile_ms},
        {do_audit, &timings->audit_ms},
        {do_link, &timings->link_ms},
    };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        const double start = now_ms();
        const int result = steps[i].run(work);
        *steps[i].time_ms = now_ms() - start;
        if (result != 0) {
            return -1;
        }
        if (work->build->status != BUILD_OK) {
            return 0;
        }
    }
    return 0;
}

/* A signal that ends the grader must not leave the private directory behind: it is held
 * back, noticed by whoever waits for a child, and let through at the end. */
static void hold_signals(sigset_t *before)
{
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigprocmask(SIG_BLOCK, &held, before);
}

void build_init(struct build *build)
{
    *build = (struct build){.executable = -1};
}

static int prepare(struct build *build,
                   const struct manifest *manifest,
                   struct error *error)
{
    build_init(build);
    build->has_function = calloc(manifest->function_count + 1, sizeof(bool));
    if (build->has_function == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    return 0;
}

int build_submission(const struct build_spec *spec,
                     struct build *build,
                     struct error *error)
{
    const struct manifest *manifest = spec->manifest;
    struct work work = {
        .spec = spec,
        .manifest = manifest,
        .build = build,
        .error = error,
    };
    sigset_t before;
    if (prepare(build, manifest, error) != 0) {
        return -1;
    }
    hold_signals(&before);
    const int result = do_steps(&work);
    workdir_remove(&work.workdir);
    sigprocmask(SIG_SETMASK, &before, NULL);

    audit_names_release(&work.undefined);
    text_release(&work.object);
    text_release(&work.source);
    diagnostics_cap(build, &manifest->limits);
    if (result != 0) {
        build_release(build);
    }
    return result;
}

static void release_names(char **names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(names[i]);
    }
    free(names);
}

void build_release(struct build *build)
{
    diagnostics_release(build);
    release_names(build->traps, build->trap_count);
    release_names(build->writable_statics, build->writable_static_count);
    free(build->has_function);
    free(build->compiler);
    if (build->executable >= 0) {
        close(build->executable);
    }
    build_init(build);
}
