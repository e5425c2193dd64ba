#include "convert.h"

#include "handout.h"

#include "file.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int convert_choose(const char *format,
                   const char *audience,
                   const char *phase,
                   struct convert_spec *spec,
                   struct error *error)
{
    struct convert_spec chosen = {.is_audience_given = audience != NULL};
    if (format_find(format != NULL ? format : "native", &chosen.format, error) != 0) {
        return -1;
    }
    chosen.audience = handout_is() ? AUDIENCE_STUDENT : chosen.format->audience;
    if (audience != NULL && audience_parse(audience, &chosen.audience, error) != 0) {
        return -1;
    }
    if (phase != NULL && phase_parse(phase, &chosen.phase, error) != 0) {
        return -1;
    }
    if (phase != NULL && chosen.audience == AUDIENCE_INSTRUCTOR) {
        return error_set(error, ERROR_USAGE,
                         "--phase says what students are shown, and instructors are "
                         "shown everything; add --audience student");
    }
    if (handout_is() && (chosen.audience == AUDIENCE_INSTRUCTOR || phase != NULL)) {
        return error_set(error, ERROR_USAGE,
                         "this grader shows what students may see today; leave out %s",
                         phase != NULL ? "--phase" : "--audience instructor");
    }
    *spec = chosen;
    return 0;
}

static const char *look_up(const char *name)
{
    return getenv(name);
}

/* Makes the report one for its audience. */
static int filter(const char *name,
                  const struct convert_spec *spec,
                  struct report *report,
                  struct error *error)
{
    if (spec->audience == AUDIENCE_STUDENT) {
        return audience_filter(report, spec->phase, error);
    }
    if (report->is_for_student && spec->is_audience_given) {
        return error_set(error, ERROR_USAGE,
                         "%s is a report for students, and what was taken out of it "
                         "cannot be put back; grade the submission again",
                         name);
    }
    return 0;
}

static int fail_read(const char *path, int errnum, struct error *error)
{
    return error_set(error, ERROR_USAGE,
                     "cannot read %s: %s; name a report that `grader grade --report` "
                     "has written",
                     path, strerror(errnum));
}

static int read_file(const char *path, struct text *content, struct error *error)
{
    const bool is_standard_input = strcmp(path, "-") == 0;
    const int descriptor =
        is_standard_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) {
        return fail_read(path, errno, error);
    }
    const int outcome = file_read(descriptor, REPORT_BYTES_MAX, content);
    const int errnum = errno;
    if (!is_standard_input) {
        close(descriptor);
    }
    if (outcome < 0) {
        return fail_read(path, errnum, error);
    }
    if (outcome == FILE_TOO_LARGE) {
        return error_set(error, ERROR_USAGE,
                         "%s is larger than %u MiB; a report of this grader is smaller",
                         path, REPORT_BYTES_MAX >> 20);
    }
    return 0;
}

int convert_file(const char *path,
                 const struct convert_spec *spec,
                 char **text,
                 size_t *length,
                 struct error *error)
{
    struct text content = {0};
    struct report report = {0};
    int status = -1;
    if (read_file(path, &content, error) == 0 &&
        report_read(path, content.bytes != NULL ? content.bytes : "", content.length,
                    &report, error) == 0 &&
        filter(path, spec, &report, error) == 0) {
        status = format_write(spec->format, &report, look_up, text, length, error);
    }
    report_release(&report);
    text_release(&content);
    return status;
}

int convert_grading(const struct convert_spec *spec,
                    struct grading *grading,
                    char **text,
                    size_t *length,
                    struct error *error)
{
    static const char name[] = "the report";
    struct report report = {0};
    char *native = NULL;
    size_t size = 0;
    int status = -1;
    if (report_write(grading, &native, &size, error) != 0) {
        return -1;
    }
    if (report_read(name, native, size, &report, error) != 0) {
        /* Nobody gave us this report but ourselves. */
        error->kind = ERROR_GRADER;
    } else if (filter(name, spec, &report, error) == 0 &&
               (spec->audience == AUDIENCE_INSTRUCTOR ||
                audience_filter_grading(&report, grading, error) == 0)) {
        status = format_write(spec->format, &report, look_up, text, length, error);
    }
    report_release(&report);
    free(native);
    return status;
}
