/* stage: what is taken for a submission, and what is said of everything else. */
#include "build_bench.h"
#include "run_tests.h"
#include "stage.h"

#include <elf.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int stage(struct build_bench *bench, const char *path, struct text *content)
{
    return stage_submission(path, &bench->manifest, &bench->build, content,
                            &bench->error);
}

/* Stages `bytes`; `words` is what is said of them, or NULL: they are accepted. */
static void expect_bytes(const char *bytes, size_t count, const char *words)
{
    struct build_bench bench;
    struct text content = {0};
    bench_open(&bench);
    char *path = bench_file(&bench, "submission", bytes, count);
    ck_assert_int_eq(stage(&bench, path, &content), 0);
    if (words == NULL) {
        ck_assert_int_eq(bench.build.status, BUILD_OK);
        ck_assert_uint_eq(bench.build.diagnostic_count, 0);
        ck_assert_uint_eq(content.length, count);
        ck_assert_mem_eq(content.bytes, bytes, count);
    } else {
        ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
        bench_expect_message(&bench.build, words);
        ck_assert_str_eq(bench.build.diagnostics[0].phase, "stage");
    }
    ck_assert_uint_eq(bench.build.bytes, count);
    ck_assert_uint_eq(strlen(bench.build.sha256), 64);
    text_release(&content);
    free(path);
    bench_close(&bench);
}

static void expect_text(const char *text, const char *words)
{
    expect_bytes(text, strlen(text), words);
}

START_TEST(c_source_is_accepted)
{
    expect_text("int x;\n", NULL);
    expect_text("\xef\xbb\xbfint x;\n", NULL); /* a byte order mark */
    expect_text("int x;\r\n", NULL);
    expect_text("/* gr\xf6\xdf */ int x;\n", NULL); /* Latin-1 in a comment */
}
END_TEST

START_TEST(empty_file_is_rejected_kindly)
{
    expect_text("", "fba.c is empty; write the functions");
    expect_text(" \t\r\n\n", "fba.c is empty");
}
END_TEST

START_TEST(utf16_is_recognised_with_and_without_mark)
{
    expect_bytes("\xff\xfei\0n\0t\0", 8, "fba.c is UTF-16; save it as UTF-8");
    expect_bytes("\xfe\xff\0i\0n\0t", 8, "fba.c is UTF-16; save it as UTF-8");
    expect_bytes("i\0n\0t\0 \0x\0;\0\n\0", 14, "fba.c is UTF-16; save it as UTF-8");
}
END_TEST

START_TEST(binary_file_is_rejected)
{
    expect_bytes("int x;\0\n", 8, "fba.c is not text");
}
END_TEST

START_TEST(common_mix_ups_are_named)
{
    expect_text("PK\x03\x04zip", "ZIP archive");
    expect_text("\x1f\x8b gz", "gzip archive");
    expect_text("%PDF-1.7", "is a PDF");
    expect_text("{\\rtf1", "rich text");
    expect_text("!<arch>\n", "is a library");
    expect_text("BC\xc0\xde", "without -flto");
    expect_text("\x7f"
                "ELF",
                "damaged object");
}
END_TEST

START_TEST(hash_is_that_of_the_bytes)
{
    struct build_bench bench;
    struct text content = {0};
    bench_open(&bench);
    char *path = bench_file(&bench, "submission", "abc", 3);
    ck_assert_int_eq(stage(&bench, path, &content), 0);
    ck_assert_str_eq(bench.build.sha256, "ba7816bf8f01cfea414140de5dae2223"
                                         "b00361a396177a9cb410ff61f20015ad");
    text_release(&content);
    free(path);
    bench_close(&bench);
}
END_TEST

START_TEST(size_is_limited_to_the_byte)
{
    struct build_bench bench;
    struct text content = {0};
    bench_open(&bench);
    bench.manifest.limits.submission_bytes = 6;
    char *fits = bench_file(&bench, "fits", "int x;", 6);
    char *large = bench_file(&bench, "large", "int x;\n", 7);
    ck_assert_int_eq(stage(&bench, fits, &content), 0);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    text_release(&content);
    ck_assert_int_eq(stage(&bench, large, &content), 0);
    ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
    bench_expect_message(&bench.build,
                         "fba.c has 7 bytes; a submission may have at most 6.");
    text_release(&content);
    free(fits);
    free(large);
    bench_close(&bench);
}
END_TEST

START_TEST(very_large_file_is_not_read_to_its_end)
{
    struct build_bench bench;
    struct text content = {0};
    bench_open(&bench);
    char *path = bench_file(&bench, "submission", "", 0);
    ck_assert_int_eq(truncate(path, (off_t)1 << 40), 0);
    ck_assert_int_eq(stage(&bench, path, &content), 0);
    ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
    bench_expect_message(&bench.build, "fba.c has 1099511627776 bytes");
    ck_assert_str_eq(bench.build.sha256, "");
    text_release(&content);
    free(path);
    bench_close(&bench);
}
END_TEST

