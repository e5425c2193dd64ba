#include "build_bench.h"

#include "file.h"

#include <check.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Every call of the exercise, and none of the lesson. */
const char bench_solution[] =
    "#include \"fba.h\"\n"
    "static alloc_result give(void *c, size_t n, size_t a)\n"
    "{ (void)c; (void)n; (void)a; return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL}; }\n"
    "static bool resize(void *c, void *m, size_t n, size_t a, size_t k)\n"
    "{ (void)c; (void)m; (void)n; (void)a; (void)k; return false; }\n"
    "static void take(void *c, void *m, size_t n, size_t a)\n"
    "{ (void)c; (void)m; (void)n; (void)a; }\n"
    "static const allocator_vtable table = {give, resize, take};\n"
    "void fba_init(fixed_buffer_allocator *f, void *b, size_t n)\n"
    "{ f->buffer = b; f->capacity = n; f->end_index = 0; }\n"
    "allocator fba_allocator(fixed_buffer_allocator *f)\n"
    "{ return (allocator){f, &table}; }\n"
    "void fba_reset(fixed_buffer_allocator *f) { f->end_index = 0; }\n"
    "alloc_result build_array(allocator a, size_t n)\n"
    "{ return allocator_alloc(a, n, 4, 4); }\n";

static char *headers[] = {(char[]){"allocator.h"}, (char[]){"fba.h"}};
static char *functions[BENCH_FUNCTIONS] = {
    (char[]){"fba_init"}, (char[]){"fba_allocator"}, (char[]){"fba_reset"},
    (char[]){"build_array"}};

static struct manifest_limits test_limits(void)
{
    const uint64_t mebibyte = 1024 * 1024;
    return (struct manifest_limits){
        .submission_bytes = 256 * 1024,
        .diagnostics_bytes = 16384,
        .diagnostics_count = 20,
        .static_bytes = 65536,
        .compile = {3000, 30000, 512 * mebibyte, 8 * mebibyte},
        .audit = {2000, 30000, 512 * mebibyte, mebibyte},
        .link = {2000, 30000, 512 * mebibyte, 8 * mebibyte},
    };
}

void bench_open(struct build_bench *bench)
{
    *bench = (struct build_bench){0};
    bench->manifest = (struct manifest){
        .directory = strdup(EXERCISE_DIR),
        .submission_file = strdup("fba.c"),
        .headers = headers,
        .header_count = 2,
        .functions = functions,
        .function_count = BENCH_FUNCTIONS,
        .limits = test_limits(),
    };
    bench->installation = (struct installation){
        .runtime = strdup(RUNTIME_PATH),
        .link_script = strdup(LINK_SCRIPT_PATH),
        .libgcc = strdup(LIBGCC_PATH),
        .compiler_view = strdup(COMPILER_VIEW_PATH),
    };
    build_init(&bench->build);
    bench->build.has_function = calloc(BENCH_FUNCTIONS, sizeof(bool));
    ck_assert_int_eq(workdir_create(&bench->workdir, &bench->error), 0);
}

void bench_close(struct build_bench *bench)
{
    build_release(&bench->build);
    workdir_remove(&bench->workdir);
    free(bench->manifest.directory);
    free(bench->manifest.submission_file);
    free(bench->installation.runtime);
    free(bench->installation.link_script);
    free(bench->installation.libgcc);
    free(bench->installation.compiler_view);
}

struct text bench_text(const char *source)
{
    struct text text = {0};
    ck_assert(text_append(&text, source, strlen(source)));
    return text;
}

char *bench_file(struct build_bench *bench,
                 const char *name,
                 const char *bytes,
                 size_t count)
{
    char *path = NULL;
    ck_assert_int_eq(workdir_write(&bench->workdir, name, bytes, count, &bench->error),
                     0);
    ck_assert_int_gt(asprintf(&path, "%s/%s", bench->workdir.path, name), 0);
    return path;
}

struct text bench_object(struct build_bench *bench,
                         const char *command,
                         const char *source)
{
    struct text object = {0};
    enum workdir_found found = WORKDIR_ABSENT;
    char *line = NULL;
    free(bench_file(bench, "source.c", source, strlen(source)));
    ck_assert_int_gt(asprintf(&line, "cd %s && %s", bench->workdir.path, command), 0);
    ck_assert_msg(system(line) == 0, "%s failed", line); /* NOLINT(cert-env33-c) */
    free(line);
    ck_assert_int_eq(workdir_read(&bench->workdir, "object.o", SIZE_MAX / 2, &object,
                                  &found, &bench->error),
                     0);
    ck_assert_int_eq(found, WORKDIR_FOUND);
    unlinkat(bench->workdir.descriptor, "source.c", 0);
    unlinkat(bench->workdir.descriptor, "object.o", 0);
    return object;
}

void bench_audit(struct build_bench *bench,
                 const struct text *object,
                 struct audit_names *undefined)
{
    const int result = audit_object(object, &bench->manifest, &bench->workdir,
                                    &bench->build, undefined, &bench->error);
    ck_assert_msg(result == 0, "%s", bench->error.message);
}

const struct diagnostic *bench_find(const struct build *build, const char *words)
{
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        if (strstr(build->diagnostics[i].message, words) != NULL) {
            return &build->diagnostics[i];
        }
    }
    return NULL;
}

void bench_expect_message(const struct build *build, const char *words)
{
    if (bench_find(build, words) != NULL) {
        return;
    }
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        fprintf(stderr, "message: %s\n", build->diagnostics[i].message);
    }
    ck_abort_msg("no message says: %s", words);
}
