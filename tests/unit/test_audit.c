/* audit: real objects by real compilers pass; what would change the link does not. */
#include "audit.h"
#include "build_bench.h"
#include "run_tests.h"

#include <stdio.h>
#include <stdlib.h>

#define GCC                                                                            \
    "gcc -O1 -ffreestanding -fno-pie -fno-stack-protector -Wa,-W -c source.c -o "      \
    "object.o"

/* Audits `source`, compiled by `command`; `words` is what is said, or NULL: it passes.
 */
static void expect(const char *command, const char *source, const char *words)
{
    struct build_bench bench;
    struct audit_names undefined = {0};
    bench_open(&bench);
    struct text object = bench_object(&bench, command, source);
    bench_audit(&bench, &object, &undefined);
    if (words == NULL) {
        ck_assert_msg(
            bench.build.status == BUILD_OK, "%s: %s", command,
            bench.build.diagnostic_count > 0 ? bench.build.diagnostics[0].message : "");
    } else {
        ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
        bench_expect_message(&bench.build, words);
        ck_assert_str_eq(bench.build.diagnostics[0].phase, "audit");
    }
    text_release(&object);
    audit_names_release(&undefined);
    bench_close(&bench);
}

static void expect_gcc(const char *source, const char *words)
{
    expect(GCC, source, words);
}

/* The exercise's solution, by one compiler with many options. */
static void expect_solution(const char *compiler,
                            const char *const *options,
                            size_t count)
{
    char command[300];
    for (size_t i = 0; i < count; i++) {
        snprintf(command, sizeof command, "%s %s -I%s -c source.c -o object.o",
                 compiler, options[i], EXERCISE_DIR);
        expect(command, bench_solution, NULL);
    }
}

static bool has_compiler(const char *name)
{
    char command[100];
    snprintf(command, sizeof command, "command -v %s >/dev/null", name);
    return system(command) == 0; /* NOLINT(cert-env33-c) */
}

static const char *const OPTIONS[] = {
    "",
    "-O0 -g",
    "-O2",
    "-O3 -g",
    "-Os -fPIC",
    "-fno-pie -O1 -g -fsanitize=undefined -fno-sanitize-recover=undefined",
    "-ffunction-sections -fdata-sections",
    "-g3 -gdwarf-4",
    "-g -gz",
    "-fstack-protector-all",
    "-fexceptions",
};

START_TEST(objects_of_gcc_pass)
{
    expect_solution("gcc", OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]);
}
END_TEST

START_TEST(objects_of_clang_pass)
{
    if (has_compiler("clang")) {
        expect_solution("clang", OPTIONS, sizeof OPTIONS / sizeof OPTIONS[0]);
    }
}
END_TEST

START_TEST(objects_of_tcc_pass)
{
    static const char *const options[] = {"", "-g"};
    if (has_compiler("tcc")) {
        expect_solution("tcc", options, 2);
    }
}
END_TEST

START_TEST(code_that_runs_by_itself_is_refused)
{
    expect_gcc("extern int n;\n"
               "__attribute__((constructor)) static void f(void) { n++; }\n",
               "code that runs by itself");
    expect_gcc("extern int n;\n"
               "__attribute__((destructor)) static void f(void) { n++; }\n",
               "code that runs by itself");
    expect_gcc("__attribute__((section(\".init\"))) void f(void) {}\n", "(.init)");
    expect_gcc("__attribute__((section(\".fini\"))) void f(void) {}\n", "(.fini)");
    expect_gcc("void f(void) {}\n"
               "void (*p)(void) __attribute__((section(\".ctors\"))) = f;\n",
               "(.ctors)");
    expect_gcc("void f(void) {}\n"
               "void (*p)(void) __attribute__((section(\".preinit_array\"))) = f;\n",
               "(.preinit_array)");
    expect_gcc(
        "__asm__(\".section .odd, \\\"aw\\\", @init_array\\n.quad 1\\n.text\");\n",
        "code that runs by itself");
}
END_TEST

START_TEST(what_changes_loading_is_refused)
{
    expect_gcc("const char p[] __attribute__((section(\".interp\"))) = \"/x\";\n",
               "a program that shall load it (.interp)");
    expect_gcc("_Thread_local int n; int f(void) { return n++; }\n", "thread-local");
    expect_gcc("extern _Thread_local int n; int f(void) { return n++; }\n",
               "thread-local");
    expect_gcc("__asm__(\".section .note.GNU-stack, \\\"x\\\"\\n.text\");\n",
               "stack whose bytes can be run");
    expect_gcc("int g(int (*h)(int));\n"
               "int f(int a) { int h(int b) { return a + b; } return g(h); }\n",
               "A function inside a function");
    expect_gcc("__asm__(\".section .text.f, \\\"wax\\\"\\nnop\\n.text\");\n",
               "both written to and run");
    expect_gcc("char b[8] __attribute__((aligned(1 << 17)));\n", "64 KiB");
}
END_TEST

