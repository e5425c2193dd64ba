/* where: addresses become places of the source, and damaged debugging information costs
 * the place and nothing else. */
#include "where.h"

#include "build_bench.h"
#include "link.h"
#include "run_tests.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define GCC(options)                                                                   \
    "gcc " options " -O1 -ffreestanding -fno-pie -fno-stack-protector -c source.c -o " \
    "object.o"

/* How many damaged programs are tried. */
#define DAMAGED 60

/* The function begins in line 4, and what it calls is put in its place in line 6. */
static const char source[] = "#line 1 \"fba.h\"\n"
                             "static inline int half(int n) { return 100 / n; }\n"
                             "#line 3 \"fba.c\"\n"
                             "\n"
                             "int fba_reset(int n)\n"
                             "{\n"
                             "    return half(n);\n"
                             "}\n";

struct where_bench {
    struct build_bench build;
    struct results results;
    struct outcome tests[2];
    char *image;
    size_t length;
};

static void read_image(struct where_bench *bench)
{
    struct stat status;
    const int program = bench->build.build.executable;

    ck_assert_int_eq(fstat(program, &status), 0);
    bench->length = (size_t)status.st_size;
    bench->image = malloc(bench->length);
    ck_assert_ptr_nonnull(bench->image);
    ck_assert_int_eq(pread(program, bench->image, bench->length, 0),
                     (ssize_t)bench->length);
}

static void open_bench(struct where_bench *bench, const char *command)
{
    struct build_bench *const build = &bench->build;
    struct audit_names undefined = {0};

    *bench = (struct where_bench){.results = {.tests = bench->tests, .count = 2}};
    bench_open(build);
    struct text object = bench_object(build, command, source);
    bench_audit(build, &object, &undefined);
    ck_assert_int_eq(link_submission(&object, &undefined, &build->manifest,
                                     &build->installation, &build->workdir,
                                     &build->build, &build->error),
                     0);
    ck_assert_int_eq(build->build.status, BUILD_OK);
    text_release(&object);
    audit_names_release(&undefined);
    read_image(bench);
}

static void forget_places(struct where_bench *bench)
{
    for (size_t i = 0; i < 2; i++) {
        free(bench->tests[i].file);
        free(bench->tests[i].function);
        bench->tests[i] = (struct outcome){
            .places = {bench->tests[i].places[0], bench->tests[i].places[1]}};
    }
}

static void close_bench(struct where_bench *bench)
{
    forget_places(bench);
    free(bench->image);
    bench_close(&bench->build);
}

static void tell(struct where_bench *bench)
{
    struct build_bench *const build = &bench->build;

    ck_assert_msg(where_tell(&build->build, &build->manifest,
                             build->workdir.trusts_submission, &bench->results,
                             &build->error) == 0,
                  "%s", build->error.message);
}

/* The bytes of a section; NULL: there is none of that name. */
static char *find_section(const struct where_bench *bench,
                          const char *name,
                          Elf64_Shdr *section)
{
    Elf64_Ehdr header;
    Elf64_Shdr names;

    memcpy(&header, bench->image, sizeof header);
    memcpy(&names, bench->image + header.e_shoff + header.e_shstrndx * sizeof names,
           sizeof names);
    for (size_t i = 0; i < header.e_shnum; i++) {
        memcpy(section, bench->image + header.e_shoff + i * sizeof *section,
               sizeof *section);
        if (strcmp(bench->image + names.sh_offset + section->sh_name, name) == 0) {
            return bench->image + section->sh_offset;
        }
    }
    return NULL;
}

static uint64_t address_of(const struct where_bench *bench,
                           const char *name,
                           uint64_t *size)
{
    Elf64_Shdr table;
    Elf64_Shdr strings;
    const char *const symbols = find_section(bench, ".symtab", &table);
    const char *const text = find_section(bench, ".strtab", &strings);

    ck_assert(symbols != NULL && text != NULL);
    for (size_t at = 0; at < table.sh_size; at += sizeof(Elf64_Sym)) {
        Elf64_Sym symbol;
        memcpy(&symbol, symbols + at, sizeof symbol);
        if (strcmp(text + symbol.st_name, name) == 0) {
            *size = symbol.st_size;
            return symbol.st_value;
        }
    }
    ck_abort_msg("no symbol %s", name);
}

