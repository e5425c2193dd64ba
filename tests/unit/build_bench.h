/*
 * build_bench: what the tests of the grader's build steps stand on: a manifest with
 * tight limits, the real runtime, and submissions written on the spot.
 *
 * The one thing to get wrong: the limits are the tests' own, so that no test has to
 * wait for those of an exercise.
 */
#ifndef BUILD_BENCH_H
#define BUILD_BENCH_H

#include "audit.h"
#include "build.h"
#include "text.h"
#include "workdir.h"

struct build_bench {
    struct manifest manifest;
    struct installation installation;
    struct workdir workdir;
    struct build build;
    struct error error;
};

/* Functions of the exercise whose headers the manifest names. */
enum {
    BENCH_INIT,
    BENCH_ALLOCATOR,
    BENCH_RESET,
    BENCH_BUILD_ARRAY,
    BENCH_FUNCTIONS
};

void bench_open(struct build_bench *bench);
void bench_close(struct build_bench *bench);

/* A copy of `source` as text; the caller releases it. */
struct text bench_text(const char *source);

/* Writes a file into the working directory; returns its path, which the caller frees.
 */
char *bench_file(struct build_bench *bench,
                 const char *name,
                 const char *bytes,
                 size_t count);

/* An object made of `source` by any compiler: `command` is run by the shell, reads
 * source.c and writes object.o. The caller releases it. */
struct text bench_object(struct build_bench *bench,
                         const char *command,
                         const char *source);

/* Audits an object; the caller releases `undefined`. */
void bench_audit(struct build_bench *bench,
                 const struct text *object,
                 struct audit_names *undefined);

/* The first diagnostic that contains `words`, or NULL. */
const struct diagnostic *bench_find(const struct build *build, const char *words);

/* Fails the test, printing the build's messages, unless one contains `words`. */
void bench_expect_message(const struct build *build, const char *words);

/* A whole C source that defines the exercise's functions. */
extern const char bench_solution[];

#endif
