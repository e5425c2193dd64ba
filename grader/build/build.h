/*
 * build: from a student's file to a program that the judge can run.
 *
 *     stage -> compile -> audit -> link
 *
 * Each step that reads a student's bytes with a complicated program runs as a child
 * with limits (sandbox.h). What the student did wrong comes back as data; an error
 * means that the grader could not do its work.
 */
#ifndef BUILD_H
#define BUILD_H

#include "error.h"
#include "manifest.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum build_status {
    BUILD_OK,
    BUILD_COMPILE_ERROR, /* the compiler refused it */
    BUILD_REJECTED       /* stage, audit or link refused it */
};

enum diagnostic_severity {
    DIAGNOSTIC_ERROR,
    DIAGNOSTIC_WARNING,
    DIAGNOSTIC_NOTE
};

/* One message about a submission. Text is valid UTF-8 without control characters other
 * than newline; no path of this machine occurs in it. */
struct diagnostic {
    const char *phase; /* "stage", "compile", "audit", "link"; static */
    enum diagnostic_severity severity;
    char *message;
    char *file;      /* base name of the source or header; NULL: none */
    int line;        /* from 1; 0: none */
    int column;      /* from 1, in bytes; 0: none */
    char *option;    /* "-Wunused-variable", or NULL */
    char *source;    /* the source line, one cell of text per character; or NULL */
    int caret_start; /* first and last column, in bytes, of what to underline in */
    int caret_end; /* `source`; `column` lies between them and is the caret; 0: none */
};

/* How long each stage took, for --run-info only. */
struct build_timings {
    double stage_ms, compile_ms, audit_ms, link_ms;
};

/* Everything belongs to the struct. */
struct build {
    enum build_status status;
    char sha256[65]; /* hexadecimal; "" for a file too large to be read */
    uint64_t bytes;
    bool is_object; /* submitted as a relocatable object */
    char *compiler; /* "gcc (Debian 12.2.0-14) 12.2.0"; NULL for an object */
    struct diagnostic *diagnostics;
    size_t diagnostic_count;
    bool diagnostics_truncated;
    char **traps; /* undefined symbols bound to trap 0, 1, ...; printable names */
    size_t trap_count;
    char *
        *writable_statics; /* named writable static objects: reported, never deducted */
    size_t writable_static_count;
    bool *has_function; /* by index of manifest.functions: is it defined? */
    int executable; /* sealed memory holding the linked subject, close-on-exec; or -1 */
    uid_t private_user; /* who did the work, and will run it; 0: this user */
    struct build_timings timings;
};

/* Where the programs of this grader are, found from its own binary's place. */
struct installation {
    char *judge;       /* bin/judge_<harness> */
    char *runtime;     /* lib/<harness>/runtime.o: the subject's half of the harness */
    char *link_script; /* lib/subject.ld */
    char *libgcc;      /* lib/libgcc.a: the compiler's helper functions */
    char *compiler_view; /* lib/compiler_view.so: hides from gcc what it may not open */
};

/* The fixed flags a submission is compiled with; NULL-terminated. They decide what the
 * code does; prompt.md prints them. */
extern const char *const build_compile_flags[];

/* How a submission is built. Everything is borrowed. */
struct build_spec {
    const char *path; /* the submission */
    const struct manifest *manifest;
    const struct installation *installation;
    bool trusts_submission; /* no sandbox: for a file of one's own only */
};

/* Makes `build` empty; needed before build_release, because 0 is a descriptor. */
void build_init(struct build *build);

/*
 * Builds a submission. Private files live in a directory of their own,
 * which is gone when this returns; SIGINT, SIGTERM and SIGHUP wait until then. Sets
 * every field of `build`, which is empty on -1. ERROR_USAGE: `path` cannot be read;
 * ERROR_GRADER: a tool or the sandbox is missing, or could not be run. BUILD_* tells
 * the rest.
 */
int build_submission(const struct build_spec *spec,
                     struct build *build,
                     struct error *error);

/* Frees the contents and closes the descriptor; `build` is empty afterwards. */
void build_release(struct build *build);

#endif