static void expect_place(const struct outcome *outcome, int line, const char *function)
{
    ck_assert_ptr_nonnull(outcome->file);
    ck_assert_str_eq(outcome->file, "fba.c");
    ck_assert_int_eq(outcome->line, line);
    ck_assert_ptr_nonnull(outcome->function);
    ck_assert_str_eq(outcome->function, function);
}

START_TEST(beginning_of_a_function_is_its_declaration)
{
    struct where_bench bench;
    uint64_t size = 0;

    open_bench(&bench, GCC("-g"));
    bench.tests[1].places[0] = address_of(&bench, "fba_reset", &size);
    tell(&bench);
    ck_assert_ptr_null(bench.tests[0].file);
    expect_place(&bench.tests[1], 4, "fba_reset");
    close_bench(&bench);
}
END_TEST

START_TEST(code_of_a_header_is_told_by_the_line_that_called_it)
{
    struct where_bench bench;
    uint64_t size = 0;
    size_t in_header = 0;

    open_bench(&bench, GCC("-g -gdwarf-4"));
    const uint64_t begin = address_of(&bench, "fba_reset", &size);
    for (uint64_t address = begin + 1; address < begin + size; address++) {
        bench.tests[0].places[0] = address;
        tell(&bench);
        ck_assert_ptr_nonnull(bench.tests[0].file);
        ck_assert_str_eq(bench.tests[0].file, "fba.c");
        in_header += bench.tests[0].line == 6;
        forget_places(&bench);
    }
    ck_assert_uint_gt(in_header, 0);
    close_bench(&bench);
}
END_TEST

START_TEST(caller_is_told_where_the_innermost_has_no_place)
{
    struct where_bench bench;
    uint64_t size = 0;

    open_bench(&bench, GCC("-g"));
    bench.tests[0].places[0] = UINT64_MAX;
    bench.tests[0].places[1] = address_of(&bench, "fba_reset", &size);
    tell(&bench);
    expect_place(&bench.tests[0], 4, "fba_reset");
    close_bench(&bench);
}
END_TEST

START_TEST(place_that_a_check_has_named_stays_and_gets_its_function)
{
    struct where_bench bench;
    uint64_t size = 0;

    open_bench(&bench, GCC("-g"));
    for (size_t i = 0; i < 2; i++) {
        bench.tests[i].places[0] = address_of(&bench, "fba_reset", &size);
        bench.tests[i].file = strdup(i == 0 ? "fba.c" : "fba.h");
        bench.tests[i].line = 77;
        bench.tests[i].column = 7;
    }
    tell(&bench);
    expect_place(&bench.tests[0], 77, "fba_reset");
    ck_assert_int_eq(bench.tests[0].column, 7);
    expect_place(&bench.tests[1], 4, "fba_reset");
    close_bench(&bench);
}
END_TEST

START_TEST(nothing_is_started_without_an_address)
{
    struct where_bench bench = {.results = {.tests = bench.tests, .count = 2}};

    bench.build.build.executable = -1;
    tell(&bench);
    ck_assert_ptr_null(bench.tests[0].file);
}
END_TEST

static void expect_no_place(struct where_bench *bench)
{
    tell(bench);
    ck_assert_ptr_null(bench->tests[0].file);
    ck_assert_ptr_null(bench->tests[0].function);
}

START_TEST(what_has_no_place_gets_none)
{
    static const uint64_t nowhere[] = {1, 0x400000, UINT64_MAX};
    struct where_bench bench;
    uint64_t size = 0;

    open_bench(&bench, GCC("-g"));
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) {
        bench.tests[0].places[0] = nowhere[i];
        expect_no_place(&bench);
    }
    close_bench(&bench);
    open_bench(&bench, GCC("-g0"));
    bench.tests[0].places[0] = address_of(&bench, "fba_reset", &size);
    expect_no_place(&bench);
    close_bench(&bench);
}
END_TEST

/* ---- Debugging information that is not what a compiler writes ---- */

