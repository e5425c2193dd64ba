/* compile: the real compiler, on honest and on hostile sources. */
#include "build_bench.h"
#include "compile.h"
#include "run_tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Compiles `source`; the object is not looked at. */
static int compile(struct build_bench *bench, const char *source)
{
    struct text text = bench_text(source);
    struct text object = {0};
    const int result =
        compile_submission(&text, &bench->manifest, &bench->installation,
                           &bench->workdir, &bench->build, &object, &bench->error);
    if (result == 0) {
        ck_assert_int_eq(bench->build.status == BUILD_OK, object.length > 0);
    }
    text_release(&text);
    text_release(&object);
    return result;
}

static void expect_refused(const char *source, const char *words)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_msg(compile(&bench, source) == 0, "%s", bench.error.message);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    bench_expect_message(&bench.build, words);
    bench_close(&bench);
}

START_TEST(honest_source_compiles_without_messages)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_msg(compile(&bench, bench_solution) == 0, "%s", bench.error.message);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    ck_assert_uint_eq(bench.build.diagnostic_count, 0);
    ck_assert_int_eq(strncmp(bench.build.compiler, "gcc (", 5), 0);
    ck_assert_ptr_null(strchr(bench.build.compiler, '\n'));
    bench_close(&bench);
}
END_TEST

START_TEST(error_has_its_line_and_caret)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(compile(&bench, "int f(void)\n{\n    return missing;\n}\n"), 0);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    const struct diagnostic *first = bench_find(&bench.build, "undeclared");
    ck_assert_ptr_nonnull(first);
    ck_assert_int_eq(first->severity, DIAGNOSTIC_ERROR);
    ck_assert_str_eq(first->file, "fba.c");
    ck_assert_int_eq(first->line, 3);
    ck_assert_int_eq(first->column, 12);
    ck_assert_int_eq(first->caret_end, 18);
    ck_assert_str_eq(first->source, "    return missing;");
    bench_close(&bench);
}
END_TEST

START_TEST(warning_of_a_good_compile_is_kept)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(compile(&bench, "int f(void) { int spare; return 1; }\n"), 0);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    const struct diagnostic *warning = bench_find(&bench.build, "spare");
    ck_assert_ptr_nonnull(warning);
    ck_assert_int_eq(warning->severity, DIAGNOSTIC_WARNING);
    ck_assert_str_eq(warning->option, "-Wunused-variable");
    bench_close(&bench);
}
END_TEST

START_TEST(hosted_library_is_not_offered)
{
    expect_refused("#include \"fba.h\"\n#include <no_such_header.h>\n",
                   "no_such_header.h: No such file");
}
END_TEST

START_TEST(macro_bomb_meets_a_limit)
{
    expect_refused("#define A(x) x x x x x x x x x x\n"
                   "#define B(x) A(A(A(A(A(A(A(A(x))))))))\n"
                   "int y = 0 B(B(+1));\n",
                   "The compiler needed more");
}
END_TEST

START_TEST(endless_work_meets_the_limit_on_time)
{
    struct build_bench bench;
    bench_open(&bench);
    bench.manifest.limits.compile.cpu_ms = 1000;
    bench.manifest.limits.compile.memory_bytes = (uint64_t)16 << 30;
    ck_assert_int_eq(compile(&bench, "#include __FILE__\n#include __FILE__\n"), 0);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    bench_expect_message(&bench.build,
                         "The compiler needed more than 1 seconds or 16384 MiB");
    bench_close(&bench);
}
END_TEST

START_TEST(large_object_meets_the_limit_on_file_size)
{
    expect_refused("int a[1 << 26] = {1};\n", "would be too large");
    expect_refused("__asm__(\".fill 1 << 36\");\n", "would be too large");
}
END_TEST

START_TEST(deep_nesting_breaks_only_the_compiler)
{
    struct text source = bench_text("int x = ");
    for (int i = 0; i < 100000; i++) {
        ck_assert(text_append(&source, "(", 1));
    }
    expect_refused(source.bytes, "The compiler broke down");
    text_release(&source);
}
END_TEST

START_TEST(flood_of_errors_is_read_and_told)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(compile(&bench, "#define A(x) x x x x x x x x x x\n"
                                     "A(A(A(A(_Static_assert(0, \"no\");))))\n"),
                     0);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    ck_assert(bench.build.diagnostics_truncated);
    ck_assert_uint_gt(bench.build.diagnostic_count, 10);
    bench_close(&bench);
}
END_TEST

START_TEST(bytes_for_terminals_do_not_pass)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(
        compile(&bench, "#line 7 \"/secret/a\\033[2Jb\"\n#error \"x\x1b[31m\"\n"), 0);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    for (size_t i = 0; i < bench.build.diagnostic_count; i++) {
        const struct diagnostic *diagnostic = &bench.build.diagnostics[i];
        ck_assert_ptr_null(strchr(diagnostic->message, '\x1b'));
        ck_assert_str_eq(diagnostic->file, "a?[2Jb");
        ck_assert_ptr_null(diagnostic->source);
    }
    bench_close(&bench);
}
END_TEST