static void expect_usage(struct build_bench *bench, const char *path, const char *words)
{
    struct text content = {0};
    ck_assert_int_eq(stage(bench, path, &content), -1);
    ck_assert_int_eq(bench->error.kind, ERROR_USAGE);
    ck_assert_msg(strstr(bench->error.message, words) != NULL,
                  "\"%s\" does not say \"%s\"", bench->error.message, words);
    ck_assert_ptr_nonnull(strstr(bench->error.message, path));
    text_release(&content);
}

START_TEST(what_cannot_be_opened_is_the_callers_mistake)
{
    struct build_bench bench;
    bench_open(&bench);
    ck_assert_int_eq(mkfifoat(bench.workdir.descriptor, "pipe", 0600), 0);
    ck_assert_int_eq(fchdir(bench.workdir.descriptor), 0);
    expect_usage(&bench, "missing.c", "No such file or directory; check its name");
    expect_usage(&bench, "/", "is a directory; name the C file itself");
    expect_usage(&bench, "pipe", "is not a regular file");
    expect_usage(&bench, "/dev/null", "is not a regular file");
    bench_close(&bench);
}
END_TEST

START_TEST(file_without_permission_is_the_callers_mistake)
{
    struct build_bench bench;
    bench_open(&bench);
    char *path = bench_file(&bench, "submission", "int x;", 6);
    ck_assert_int_eq(chmod(path, 0), 0);
    if (geteuid() == 0) {
        ck_assert_int_eq(fchmod(bench.workdir.descriptor, 0711), 0);
        ck_assert_int_eq(seteuid(65534), 0);
    }
    expect_usage(&bench, path, "Permission denied; make it readable");
    if (getuid() == 0) {
        ck_assert_int_eq(seteuid(0), 0);
    }
    free(path);
    bench_close(&bench);
}
END_TEST

START_TEST(link_is_followed)
{
    struct build_bench bench;
    struct text content = {0};
    bench_open(&bench);
    free(bench_file(&bench, "target", "int x;", 6));
    ck_assert_int_eq(symlinkat("target", bench.workdir.descriptor, "link"), 0);
    ck_assert_int_eq(fchdir(bench.workdir.descriptor), 0);
    ck_assert_int_eq(stage(&bench, "link", &content), 0);
    ck_assert_int_eq(bench.build.status, BUILD_OK);
    text_release(&content);
    bench_close(&bench);
}
END_TEST

/* An object's header with one field changed. */
static void expect_header(void (*change)(Elf64_Ehdr *header), const char *words)
{
    struct build_bench bench;
    Elf64_Ehdr header;
    struct text content = {0};
    bench_open(&bench);
    struct text object = bench_object(&bench, "gcc -c source.c -o object.o", "int x;");
    memcpy(&header, object.bytes, sizeof header);
    if (change != NULL) {
        change(&header);
    }
    memcpy(object.bytes, &header, sizeof header);
    char *path = bench_file(&bench, "fba.o", object.bytes, object.length);
    ck_assert_int_eq(stage(&bench, path, &content), 0);
    ck_assert(bench.build.is_object);
    if (words == NULL) {
        ck_assert_int_eq(bench.build.status, BUILD_OK);
    } else {
        ck_assert_int_eq(bench.build.status, BUILD_REJECTED);
        bench_expect_message(&bench.build, words);
    }
    text_release(&object);
    text_release(&content);
    free(path);
    bench_close(&bench);
}

static void make_executable(Elf64_Ehdr *header)
{
    header->e_type = ET_EXEC;
}

static void make_shared(Elf64_Ehdr *header)
{
    header->e_type = ET_DYN;
}

static void make_core(Elf64_Ehdr *header)
{
    header->e_type = ET_CORE;
}

static void make_foreign(Elf64_Ehdr *header)
{
    header->e_machine = EM_SPARCV9;
}

static void make_32_bit(Elf64_Ehdr *header)
{
    header->e_ident[EI_CLASS] = ELFCLASS32;
}

static void make_big_endian(Elf64_Ehdr *header)
{
    header->e_ident[EI_DATA] = ELFDATA2MSB;
}

START_TEST(object_is_accepted_and_other_elf_files_are_not)
{
    expect_header(NULL, NULL);
    expect_header(make_executable, "finished program");
    expect_header(make_shared, "finished program or a shared library");
    expect_header(make_core, "not an object");
    expect_header(make_foreign, "another kind of processor");
    expect_header(make_32_bit, "another kind of processor");
    expect_header(make_big_endian, "another kind of processor");
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &c_source_is_accepted,
        &empty_file_is_rejected_kindly,
        &utf16_is_recognised_with_and_without_mark,
        &binary_file_is_rejected,
        &common_mix_ups_are_named,
        &hash_is_that_of_the_bytes,
        &size_is_limited_to_the_byte,
        &very_large_file_is_not_read_to_its_end,
        &what_cannot_be_opened_is_the_callers_mistake,
        &file_without_permission_is_the_callers_mistake,
        &link_is_followed,
        &object_is_accepted_and_other_elf_files_are_not,
    };
    return run_tests("stage", tests, sizeof(tests) / sizeof(tests[0]));
}
