#include "grade.h"

#include "installation.h"
#include "judge_run.h"
#include "text.h"
#include "where.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

void grading_init(struct grading *grading)
{
    *grading = (struct grading){.selected = -1};
    build_init(&grading->build);
}

void grading_release(struct grading *grading)
{
    for (size_t i = 0; grading->remarks != NULL && i < grading->remark_count; i++) {
        free(grading->remarks[i].message);
    }
    free(grading->remarks);
    free(grading->file);
    score_release(&grading->score);
    results_release(&grading->results);
    build_release(&grading->build);
    manifest_release(&grading->manifest);
    grading_init(grading);
}

int grade_read_manifest(const char *directory,
                        struct manifest *manifest,
                        struct error *error)
{
    char *own = NULL;
    if (directory == NULL && installation_default_exercise(&own, error) != 0) {
        return -1;
    }
    const int status =
        manifest_read(directory != NULL ? directory : own, manifest, error);
    free(own);
    return status;
}

/* The base name, with nothing in it that could confuse a reader. */
static int name_submission(const char *path, char **name, struct error *error)
{
    char *copy = strdup(path);
    char *file = copy != NULL ? strdup(basename(copy)) : NULL;
    free(copy);
    if (file == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    text_clean(file, strlen(file));
    for (char *newline = file; (newline = strchr(newline, '\n')) != NULL;) {
        *newline = '?';
    }
    *name = file;
    return 0;
}

static void choose_seed(const struct grade_spec *spec, struct grading *grading)
{
    if (spec->has_seed) {
        seed_fix(spec->seed, grading->seed);
    } else {
        seed_derive(grading->build.sha256, spec->seed_key, grading->seed);
    }
}

/* Takes `message`, which is NULL if there was no memory for it. */
static int add_remark(struct grading *grading,
                      enum diagnostic_severity severity,
                      char *message,
                      struct error *error)
{
    if (message == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    grading->remarks[grading->remark_count++] = (struct remark){severity, message};
    return 0;
}

static char *describe_missing(const char *file, const char *function)
{
    char *message = NULL;
    const int length =
        asprintf(&message, "%s does not define %s; every test that calls it fails.",
                 file, function);
    return length < 0 ? NULL : message;
}

static char *describe_static(const char *file, const char *variable)
{
    char *message = NULL;
    const int length = asprintf(&message,
                                "%s keeps the variable `%s` for the whole run of the "
                                "program. What belongs to one allocator is kept in its "
                                "struct; otherwise two of them share it.",
                                file, variable);
    return length < 0 ? NULL : message;
}

static int remark_on_build(struct grading *grading, struct error *error)
{
    const struct manifest *manifest = &grading->manifest;
    const struct build *build = &grading->build;
    const char *file = manifest->submission_file;
    grading->remarks = calloc(manifest->function_count + build->writable_static_count,
                              sizeof *grading->remarks);
    if (grading->remarks == NULL) {
        return error_set(error, ERROR_GRADER, "out of memory");
    }
    for (size_t i = 0; i < manifest->function_count; i++) {
        const char *function = manifest->functions[i];
        if (!build->has_function[i] &&
            add_remark(grading, DIAGNOSTIC_WARNING, describe_missing(file, function),
                       error) != 0) {
            return -1;
        }
    }
    for (size_t i = 0; i < build->writable_static_count; i++) {
        const char *variable = build->writable_statics[i];
        if (add_remark(grading, DIAGNOSTIC_NOTE, describe_static(file, variable),
                       error) != 0) {
            return -1;
        }
    }
    return 0;
}

/* Runs the judge on what was built and takes its results. */
static int run_tests(const struct grade_spec *spec,
                     const struct installation *installation,
                     struct grading *grading,
                     struct error *error)
{
    const struct judge_spec judge = {.program = installation->judge,
                                     .subject = grading->build.executable,
                                     .user = grading->build.private_user,
                                     .manifest = &grading->manifest,
                                     .symbols = grading->build.traps,
                                     .symbol_count = grading->build.trap_count,
                                     .test = spec->test,
                                     .seed = grading->seed,
                                     .keeps_calls = spec->keeps_calls};
    char *text = NULL;
    size_t length = 0;
    const double begin_ms = now_ms();
    if (judge_run(&judge, &text, &length, error) != 0) {
        return -1;
    }
    grading->times.judge_ms = now_ms() - begin_ms;
    const int status = results_parse(text, length, &grading->manifest,
                                     grading->selected, &grading->results, error);
    free(text);
    if (status != 0) {
        return -1;
    }
    return where_tell(&grading->build, &grading->manifest, spec->trusts_submission,
                      &grading->results, error);
}

static int grade_into(const struct grade_spec *spec,
                      struct installation *installation,
                      struct grading *grading,
                      struct error *error)
{
    const double begin_ms = now_ms();
    struct manifest *manifest = &grading->manifest;
    const struct build_spec build = {.path = spec->file,
                                     .manifest = manifest,
                                     .installation = installation,
                                     .trusts_submission = spec->trusts_submission};
    grading->trusts_submission = spec->trusts_submission;
    grading->namespaces = spec->namespaces;
    if (grade_read_manifest(spec->exercise, manifest, error) != 0) {
        return -1;
    }
    if (spec->test != NULL &&
        manifest_need_test(manifest, spec->test, &grading->selected, error) != 0) {
        return -1;
    }
    if (installation_find(manifest->harness, installation, error) != 0 ||
        name_submission(spec->file, &grading->file, error) != 0 ||
        build_submission(&build, &grading->build, error) != 0) {
        return -1;
    }
    choose_seed(spec, grading);
    if (grading->build.status == BUILD_OK) {
        if (remark_on_build(grading, error) != 0 ||
            run_tests(spec, installation, grading, error) != 0) {
            return -1;
        }
    } else if (results_init(manifest, &grading->results, error) != 0) {
        return -1;
    }
    if (score_compute(manifest, &grading->results, &grading->score, error) != 0) {
        return -1;
    }
    grading->times.total_ms = now_ms() - begin_ms;
    return 0;
}

int grade(const struct grade_spec *spec, struct grading *grading, struct error *error)
{
    struct installation installation = {0};
    struct grading whole;
    grading_init(&whole);
    const int status = grade_into(spec, &installation, &whole, error);
    installation_release(&installation);
    if (status != 0) {
        grading_release(&whole);
        return -1;
    }
    *grading = whole;
    return 0;
}
