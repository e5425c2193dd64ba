#include "diagnostics.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Bytes of one text; a message of the compiler's own is far shorter. */
#define MESSAGE_MOST 1000u
#define SOURCE_MOST 300u
#define NAME_MOST 80u

static int out_of_memory(struct error *error)
{
    return error_set(error, ERROR_GRADER, "out of memory for messages");
}

/* A cleaned copy of at most `most` bytes; NULL stays NULL. false: out of memory. */
static bool copy_clean(const char *from, size_t most, char **to)
{
    static const char ELLIPSIS[] = "...";
    *to = NULL;
    if (from == NULL) {
        return true;
    }
    const size_t length = strlen(from);
    const size_t kept = text_cut(from, length, most);
    char *copy = malloc(kept + sizeof ELLIPSIS);
    if (copy == NULL) {
        return false;
    }
    memcpy(copy, from, kept);
    copy[kept] = '\0';
    text_clean(copy, kept);
    if (kept < length) {
        memcpy(copy + kept, ELLIPSIS, sizeof ELLIPSIS);
    }
    *to = copy;
    return true;
}

static void release_one(struct diagnostic *diagnostic)
{
    free(diagnostic->message);
    free(diagnostic->file);
    free(diagnostic->option);
    free(diagnostic->source);
    *diagnostic = (struct diagnostic){0};
}

/* What does not lie on the kept part of the line is not underlined. */
static void fit_caret(struct diagnostic *diagnostic)
{
    const size_t length = diagnostic->source == NULL ? 0 : strlen(diagnostic->source);
    const int last = (int)length;
    if (diagnostic->column < 1 || diagnostic->column > last) {
        diagnostic->caret_start = 0;
        diagnostic->caret_end = 0;
        return;
    }
    if (diagnostic->caret_start < 1 || diagnostic->caret_start > diagnostic->column) {
        diagnostic->caret_start = diagnostic->column;
    }
    if (diagnostic->caret_end < diagnostic->column) {
        diagnostic->caret_end = diagnostic->column;
    }
    if (diagnostic->caret_end > last) {
        diagnostic->caret_end = last;
    }
}

static bool copy_model(const struct diagnostic *model, struct diagnostic *copy)
{
    *copy = *model;
    const bool has_message = copy_clean(model->message, MESSAGE_MOST, &copy->message);
    const bool has_file = copy_clean(model->file, NAME_MOST, &copy->file);
    const bool has_option = copy_clean(model->option, NAME_MOST, &copy->option);
    const bool has_source = copy_clean(model->source, SOURCE_MOST, &copy->source);
    if (!has_message || !has_file || !has_option || !has_source) {
        release_one(copy);
        return false;
    }
    fit_caret(copy);
    return true;
}

int diagnostics_add(struct build *build,
                    const struct diagnostic *model,
                    struct error *error)
{
    struct diagnostic copy;
    if (!copy_model(model, &copy)) {
        return out_of_memory(error);
    }
    const size_t count = build->diagnostic_count + 1;
    struct diagnostic *grown =
        reallocarray(build->diagnostics, count, sizeof *build->diagnostics);
    if (grown == NULL) {
        release_one(&copy);
        return out_of_memory(error);
    }
    grown[count - 1] = copy;
    build->diagnostics = grown;
    build->diagnostic_count = count;
    return 0;
}

static int say(struct build *build,
               const char *phase,
               enum diagnostic_severity severity,
               struct error *error,
               const char *format,
               va_list list) __attribute__((format(printf, 5, 0)));

static int say(struct build *build,
               const char *phase,
               enum diagnostic_severity severity,
               struct error *error,
               const char *format,
               va_list list)
{
    char sentence[MESSAGE_MOST];
    vsnprintf(sentence, sizeof sentence, format, list);
    const struct diagnostic model = {
        .phase = phase, .severity = severity, .message = sentence};
    return diagnostics_add(build, &model, error);
}

int diagnostics_say(struct build *build,
                    const char *phase,
                    enum diagnostic_severity severity,
                    struct error *error,
                    const char *format,
                    ...)
{
    va_list list;
    va_start(list, format);
    const int result = say(build, phase, severity, error, format, list);
    va_end(list);
    return result;
}

int diagnostics_reject(struct build *build,
                       const char *phase,
                       struct error *error,
                       const char *format,
                       ...)
{
    va_list list;
    va_start(list, format);
    const int result = say(build, phase, DIAGNOSTIC_ERROR, error, format, list);
    va_end(list);
    build->status = BUILD_REJECTED;
    return result;
}

/* What is left of a limit. */
struct allowance {
    uint64_t count;
    uint64_t bytes;
};

static bool take(struct allowance *allowance, const struct diagnostic *diagnostic)
{
    const uint64_t bytes =
        strlen(diagnostic->message) +
        (diagnostic->source == NULL ? 0 : strlen(diagnostic->source));
    if (allowance->count == 0 || allowance->bytes < bytes) {
        return false;
    }
    allowance->count--;
    allowance->bytes -= bytes;
    return true;
}

static void choose_errors(const struct build *build,
                          struct allowance *allowance,
                          bool *is_kept)
{
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        const struct diagnostic *diagnostic = &build->diagnostics[i];
        is_kept[i] =
            diagnostic->severity == DIAGNOSTIC_ERROR && take(allowance, diagnostic);
    }
}

static void choose_others(const struct build *build,
                          struct allowance *allowance,
                          bool *is_kept)
{
    bool is_parent_kept = true;
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        const struct diagnostic *diagnostic = &build->diagnostics[i];
        const bool is_note = diagnostic->severity == DIAGNOSTIC_NOTE;
        if (diagnostic->severity != DIAGNOSTIC_ERROR && (!is_note || is_parent_kept)) {
            is_kept[i] = take(allowance, diagnostic);
        }
        if (!is_note) {
            is_parent_kept = is_kept[i];
        }
    }
}

static void keep_chosen(struct build *build, const bool *is_kept)
{
    size_t kept = 0;
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        if (is_kept[i]) {
            build->diagnostics[kept] = build->diagnostics[i];
            kept++;
        } else {
            release_one(&build->diagnostics[i]);
            build->diagnostics_truncated = true;
        }
    }
    build->diagnostic_count = kept;
}

void diagnostics_cap(struct build *build, const struct manifest_limits *limits)
{
    struct allowance allowance = {limits->diagnostics_count, limits->diagnostics_bytes};
    bool *is_kept = calloc(build->diagnostic_count + 1, sizeof *is_kept);
    if (is_kept == NULL) {
        /* Better no messages than a report without bounds. */
        diagnostics_release(build);
        build->diagnostics_truncated = true;
        return;
    }
    choose_errors(build, &allowance, is_kept);
    choose_others(build, &allowance, is_kept);
    keep_chosen(build, is_kept);
    free(is_kept);
}

void diagnostics_release(struct build *build)
{
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        release_one(&build->diagnostics[i]);
    }
    free(build->diagnostics);
    build->diagnostics = NULL;
    build->diagnostic_count = 0;
}
