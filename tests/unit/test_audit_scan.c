/* audit_scan: objects that no compiler makes. */
#include "audit.h"
#include "build_bench.h"
#include "run_tests.h"

#include <elf.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define GCC "gcc -O1 -ffreestanding -fno-pie -c source.c -o object.o"

/* Puts the last symbol of an object, which is a global one, into another section. */
static void set_last_section(struct text *object, uint16_t section)
{
    Elf64_Ehdr header;
    Elf64_Shdr table = {0};
    memcpy(&header, object->bytes, sizeof header);
    for (size_t i = 0; i < header.e_shnum && table.sh_type != SHT_SYMTAB; i++) {
        memcpy(&table, object->bytes + header.e_shoff + i * sizeof table, sizeof table);
    }
    ck_assert_uint_eq(table.sh_type, SHT_SYMTAB);
    memcpy(object->bytes + table.sh_offset + table.sh_size - sizeof(Elf64_Sym) +
               offsetof(Elf64_Sym, st_shndx),
           &section, sizeof section);
}

static uint16_t section_count(const struct text *object)
{
    Elf64_Ehdr header;
    memcpy(&header, object->bytes, sizeof header);
    return header.e_shnum;
}

/* A negative section is counted from behind the last. */
static void expect_in_section(int section, const char *words)
{
    struct build_bench bench;
    struct audit_names undefined = {0};
    bench_open(&bench);
    struct text object = bench_object(&bench, GCC, "int last = 1;");
    const int from = section < 0 ? section_count(&object) : 0;
    set_last_section(&object, (uint16_t)(from + section));
    bench_audit(&bench, &object, &undefined);
    ck_assert_int_eq(bench.build.status, words == NULL ? BUILD_OK : BUILD_REJECTED);
    if (words != NULL) {
        bench_expect_message(&bench.build, words);
    }
    text_release(&object);
    audit_names_release(&undefined);
    bench_close(&bench);
}

START_TEST(symbol_in_a_section_that_is_not_there_is_refused)
{
    static const char words[] = "a symbol in a section that is not there (last)";
    const uint16_t large_common = 0xff02; /* of x86-64 */
    expect_in_section(1, NULL);
    expect_in_section(SHN_ABS, NULL);
    expect_in_section(1000, words);
    expect_in_section(SHN_LORESERVE, words);
    expect_in_section(large_common, words);
    expect_in_section(SHN_XINDEX, words);
}
END_TEST

/* The assembler puts three tables at the end: symbols, their names, sections' names. */
START_TEST(symbol_in_a_table_is_refused)
{
    static const char words[] = "a symbol in a section that is not there (last)";
    expect_in_section(-1, words);
    expect_in_section(-2, words);
    expect_in_section(-3, words);
    expect_in_section(-4, NULL);
}
END_TEST

START_TEST(symbol_just_beyond_the_last_section_is_refused)
{
    struct build_bench bench;
    struct audit_names undefined = {0};
    bench_open(&bench);
    struct text object = bench_object(&bench, GCC, "int last = 1;");
    set_last_section(&object, section_count(&object));
    bench_audit(&bench, &object, &undefined);
    bench_expect_message(&bench.build, "a symbol in a section that is not there");
    text_release(&object);
    audit_names_release(&undefined);
    bench_close(&bench);
}
END_TEST

/* Audits `object` with the byte at `at` changed; any answer will do, but an answer. */
static void audit_damaged(struct build_bench *bench,
                          struct text *object,
                          size_t at,
                          int by)
{
    struct audit_names undefined = {0};
    const char kept = object->bytes[at];
    object->bytes[at] = (char)(kept ^ by);
    bench_audit(bench, object, &undefined);
    object->bytes[at] = kept;
    audit_names_release(&undefined);
    build_release(&bench->build);
    bench->build.has_function = calloc(BENCH_FUNCTIONS, sizeof(bool));
}

START_TEST(damaged_object_never_damages_the_grader)
{
    struct build_bench bench;
    Elf64_Ehdr header;
    bench_open(&bench);
    struct text object =
        bench_object(&bench, GCC, "int n = 1; int *f(void) { return &n; }");
    memcpy(&header, object.bytes, sizeof header);
    for (size_t at = 4; at < sizeof header; at++) {
        audit_damaged(&bench, &object, at, 0xff);
    }
    for (size_t at = header.e_shoff; at < object.length; at += 5) {
        audit_damaged(&bench, &object, at, 0x81);
    }
    text_release(&object);
    bench_close(&bench);
}
END_TEST

START_TEST(cut_object_is_refused)
{
    struct build_bench bench;
    struct audit_names undefined = {0};
    bench_open(&bench);
    struct text object = bench_object(&bench, GCC, "int n = 1;");
    object.length = 200;
    bench_audit(&bench, &object, &undefined);
    ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
    bench_expect_message(&bench.build, "cannot be read to its end");
    text_release(&object);
    audit_names_release(&undefined);
    bench_close(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &symbol_in_a_section_that_is_not_there_is_refused,
        &symbol_in_a_table_is_refused,
        &symbol_just_beyond_the_last_section_is_refused,
        &damaged_object_never_damages_the_grader,
        &cut_object_is_refused,
    };
    return run_tests("audit_scan", tests, sizeof(tests) / sizeof(tests[0]));
}
