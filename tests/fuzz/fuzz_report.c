/* report: a report is refused with a sentence; or it keeps its promises, every format
 * of it is whole, and what students get of it has nothing of a test they are not
 * shown. */
#include "audience.h"
#include "format.h"
#include "fuzz.h"
#include "report_read.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

/* What Classroom 50 sets. */
static const char *look_up(const char *name)
{
    return strcmp(name, "SUBMISSION_TAG") == 0 ? "submit/2026-06-01T14-32-05Z-a1b2c3d"
                                               : "given";
}

static void check_refusal(const struct error *error)
{
    assert(error->kind == ERROR_USAGE);
    assert(strlen(error->message) > 0);
    assert(strchr(error->message, '\n') == NULL && fuzz_is_harmless(error->message));
}

static void check_promises(const struct report *report)
{
    long points = 0;
    long max = 0;

    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        assert(test->points <= test->max && test->max > 0);
        assert(test->points == 0 || test->status == TEST_PASS);
        assert(test->file == NULL || test->line > 0);
        assert(fuzz_is_harmless(test->message) && fuzz_is_harmless(test->title));
        points += test->points;
        max += test->max;
    }
    assert(points == report->points && max == report->max && max > 0);
}

/* Autolab's are two documents. */
static bool is_json(const struct format *format, const char *text)
{
    return text[0] == '{' && strcmp(format->name, "autolab") != 0;
}

/* RFC 4180 ends its lines with a carriage return as well. */
static void drop_returns(char *text)
{
    for (char *at = text; (at = strstr(at, "\r\n")) != NULL;) {
        *at = ' ';
    }
}

static void check_format(const struct format *format, const struct report *report)
{
    struct error error = {0};
    char *text = NULL;
    size_t length = 0;

    if (format_write(format, report, look_up, &text, &length, &error) != 0) {
        check_refusal(&error);
        return;
    }
    assert(length > 0 && strlen(text) == length && text[length - 1] == '\n');
    assert(format->most_bytes == 0 || length <= format->most_bytes);
    drop_returns(text);
    assert(fuzz_is_harmless(text));
    if (is_json(format, text)) {
        cJSON *const parsed = cJSON_ParseWithOpts(text, NULL, 1);
        assert(parsed != NULL);
        cJSON_Delete(parsed);
    }
    free(text);
}

static void check_formats(const struct report *report)
{
    size_t count = 0;
    const struct format *formats = format_list(&count);

    for (size_t i = 0; i < count; i++) {
        check_format(&formats[i], report);
    }
}

static void check_filtered(const struct report *report)
{
    assert(report->is_for_student && report->finding_count == 0);
    for (size_t i = 0; i < report->test_count; i++) {
        const struct report_test *test = &report->tests[i];
        if (!audience_shows(test->visibility, PHASE_BEFORE_DUE) &&
            report->hidden_feedback != HIDDEN_FEEDBACK_FULL) {
            assert(test->calls.count == 0 && test->expected == NULL);
            assert(test->buffer == NULL && !test->has_counterexample);
            assert(test->actual == NULL ||
                   report->hidden_feedback == HIDDEN_FEEDBACK_ACTUAL_ONLY);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct report report = {0};
    struct error error = {0};

    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    char *const text = fuzz_copy(data, size, 1);
    if (report_read("r.json", text, size, &report, &error) != 0) {
        check_refusal(&error);
        return 0;
    }
    check_promises(&report);
    check_formats(&report);
    if (!report.is_for_student) {
        const int points = report.points;
        assert(audience_filter(&report, PHASE_BEFORE_DUE, &error) == 0);
        assert(report.points == points);
        check_promises(&report);
        check_filtered(&report);
        check_formats(&report);
    }
    report_release(&report);
    return 0;
}