START_TEST(private_directory_does_not_show)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(compile(&bench, "#include \"fba.h\"\nint fba_init;\n"), 0);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    for (size_t i = 0; i < bench.build.diagnostic_count; i++) {
        ck_assert_ptr_null(strchr(bench.build.diagnostics[i].file, '/'));
        ck_assert_ptr_null(strstr(bench.build.diagnostics[i].message, "grader-"));
    }
    ck_assert_ptr_nonnull(bench_find(&bench.build, "previous declaration"));
    bench_close(&bench);
}
END_TEST

START_TEST(date_and_time_are_the_same_in_every_run)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(
        compile(&bench, "_Pragma(\"message(__DATE__ __TIME__)\")\nint x;\n"), 0);
    bench_expect_message(&bench.build, "Jan  1 197000:00:00");
    bench_close(&bench);
}
END_TEST

/* All messages in one text. */
static struct text list_messages(const struct build *build)
{
    struct text list = {0};
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        const char *message = build->diagnostics[i].message;
        ck_assert(text_append(&list, message, strlen(message)));
        ck_assert(text_append(&list, "\n", 1));
    }
    return list;
}

START_TEST(messages_of_compiler_and_assembler_do_not_mix)
{
    struct text first = {0};
    for (int i = 0; i < 5; i++) {
        struct build_bench bench;
        bench_open(&bench);
        ck_assert_int_eq(compile(&bench,
                                 "int f(void)\n{\n    int spare;\n"
                                 "    __asm__(\"nonsense\");\n    return 1;\n}\n"),
                         0);
        ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
        ck_assert_ptr_nonnull(bench_find(&bench.build, "spare"));
        ck_assert_ptr_nonnull(bench_find(&bench.build, "nonsense"));
        struct text list = list_messages(&bench.build);
        if (i == 0) {
            first = list;
        } else {
            ck_assert_str_eq(list.bytes, first.bytes);
            text_release(&list);
        }
        bench_close(&bench);
    }
    text_release(&first);
}
END_TEST

/* A program called gcc that does what `script` says, alone in PATH. */
static void fake_compiler(struct build_bench *bench, const char *script)
{
    char *path = bench_file(bench, "gcc", script, strlen(script));
    ck_assert_int_eq(chmod(path, 0700), 0);
    free(path);
    ck_assert_int_eq(setenv("PATH", bench->workdir.path, 1), 0);
}

START_TEST(missing_compiler_is_an_error_of_ours)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(setenv("PATH", "/nowhere:relative", 1), 0);
    ck_assert_int_eq(compile(&bench, bench_solution), -1);
    ck_assert_int_eq(bench.error.kind, ERROR_GRADER);
    ck_assert_str_eq(bench.error.message, "gcc is not in PATH; install gcc");
    bench_close(&bench);
}
END_TEST

START_TEST(compiler_that_cannot_compile_anything_is_an_error_of_ours)
{
    struct build_bench bench;
    bench_open(&bench);
    fake_compiler(&bench,
                  "#!/bin/sh\n[ \"$1\" = --version ] && echo fake && exit 0\nexit 1\n");
    ck_assert_int_eq(compile(&bench, bench_solution), -1);
    ck_assert_int_eq(bench.error.kind, ERROR_GRADER);
    ck_assert_ptr_nonnull(
        strstr(bench.error.message, "cannot compile an empty program"));
    bench_close(&bench);
}
END_TEST

START_TEST(compiler_that_writes_classic_messages_is_understood)
{
    struct build_bench bench;
    bench_open(&bench);
    fake_compiler(&bench, "#!/bin/sh\n[ \"$1\" = --version ] && echo fake && exit 0\n"
                          "echo \"fba.c:1:2: error: plain\" >&2\nexit 1\n");
    ck_assert_int_eq(compile(&bench, bench_solution), 0);
    ck_assert_int_eq(bench.build.status, BUILD_COMPILE_ERROR);
    ck_assert_str_eq(bench.build.compiler, "fake");
    bench_expect_message(&bench.build, "plain");
    bench_close(&bench);
}
END_TEST

START_TEST(missing_header_of_the_exercise_is_an_error_of_ours)
{
    struct build_bench bench;
    bench_open(&bench);
    free(bench.manifest.directory);
    bench.manifest.directory = strdup("/nowhere");
    ck_assert_int_eq(compile(&bench, bench_solution), -1);
    ck_assert_int_eq(bench.error.kind, ERROR_GRADER);
    ck_assert_ptr_nonnull(strstr(bench.error.message, "/nowhere/allocator.h"));
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &honest_source_compiles_without_messages,
        &error_has_its_line_and_caret,
        &warning_of_a_good_compile_is_kept,
        &hosted_library_is_not_offered,
        &macro_bomb_meets_a_limit,
        &endless_work_meets_the_limit_on_time,
        &large_object_meets_the_limit_on_file_size,
        &deep_nesting_breaks_only_the_compiler,
        &flood_of_errors_is_read_and_told,
        &bytes_for_terminals_do_not_pass,
        &private_directory_does_not_show,
        &date_and_time_are_the_same_in_every_run,
        &messages_of_compiler_and_assembler_do_not_mix,
        &missing_compiler_is_an_error_of_ours,
        &compiler_that_cannot_compile_anything_is_an_error_of_ours,
        &compiler_that_writes_classic_messages_is_understood,
        &missing_header_of_the_exercise_is_an_error_of_ours,
    };
    return run_tests("compile", tests, sizeof(tests) / sizeof(tests[0]));
}
