/* link: submissions of every kind bound to the real runtime, or refused kindly. */
#include "build_bench.h"
#include "link.h"
#include "run_tests.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define GCC                                                                            \
    "gcc -O1 -ffreestanding -fno-pie -fno-stack-protector -c source.c -o object.o"

/* Compiles and audits `source`, then links it. */
static int link_source(struct build_bench *bench, const char *source)
{
    struct audit_names undefined = {0};
    struct text object = bench_object(bench, GCC, source);
    ck_assert_int_eq(audit_object(&object, &bench->manifest, &bench->workdir,
                                  &bench->build, &undefined, &bench->error),
                     0);
    ck_assert_int_eq(bench->build.status, BUILD_OK);
    const int result =
        link_submission(&object, &undefined, &bench->manifest, &bench->installation,
                        &bench->workdir, &bench->build, &bench->error);
    text_release(&object);
    audit_names_release(&undefined);
    return result;
}

static void expect_linked(struct build_bench *bench, const char *source)
{
    bench_open(bench);
    ck_assert_msg(link_source(bench, source) == 0, "%s", bench->error.message);
    if (bench->build.status != BUILD_OK) {
        bench_expect_message(&bench->build, "no message at all");
    }
    ck_assert_int_ge(bench->build.executable, 0);
}

START_TEST(submission_becomes_a_sealed_program)
{
    struct build_bench bench;
    expect_linked(&bench, "int f(void) { return 1; }\n");
    ck_assert_uint_eq(bench.build.trap_count, 0);
    const int seals = fcntl(bench.build.executable, F_GET_SEALS);
    ck_assert_int_ne(seals & F_SEAL_WRITE, 0);
    ck_assert_int_ne(seals & F_SEAL_SEAL, 0);
    bench_close(&bench);
}
END_TEST

START_TEST(foreign_names_become_traps_in_their_order)
{
    struct build_bench bench;
    expect_linked(&bench,
                  "void *malloc(unsigned long); void free(void *); void exit(int);\n"
                  "void *memcpy(void *, const void *, unsigned long);\n"
                  "void f(void) { free(memcpy(malloc(1), 0, 1)); exit(0); }\n");
    ck_assert_uint_eq(bench.build.trap_count, 3);
    ck_assert_str_eq(bench.build.traps[0], "malloc");
    ck_assert_str_eq(bench.build.traps[1], "free");
    ck_assert_str_eq(bench.build.traps[2], "exit");
    bench_close(&bench);
}
END_TEST

START_TEST(helpers_of_the_compiler_are_no_traps)
{
    struct build_bench bench;
    expect_linked(&bench,
                  "void puts(const char *);\n"
                  "__int128 f(__int128 a, __int128 b) { puts(\"\"); return a / b; }\n");
    ck_assert_uint_eq(bench.build.trap_count, 1);
    ck_assert_str_eq(bench.build.traps[0], "puts");
    bench_close(&bench);
}
END_TEST

START_TEST(names_beyond_the_last_trap_share_it)
{
    struct build_bench bench;
    struct text source = {0};
    char line[60];
    for (int i = 0; i < 100; i++) {
        const int length = snprintf(
            line, sizeof line, "void q%d(void); void f%d(void) { q%d(); }\n", i, i, i);
        ck_assert(text_append(&source, line, (size_t)length));
    }
    expect_linked(&bench, source.bytes);
    ck_assert_uint_eq(bench.build.trap_count, 64);
    ck_assert_str_eq(bench.build.traps[63], "q63");
    bench_close(&bench);
    text_release(&source);
}
END_TEST

/* As in a submission that uses a macro which it does not define. */
START_TEST(words_of_the_linkers_language_become_traps)
{
    static const char *const words[] = {"ALIGN",   "MAX",    "MIN",      "DEFINED",
                                        "ADDR",    "SIZEOF", "LENGTH",   "ASSERT",
                                        "PROVIDE", "NEXT",   "CONSTANT", "BLOCK"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct build_bench bench;
        char *source = NULL;
        ck_assert_int_gt(asprintf(&source,
                                  "int %s(int, int);\n"
                                  "int f(int a) { return %s(a, 16); }\n",
                                  words[i], words[i]),
                         0);
        expect_linked(&bench, source);
        ck_assert_uint_eq(bench.build.trap_count, 1);
        ck_assert_str_eq(bench.build.traps[0], words[i]);
        bench_close(&bench);
        free(source);
    }
}
END_TEST

START_TEST(names_of_the_runtime_may_be_defined_again)
{
    struct build_bench bench;
    expect_linked(&bench, "void *memcpy(void *a, const void *b, unsigned long n)\n"
                          "{ (void)b; (void)n; return a; }\n"
                          "void __ubsan_handle_add_overflow_abort(void) {}\n"
                          "void _start(void) {}\nint main(void) { return 0; }\n"
                          "void serve(void) {}\nvoid __libc_start_main(void) {}\n");
    bench_close(&bench);
}
END_TEST