/* Puts the image, as it is now, in the place of the program. */
static void replace_program(struct where_bench *bench, size_t length)
{
    int *const program = &bench->build.build.executable;

    close(*program);
    *program = memfd_create("program", MFD_CLOEXEC);
    ck_assert_int_ge(*program, 0);
    ck_assert_int_eq(write(*program, bench->image, length), (ssize_t)length);
}

/* A small generator: the same damage every time. */
static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void damage(struct where_bench *bench, const char *name, uint32_t *state)
{
    Elf64_Shdr section;
    char *const bytes = find_section(bench, name, &section);

    ck_assert_ptr_nonnull(bytes);
    for (int i = 0; i < 4; i++) {
        bytes[next(state) % section.sh_size] = (char)next(state);
    }
}

START_TEST(damage_costs_the_place_and_nothing_else)
{
    static const char *const names[] = {".debug_info", ".debug_abbrev", ".debug_line",
                                        ".debug_line_str"};
    struct where_bench bench;
    uint64_t size = 0;
    uint32_t state = 1;

    open_bench(&bench, GCC("-g"));
    char *const whole = malloc(bench.length);
    ck_assert_ptr_nonnull(whole);
    memcpy(whole, bench.image, bench.length);
    bench.tests[0].places[0] = address_of(&bench, "fba_reset", &size) + 1;
    for (size_t i = 0; i < DAMAGED; i++) {
        memcpy(bench.image, whole, bench.length);
        damage(&bench, names[i % 4], &state);
        replace_program(&bench, bench.length);
        tell(&bench);
        const struct outcome *const told = &bench.tests[0];
        ck_assert(told->file == NULL || strcmp(told->file, "fba.c") == 0 ||
                  strcmp(told->file, "fba.h") == 0);
        forget_places(&bench);
    }
    free(whole);
    close_bench(&bench);
}
END_TEST

START_TEST(program_that_is_cut_off_has_no_places)
{
    struct where_bench bench;
    uint64_t size = 0;

    open_bench(&bench, GCC("-g"));
    bench.tests[0].places[0] = address_of(&bench, "fba_reset", &size);
    for (size_t length = 1; length < bench.length; length = 7 * length + 1) {
        replace_program(&bench, length);
        expect_no_place(&bench);
    }
    close_bench(&bench);
}
END_TEST

/* A section that says it holds a terabyte once it is unpacked. */
START_TEST(endless_information_is_not_unpacked)
{
    struct where_bench bench;
    Elf64_Shdr section;
    Elf64_Ehdr header;
    uint64_t size = 0;
    const Elf64_Chdr packed = {
        .ch_type = ELFCOMPRESS_ZLIB, .ch_size = UINT64_C(1) << 40, .ch_addralign = 1};

    open_bench(&bench, GCC("-g"));
    bench.tests[0].places[0] = address_of(&bench, "fba_reset", &size);
    char *const bytes = find_section(&bench, ".debug_info", &section);
    ck_assert_ptr_nonnull(bytes);
    ck_assert_uint_gt(section.sh_size, sizeof packed);
    memcpy(bytes, &packed, sizeof packed);
    memcpy(&header, bench.image, sizeof header);
    for (size_t i = 0; i < header.e_shnum; i++) {
        char *const at = bench.image + header.e_shoff + i * sizeof section;
        if (memcmp(at, &section, sizeof section) == 0) {
            section.sh_flags |= SHF_COMPRESSED;
            memcpy(at, &section, sizeof section);
            break;
        }
    }
    replace_program(&bench, bench.length);
    expect_no_place(&bench);
    close_bench(&bench);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &beginning_of_a_function_is_its_declaration,
        &code_of_a_header_is_told_by_the_line_that_called_it,
        &caller_is_told_where_the_innermost_has_no_place,
        &place_that_a_check_has_named_stays_and_gets_its_function,
        &nothing_is_started_without_an_address,
        &what_has_no_place_gets_none,
        &damage_costs_the_place_and_nothing_else,
        &program_that_is_cut_off_has_no_places,
        &endless_information_is_not_unpacked,
    };
    return run_tests("where", tests, sizeof(tests) / sizeof(tests[0]));
}