START_TEST(what_changes_linking_is_refused)
{
    expect_gcc(
        "const char w[] __attribute__((section(\".gnu.warning.f\"))) = \"100\";\n",
        "text for the linker to print");
    expect_gcc(
        "__asm__(\".section .gnu.warning.f, \\\"\\\", @3\\n.asciz \\\"100\\\"\");\n",
        "text for the linker to print");
    expect_gcc("const char w[] __attribute__((section(\".gnu.lto_x\"))) = \"1\";\n",
               "without -flto");
    expect_gcc("__attribute__((section(\".gnu.linkonce.t.f\"))) void f(void) {}\n",
               "merge with others");
    expect_gcc("__asm__(\".section .text.f, \\\"axG\\\", @progbits, f, comdat\\n\"\n"
               "        \".globl f\\nf: ret\\n.text\");\n",
               "merge with others");
    expect_gcc("__attribute__((common)) int n; int f(void) { return n++; }\n",
               "Compile it without -fcommon");
    expect_gcc("static void *f(void) { return 0; }\n"
               "void *g(void) __attribute__((ifunc(\"f\")));\n",
               "chooses a function when it is loaded (g)");
    expect_gcc("__asm__(\".symver f, g@V\"); int f(void) { return 1; }\n",
               "gives a symbol a version");
    expect_gcc(
        "__asm__(\".type n, @gnu_unique_object\\n.globl n\\n.data\\nn: .long 1\\n\"\n"
        "        \".text\");\n",
        "unique over all programs");
}
END_TEST

START_TEST(section_of_an_unknown_name_is_refused)
{
    expect_gcc("int v __attribute__((section(\"mine\"))) = 1;\n",
               "a section of its own (mine)");
    expect_gcc("__asm__(\".section .mine, \\\"\\\"\\n.asciz \\\"x\\\"\\n.text\");\n",
               "a section of its own (.mine)");
}
END_TEST

START_TEST(section_whose_kind_does_not_fit_is_refused)
{
    expect_gcc("__asm__(\".section .rodata.x, \\\"aw\\\"\\n.long 1\\n.text\");\n",
               "kind does not fit its name");
    expect_gcc("__asm__(\".section .data.x, \\\"ax\\\"\\nnop\\n.text\");\n",
               "kind does not fit its name");
    expect_gcc(
        "__asm__(\".section .text.x, \\\"ax\\\", @nobits\\n.skip 8\\n.text\");\n",
        "kind does not fit its name");
}
END_TEST

START_TEST(only_constants_may_be_merged)
{
    expect_gcc(
        "__asm__(\".section .text.x, \\\"axM\\\", @progbits, 1\\nnop\\n.text\");\n",
        "kind does not fit its name (.text.x)");
    expect_gcc("__asm__(\".section .data.x, \\\"awMS\\\", @progbits, 1\\n\"\n"
               "        \".asciz \\\"x\\\"\\n.text\");\n",
               "kind does not fit its name (.data.x)");
    expect_gcc("const char *f(void) { return \"merged\"; }\n", NULL);
}
END_TEST

START_TEST(function_of_the_exercise_is_no_bare_address)
{
    expect_gcc("__asm__(\".globl fba_reset\\n.set fba_reset, 0x400200\");\n",
               "an address instead of a function of the exercise (fba_reset)");
    expect_gcc("__asm__(\".globl other\\n.set other, 0x400200\");\n", NULL);
}
END_TEST

START_TEST(static_data_is_limited_to_the_byte)
{
    expect_gcc("char b[65536];\n", NULL);
    expect_gcc("char b[65537];\n",
               "has 65537 bytes of static data; the exercise allows "
               "65536.");
    expect_gcc("char b[60000]; char c[60000] = {1};\n", "has 120000 bytes");
    expect_gcc("char b[1l << 40];\n", "has 1099511627776 bytes");
    expect_gcc("const char b[100000] = {1};\n", NULL);
}
END_TEST

START_TEST(names_of_the_grader_are_refused)
{
    expect_gcc("void subject_call(void) {}\n", "(subject_call)");
    expect_gcc("void subject_trap_5(void); void f(void) { subject_trap_5(); }\n",
               "(subject_trap_5)");
    expect_gcc("static int subject_n = 1; int *f(void) { return &subject_n; }\n", NULL);
}
END_TEST

