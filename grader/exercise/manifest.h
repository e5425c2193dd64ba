/*
 * manifest: what an exercise is: its exercise.json, read and checked.
 *
 * The one thing to get wrong: everything in here is trusted once it is read, so
 * manifest_read refuses duplicate ids, points that do not add up, a test of an unknown
 * suite or clause, an unknown key, and a limit that is missing or not positive.
 */
#ifndef MANIFEST_H
#define MANIFEST_H

#include "error.h"

#include <stddef.h>
#include <stdint.h>

enum visibility {
    VISIBILITY_HIDDEN,
    VISIBILITY_VISIBLE,
    VISIBILITY_AFTER_DUE_DATE,
    VISIBILITY_AFTER_PUBLISHED
};

/* What a student is told of a failed test that is not shown yet (audience.h). */
enum hidden_feedback {
    HIDDEN_FEEDBACK_FULL,        /* everything */
    HIDDEN_FEEDBACK_ACTUAL_ONLY, /* what the submission did, not what was asked of it */
    HIDDEN_FEEDBACK_CATEGORY,    /* how it failed, in one word, and the hint */
    HIDDEN_FEEDBACK_NONE         /* that it failed */
};

/* One clause of the contract, as the student's header states it. */
struct manifest_clause {
    char *id;
    char *text;
    char *why;
};

struct manifest_suite {
    char *id;
    char *title;
    char *lesson; /* the section of lesson.md to read on in */
    int points;
};

struct manifest_test {
    char *id;      /* "suite.name" */
    size_t suite;  /* index into suites */
    size_t clause; /* index into clauses */
    char *title;
    char *hint;
    int points;
    enum visibility visibility;
};

/* Limits of one tool that is run on a submission. */
struct manifest_tool_limits {
    uint64_t cpu_ms;
    uint64_t wall_ms;
    uint64_t memory_bytes;
    uint64_t file_bytes; /* largest file it may write */
};

struct manifest_limits {
    uint64_t submission_bytes;
    uint64_t diagnostics_bytes; /* of the compiler's messages kept in a report */
    uint64_t diagnostics_count;
    uint64_t static_bytes; /* of a submission's .data and .bss together */
    struct manifest_tool_limits compile, audit, link;
    uint64_t test_cpu_ms; /* of the subject, per test */
    uint64_t run_wall_ms; /* of the whole judge: the last resort */
};

/* Strings and arrays belong to the manifest. */
struct manifest {
    char *directory; /* where exercise.json was found */
    char *id;
    char *title;
    char *version;
    char *harness;         /* names build/bin/judge_<harness> and lib/<harness>/ */
    char *submission_file; /* "fba.c": what a submission is called in messages */
    enum hidden_feedback hidden_feedback;
    char *forbidden_reason; /* "this exercise allocates from the buffer only" */
    char **headers;         /* file names in `directory` */
    size_t header_count;
    char **functions; /* what a submission defines, in the harness's order */
    size_t function_count;
    struct manifest_limits limits;
    struct manifest_suite *suites;
    size_t suite_count;
    struct manifest_clause *clauses;
    size_t clause_count;
    struct manifest_test *tests;
    size_t test_count;
    int points; /* of all suites together */
};

/* Reads `directory`/exercise.json. Errors (ERROR_GRADER; ERROR_USAGE if there is no
 * such file) name the file, the place in it, what was expected and what to do. */
int manifest_read(const char *directory,
                  struct manifest *manifest,
                  struct error *error);

/* Frees the contents. A zeroed manifest is fine. */
void manifest_release(struct manifest *manifest);

/* Index of a test, clause or suite by id, or -1. */
ptrdiff_t manifest_find_test(const struct manifest *manifest, const char *id);

/* The same for an id that a person has given. ERROR_USAGE: there is no such test; the
 * message has the nearest one. */
int manifest_need_test(const struct manifest *manifest,
                       const char *id,
                       ptrdiff_t *index,
                       struct error *error);
ptrdiff_t manifest_find_clause(const struct manifest *manifest, const char *id);
ptrdiff_t manifest_find_suite(const struct manifest *manifest, const char *id);

/* "hidden", "visible", "after_due_date", "after_published". */
const char *visibility_name(enum visibility visibility);

/* "full", "actual-only", "category", "none". */
const char *hidden_feedback_name(enum hidden_feedback policy);

#endif