START_TEST(function_that_is_missing_does_not_stop_the_link)
{
    struct build_bench bench;
    expect_linked(&bench, "static int unused; int f(void) { return unused; }\n");
    ck_assert(!bench.build.has_function[BENCH_INIT]);
    bench_close(&bench);
}
END_TEST

START_TEST(position_independent_code_links)
{
    struct build_bench bench;
    bench_open(&bench);
    struct text object = bench_object(&bench, "gcc -O1 -fPIC -c source.c -o object.o",
                                      "extern int n; int f(void) { return n; }\n"
                                      "int n = 1; int g(void) { return f() + n; }\n");
    const struct audit_names undefined = {0};
    ck_assert_int_eq(link_submission(&object, &undefined, &bench.manifest,
                                     &bench.installation, &bench.workdir, &bench.build,
                                     &bench.error),
                     0);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    text_release(&object);
    bench_close(&bench);
}
END_TEST

static void expect_refused(const char *source, const char *words)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_msg(link_source(&bench, source) == 0, "%s", bench.error.message);
    ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
    ck_assert_int_eq(bench.build.executable, -1);
    bench_expect_message(&bench.build, words);
    ck_assert_str_eq(bench.build.diagnostics[bench.build.diagnostic_count - 1].phase,
                     "link");
    bench_close(&bench);
}

START_TEST(what_cannot_be_linked_is_the_students_doing)
{
    expect_refused("__asm__(\".hword memcpy\");\n",
                   "Its static data lies too far apart");
#if defined(__x86_64__)
    expect_refused("__asm__(\".reloc 0, R_X86_64_RELATIVE, memcpy\\nnop\");\n",
                   "fba.c compiles, but cannot be made into a program.");
#endif
}
END_TEST

static void expect_error(struct build_bench *bench, const char *words)
{
    ck_assert_int_eq(link_source(bench, "int f(void) { return 1; }\n"), -1);
    ck_assert_int_eq(bench->error.kind, ERROR_GRADER);
    ck_assert_msg(strstr(bench->error.message, words) != NULL,
                  "\"%s\" does not say \"%s\"", bench->error.message, words);
    ck_assert_int_eq(bench->build.executable, -1);
}

START_TEST(missing_runtime_is_an_error_of_ours)
{
    struct build_bench bench;
    bench_open(&bench);
    free(bench.installation.runtime);
    bench.installation.runtime = strdup("/nowhere/runtime.o");
    expect_error(&bench, "/nowhere/runtime.o; build or install the grader again");
    bench_close(&bench);
}
END_TEST

START_TEST(missing_script_is_an_error_of_ours)
{
    struct build_bench bench;
    bench_open(&bench);
    free(bench.installation.link_script);
    bench.installation.link_script = strdup("/nowhere/subject.ld");
    expect_error(&bench, "build or install the grader again");
    bench_close(&bench);
}
END_TEST

START_TEST(missing_linker_is_an_error_of_ours)
{
    struct build_bench bench;
    bench_open(&bench);
    struct text object = bench_object(&bench, GCC, "int n;");
    const struct audit_names undefined = {0};
    ck_assert_int_eq(setenv("PATH", "/nowhere", 1), 0);
    ck_assert_int_eq(link_submission(&object, &undefined, &bench.manifest,
                                     &bench.installation, &bench.workdir, &bench.build,
                                     &bench.error),
                     -1);
    ck_assert_str_eq(bench.error.message, "ld is not in PATH; install binutils");
    text_release(&object);
    bench_close(&bench);
}
END_TEST

START_TEST(link_left_by_the_compiler_is_not_followed)
{
    struct build_bench bench;
    struct stat status;
    bench_open(&bench);
    free(bench_file(&bench, "victim", "keep", 4));
    ck_assert_int_eq(symlinkat("victim", bench.workdir.descriptor, "submission.o"), 0);
    ck_assert_int_eq(link_source(&bench, "int f(void) { return 1; }\n"), 0);
    ck_assert_int_eq(fstatat(bench.workdir.descriptor, "victim", &status, 0), 0);
    ck_assert_int_eq(status.st_size, 4);
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &submission_becomes_a_sealed_program,
        &foreign_names_become_traps_in_their_order,
        &helpers_of_the_compiler_are_no_traps,
        &names_beyond_the_last_trap_share_it,
        &words_of_the_linkers_language_become_traps,
        &names_of_the_runtime_may_be_defined_again,
        &function_that_is_missing_does_not_stop_the_link,
        &position_independent_code_links,
        &what_cannot_be_linked_is_the_students_doing,
        &missing_runtime_is_an_error_of_ours,
        &missing_script_is_an_error_of_ours,
        &missing_linker_is_an_error_of_ours,
        &link_left_by_the_compiler_is_not_followed,
    };
    return run_tests("link", tests, sizeof(tests) / sizeof(tests[0]));
}
