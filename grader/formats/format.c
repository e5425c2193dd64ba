#include "format.h"

#include "nearest.h"
#include "writers.h"

#include <stdlib.h>
#include <string.h>

/* Of any one text. What is longer is of use to nobody. */
enum {
    TEXT_BYTES_MAX = 16384
};

static const struct format formats[] = {
    {"native", "this grader's own report, which report.schema.json describes",
     "nothing: all others are made of it", AUDIENCE_INSTRUCTOR, 0, format_native},
    {"gradescope", "Gradescope, results.json", "the counterexample as a program to run",
     AUDIENCE_INSTRUCTOR, 0, format_gradescope},
    {"prairielearn", "PrairieLearn, results.json",
     "visibility: students see every test", AUDIENCE_STUDENT, 1u << 20,
     format_prairielearn},
    {"github-classroom", "GitHub Classroom, the JSON of a runner's result",
     "visibility and suites; the words about a test are in its log only",
     AUDIENCE_STUDENT, 0, format_github_classroom},
    {"classroom50", "Classroom 50, result.json", "visibility and suites",
     AUDIENCE_STUDENT, 0, format_classroom50},
    {"autolab", "Autolab, the last two lines of standard output",
     "visibility, and points of single tests: each suite is a problem",
     AUDIENCE_STUDENT, 1000u << 10, format_autolab},
    {"coderunner", "CodeRunner, a combinator template grader",
     "dates: what is not visible is hidden from students for good", AUDIENCE_INSTRUCTOR,
     2u << 20, format_coderunner},
    {"exercism", "Exercism, results.json of a test runner, version 3",
     "points, suites and visibility", AUDIENCE_STUDENT, 0, format_exercism},
    {"check50", "check50 -o json", "points (they are in `data`), and visibility",
     AUDIENCE_STUDENT, 0, format_check50},
    {"ctrf", "Common Test Report Format 1.0.0",
     "points (they are in `extra`), and visibility", AUDIENCE_STUDENT, 0, format_ctrf},
    {"junit", "JUnit XML, for Jenkins, GitLab, GitHub and Artemis",
     "points of single tests (those of a suite are properties), and visibility",
     AUDIENCE_STUDENT, 0, format_junit},
    {"tap", "Test Anything Protocol, version 14",
     "points (they are in the YAML of a test), and visibility", AUDIENCE_STUDENT, 0,
     format_tap},
    {"csv", "one line a test, for a spreadsheet",
     "calls, hints, pictures and what the compiler said", AUDIENCE_INSTRUCTOR, 0,
     format_csv},
    {"program", "C, the first counterexample, to debug with the submission", "all else",
     AUDIENCE_STUDENT, 0, format_program},
    {"svg", "an image: the total, and the buffer of one failed test of each suite",
     "all else", AUDIENCE_STUDENT, 0, format_svg},
};

const struct format *format_list(size_t *count)
{
    *count = sizeof formats / sizeof formats[0];
    return formats;
}

static const char *format_name(const void *context, size_t index)
{
    (void)context;
    return formats[index].name;
}

int format_find(const char *name, const struct format **format, struct error *error)
{
    size_t count = 0;
    const struct format *all = format_list(&count);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, all[i].name) == 0) {
            *format = &all[i];
            return 0;
        }
    }
    const ptrdiff_t near = nearest_find(name, count, format_name, NULL);
    if (near >= 0) {
        return error_set(error, ERROR_USAGE,
                         "there is no format \"%s\"; did you mean %s?", name,
                         all[near].name);
    }
    return error_set(error, ERROR_USAGE,
                     "there is no format \"%s\"; `grader formats` lists them", name);
}

/* Writes the page once, with texts as long as it allows. */
static int write_once(const struct format *format,
                      struct page *page,
                      char **text,
                      size_t *length)
{
    page->out = open_memstream(text, length);
    if (page->out == NULL) {
        return error_set(page->error, ERROR_GRADER, "out of memory");
    }
    format->write(page);
    const int has_failed = ferror(page->out);
    if (fclose(page->out) != 0 || has_failed) {
        error_set(page->error, ERROR_GRADER, "out of memory");
        page->has_failed = true;
    }
    if (page->has_failed) {
        free(*text);
        return -1;
    }
    return 0;
}

/* Writes `first` as often as it takes to make it fit. */
static int write_fitting(const struct format *format,
                         const struct page *first,
                         char **text,
                         size_t *length)
{
    size_t bytes = TEXT_BYTES_MAX;
    for (bool has_pictures = true;; has_pictures = false) {
        char *written = NULL;
        size_t size = 0;
        struct page page = *first;
        page.text_bytes = bytes;
        page.has_pictures = has_pictures;
        if (write_once(format, &page, &written, &size) != 0) {
            return -1;
        }
        if (format->most_bytes == 0 || size <= format->most_bytes) {
            *text = written;
            *length = size;
            return 0;
        }
        free(written);
        if (!has_pictures && bytes == 0) {
            return error_set(page.error, ERROR_USAGE,
                             "this report takes more than the %zu bytes that %s allows",
                             format->most_bytes, format->name);
        }
        bytes = has_pictures ? bytes : bytes / 2;
    }
}

int format_write(const struct format *format,
                 const struct report *report,
                 format_lookup *lookup,
                 char **text,
                 size_t *length,
                 struct error *error)
{
    struct report shown = {0};
    int status = -1;
    if (report_copy(report, &shown, error) == 0 &&
        audience_filter(&shown, PHASE_BEFORE_DUE, error) == 0) {
        const struct page page = {
            .report = report, .shown = &shown, .lookup = lookup, .error = error};
        status = write_fitting(format, &page, text, length);
    }
    report_release(&shown);
    return status;
}
