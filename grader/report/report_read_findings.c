/* What stands beside the tests of a report. */
#include "details.h"
#include "report_read_tests.h"
#include "report_value.h"

static int read_diagnosis(const struct json_value *entry,
                          size_t index,
                          struct report *report,
                          struct error *error)
{
    struct report_diagnosis *diagnosis = &report->diagnosis[index];
    if (details_check_diagnosis(entry, error) != 0 ||
        report_value_text(entry, "cause", &diagnosis->cause, error) != 0 ||
        report_find_clause(entry, report, &diagnosis->clause, error) != 0 ||
        report_value_text(entry, "lesson", &diagnosis->lesson, error) != 0 ||
        report_value_text(entry, "confidence", &diagnosis->confidence, error) != 0 ||
        report_value_texts(entry, "evidence", &diagnosis->evidence, error) != 0) {
        return -1;
    }
    return report_value_texts(entry, "tests", &diagnosis->tests, error);
}

static int read_finding(const struct json_value *entry,
                        size_t index,
                        struct report *report,
                        struct error *error)
{
    struct report_finding *finding = &report->findings[index];
    if (details_check_finding(entry, error) != 0 ||
        report_value_text(entry, "message", &finding->message, error) != 0 ||
        report_find_clause(entry, report, &finding->clause, error) != 0 ||
        report_value_text_or_null(entry, "expected", &finding->expected, error) != 0 ||
        report_value_text_or_null(entry, "actual", &finding->actual, error) != 0) {
        return -1;
    }
    return report_read_counterexample(entry, &finding->has_counterexample,
                                      &finding->counterexample, error);
}

static int read_diagnostic(const struct json_value *entry,
                           size_t index,
                           struct report *report,
                           struct error *error)
{
    static const char *const keys[] = {"phase",  "severity", "message", "file", "line",
                                       "column", "option",   "source",  NULL};
    struct report_diagnostic *diagnostic = &report->diagnostics[index];
    const char *option = NULL;
    if (json_only_keys(entry, keys, error) != 0 ||
        report_value_text(entry, "phase", &diagnostic->phase, error) != 0 ||
        report_value_text(entry, "severity", &diagnostic->severity, error) != 0 ||
        report_value_text(entry, "message", &diagnostic->message, error) != 0 ||
        report_value_text_or_null(entry, "file", &diagnostic->file, error) != 0 ||
        report_value_number_or_null(entry, "line", &diagnostic->line, error) != 0 ||
        report_value_number_or_null(entry, "column", &diagnostic->column, error) != 0 ||
        report_value_text_or_null(entry, "option", &option, error) != 0) {
        return -1;
    }
    return report_value_text_or_null(entry, "source", &diagnostic->source, error);
}

static int read_diagnoses(const struct json_value *root,
                          struct report *report,
                          struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(root, "diagnosis", sizeof *report->diagnosis, &array, &list,
                          &count, error) != 0) {
        return -1;
    }
    report->diagnosis = list;
    report->diagnosis_count = count;
    return report_value_entries(&array, count, read_diagnosis, report, error);
}

static int read_all_findings(const struct json_value *root,
                             struct report *report,
                             struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(root, "findings", sizeof *report->findings, &array, &list,
                          &count, error) != 0) {
        return -1;
    }
    report->findings = list;
    report->finding_count = count;
    return report_value_entries(&array, count, read_finding, report, error);
}

static int read_diagnostics(const struct json_value *root,
                            struct report *report,
                            struct error *error)
{
    struct json_value array = {0};
    void *list = NULL;
    size_t count = 0;
    if (report_value_list(root, "diagnostics", sizeof *report->diagnostics, &array,
                          &list, &count, error) != 0) {
        return -1;
    }
    report->diagnostics = list;
    report->diagnostic_count = count;
    return report_value_entries(&array, count, read_diagnostic, report, error);
}

int report_read_findings(const struct json_value *root,
                         struct report *report,
                         struct error *error)
{
    if (read_diagnoses(root, report, error) != 0 ||
        read_all_findings(root, report, error) != 0) {
        return -1;
    }
    return read_diagnostics(root, report, error);
}