START_TEST(name_that_cannot_be_linked_is_refused)
{
    struct text source =
        bench_text("void gr\xc3\xb6(void); void f(void) { gr\xc3\xb6(); }");
    expect_gcc(source.bytes, "a name that cannot be linked (gr\xc3\xb6)");
    text_release(&source);

    source = bench_text("void f(void) { extern void x");
    for (int i = 0; i < 300; i++) {
        ck_assert(text_append(&source, "x", 1));
    }
    ck_assert(text_append(&source, "y(void); x", 10));
    for (int i = 0; i < 300; i++) {
        ck_assert(text_append(&source, "x", 1));
    }
    ck_assert(text_append(&source, "y(); }\n", 7));
    expect_gcc(source.bytes, "a name that cannot be linked (xxx");
    text_release(&source);
}
END_TEST

START_TEST(too_many_foreign_names_are_refused)
{
    struct text source = {0};
    char line[60];
    for (int i = 0; i < 1100; i++) {
        const int length = snprintf(line, sizeof line, "void q%d(void);\n", i);
        ck_assert(text_append(&source, line, (size_t)length));
    }
    ck_assert(text_append(&source, "void f(void) {\n", 15));
    for (int i = 0; i < 1100; i++) {
        const int length = snprintf(line, sizeof line, "q%d();\n", i);
        ck_assert(text_append(&source, line, (size_t)length));
    }
    ck_assert(text_append(&source, "}\n", 2));
    expect_gcc(source.bytes, "more than a thousand functions");
    text_release(&source);
}
END_TEST

START_TEST(functions_undefined_names_and_statics_are_listed)
{
    struct build_bench bench;
    struct audit_names undefined = {0};
    bench_open(&bench);
    struct text object = bench_object(
        &bench, GCC,
        "void malloc(int); void free(int); __attribute__((weak)) void w(void);\n"
        "static int total; static const int one = 1; int shared = 2;\n"
        "void fba_init(void) { malloc(1); free(2); malloc(3); }\n"
        "static void fba_reset(void) {}\n"
        "int f(void) { static int count; w(); fba_reset();\n"
        "              return ++count + ++total + one + shared; }\n");
    bench_audit(&bench, &object, &undefined);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    ck_assert(bench.build.has_function[BENCH_INIT]);
    ck_assert(!bench.build.has_function[BENCH_RESET]);
    ck_assert(!bench.build.has_function[BENCH_BUILD_ARRAY]);
    ck_assert_uint_eq(undefined.count, 2);
    ck_assert_str_eq(undefined.names[0], "malloc");
    ck_assert_str_eq(undefined.names[1], "free");
    ck_assert_uint_eq(bench.build.writable_static_count, 3);
    ck_assert_str_eq(bench.build.writable_statics[0], "count");
    ck_assert_str_eq(bench.build.writable_statics[1], "total");
    ck_assert_str_eq(bench.build.writable_statics[2], "shared");
    text_release(&object);
    audit_names_release(&undefined);
    bench_close(&bench);
}
END_TEST

START_TEST(data_of_the_compilers_checks_is_no_static_of_the_student)
{
    struct build_bench bench;
    struct audit_names undefined = {0};
    char command[200];
    bench_open(&bench);
    snprintf(command, sizeof command,
             "gcc -fsanitize=undefined -fPIC -I%s -c source.c -o object.o",
             EXERCISE_DIR);
    struct text object = bench_object(&bench, command, bench_solution);
    bench_audit(&bench, &object, &undefined);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    ck_assert_uint_eq(bench.build.writable_static_count, 0);
    text_release(&object);
    audit_names_release(&undefined);
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &objects_of_gcc_pass,
        &objects_of_clang_pass,
        &objects_of_tcc_pass,
        &code_that_runs_by_itself_is_refused,
        &what_changes_loading_is_refused,
        &what_changes_linking_is_refused,
        &section_of_an_unknown_name_is_refused,
        &section_whose_kind_does_not_fit_is_refused,
        &only_constants_may_be_merged,
        &function_of_the_exercise_is_no_bare_address,
        &static_data_is_limited_to_the_byte,
        &names_of_the_grader_are_refused,
        &name_that_cannot_be_linked_is_refused,
        &too_many_foreign_names_are_refused,
        &functions_undefined_names_and_statics_are_listed,
        &data_of_the_compilers_checks_is_no_static_of_the_student,
    };
    return run_tests("audit", tests, sizeof(tests) / sizeof(tests[0]));
}
