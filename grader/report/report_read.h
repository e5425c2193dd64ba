/*
 * report_read: a native report, read back and checked.
 *
 * The one thing to get wrong: a report is a file like any other and may be damaged.
 * What is in the struct has the types and ranges of report.schema.json, its points add
 * up, and no text has a character that nobody is shown (text.h); nothing else is
 * promised.
 */
#ifndef REPORT_READ_H
#define REPORT_READ_H

#include "error.h"
#include "manifest.h"
#include "results.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cJSON;

/* Larger ones are refused, as are lists with more entries, and more points for all
 * tests together, than that. */
#define REPORT_BYTES_MAX (8u << 20)
#define REPORT_ENTRIES_MAX 4096u
#define REPORT_POINTS_MAX 100000

enum report_status {
    REPORT_GRADED,
    REPORT_COMPILE_ERROR,
    REPORT_REJECTED
};

struct report_texts {
    const char **items;
    size_t count;
};

struct report_suite {
    const char *id;
    const char *title;
    const char *lesson;
    int points;
    int max;
};

struct report_clause {
    const char *id;
    const char *text;
    const char *why;
};

struct report_counterexample {
    struct report_texts calls;
    const char *expected;
    const char *actual;
    const char *program;
};

struct report_test {
    const char *id;
    const char *title;
    const struct report_suite *suite;
    const struct report_clause *clause;
    enum visibility visibility;
    enum test_status status;
    int points;
    int max;
    const char *message;  /* "" where there is nothing to say */
    const char *expected; /* or NULL */
    const char *actual;   /* or NULL */
    const char *hint;
    const char *file; /* or NULL, and then the next three say nothing */
    int line;
    int column;           /* 0: not known */
    const char *function; /* or NULL */
    struct report_texts calls;
    uint64_t calls_omitted;
    const struct cJSON *buffer; /* as details.h has it; or NULL */
    bool has_counterexample;
    struct report_counterexample counterexample;
};

struct report_diagnosis {
    const char *cause;
    const struct report_clause *clause;
    const char *lesson;
    const char *confidence;
    struct report_texts evidence;
    struct report_texts tests; /* ids */
};

struct report_finding {
    const char *message;
    const struct report_clause *clause;
    const char *expected; /* or NULL */
    const char *actual;   /* or NULL */
    bool has_counterexample;
    struct report_counterexample counterexample;
};

struct report_diagnostic {
    const char *phase;
    const char *severity;
    const char *message;
    const char *file;   /* or NULL */
    int line;           /* 0: not known */
    int column;         /* 0: not known */
    const char *source; /* or NULL */
};

/* All texts point into `root`, which belongs to the struct, as do the lists. */
struct report {
    struct cJSON *root;
    bool is_for_student;
    const char *version; /* of the grader */
    const char *exercise_id;
    const char *exercise_title;
    const char *exercise_version;
    enum hidden_feedback hidden_feedback;
    const char *file;
    const char *sha256;   /* or NULL */
    const char *compiler; /* or NULL */
    const char *seed;
    enum report_status status;
    int points;
    int max; /* at least 1 */
    struct report_suite *suites;
    size_t suite_count;
    struct report_clause *clauses;
    size_t clause_count;
    struct report_test *tests;
    size_t test_count;
    struct report_diagnosis *diagnosis;
    size_t diagnosis_count;
    struct report_finding *findings;
    size_t finding_count;
    struct report_diagnostic *diagnostics;
    size_t diagnostic_count;
    bool is_diagnostics_truncated;
};

/*
 * Reads `length` bytes at `text`, where text[length] must be NUL. `name` is the file's,
 * for messages. ERROR_USAGE names the file and the key that is wrong.
 */
int report_read(const char *name,
                const char *text,
                size_t length,
                struct report *report,
                struct error *error);

/* Derives all but `root` anew, once `root` was changed. */
int report_reread(const char *name, struct report *report, struct error *error);

/* A second report that says the same and shares nothing. ERROR_GRADER: out of
 * memory. */
int report_copy(const struct report *report, struct report *copy, struct error *error);

/* Frees the contents. A zeroed report is fine. */
void report_release(struct report *report);

const char *report_status_name(enum report_status status);

#endif
