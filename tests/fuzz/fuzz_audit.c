/*
 * audit: an object that is let through holds nothing that was to be refused, as
 * somebody sees it who reads the same bytes without the library that the audit uses.
 *
 * Input that begins like an object is scanned. Any other input stands for what the
 * audit's child writes once an object has taken it over. There is no child: its
 * function is called here, in this process.
 */
#include "audit.h"
#include "audit_scan.h"
#include "child.h"
#include "file.h"
#include "fuzz.h"

#include <assert.h>
#include <ctype.h>
#include <elf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum {
    FUNCTIONS = 2,
    STATIC_BYTES = 65536
};

/* The bytes of this run; NULL: they are an object, and the child scans it. */
static const struct text *taken_over;

int __wrap_child_start(const struct child_spec *spec,
                       struct child *child,
                       struct error *error);
int __wrap_child_finish(struct child *children, size_t count, struct error *error);

int __wrap_child_start(const struct child_spec *spec,
                       struct child *child,
                       struct error *error)
{
    struct child_stream *const out = &child->streams[CHILD_OUT];
    const int output = memfd_create("output", MFD_CLOEXEC);

    (void)error;
    assert(output >= 0);
    *child = (struct child){.name = spec->name, .process = -1, .failure = -1};
    child->streams[CHILD_OUT].descriptor = -1;
    child->streams[CHILD_ERR].descriptor = -1;
    if (taken_over == NULL) {
        child->status = spec->run(spec->context, output);
    } else {
        assert(file_write(output, taken_over->bytes, taken_over->length) == 0);
    }
    assert(lseek(output, 0, SEEK_SET) == 0);
    const int read = file_read(output, spec->output_bytes, &out->text);
    assert(read == 0 || read == FILE_TOO_LARGE);
    out->is_truncated = read == FILE_TOO_LARGE;
    close(output);
    return 0;
}

int __wrap_child_finish(struct child *children, size_t count, struct error *error)
{
    (void)error;
    assert(count == 1);
    children[0].end = CHILD_EXITED;
    return 0;
}

/* ---- What is said of any input ---- */

static void check_names(const struct audit_names *names)
{
    for (size_t i = 0; i < names->count; i++) {
        const char *const name = names->names[i];
        assert(name[0] != '\0' && isdigit((unsigned char)name[0]) == 0);
        for (const char *byte = name; *byte != '\0'; byte++) {
            assert(isalnum((unsigned char)*byte) != 0 || strchr("_.$", *byte) != NULL);
        }
        for (size_t j = 0; j < i; j++) {
            assert(strcmp(names->names[j], name) != 0);
        }
    }
}

static void check_build(const struct build *build)
{
    assert(build->status == BUILD_OK || build->status == BUILD_REJECTED);
    assert((build->status == BUILD_REJECTED) == (build->diagnostic_count > 0));
    for (size_t i = 0; i < build->diagnostic_count; i++) {
        assert(fuzz_is_harmless(build->diagnostics[i].message));
    }
    for (size_t i = 0; i < build->writable_static_count; i++) {
        assert(fuzz_is_harmless(build->writable_statics[i]));
    }
}

/* ---- What is said of an object that is let through ---- */

static void check_loaded_section(const Elf64_Shdr *section)
{
    const uint64_t both = SHF_WRITE | SHF_EXECINSTR;

    assert((section->sh_flags & both) != both);
    assert((section->sh_flags & (SHF_TLS | SHF_GROUP)) == 0);
    assert(section->sh_addralign <= 65536);
}

static void check_section(const Elf64_Shdr *section)
{
    assert(section->sh_type != SHT_INIT_ARRAY && section->sh_type != SHT_FINI_ARRAY &&
           section->sh_type != SHT_PREINIT_ARRAY && section->sh_type != SHT_DYNAMIC &&
           section->sh_type != SHT_DYNSYM);
    if ((section->sh_flags & SHF_ALLOC) != 0) {
        check_loaded_section(section);
    }
}

static void check_symbol(const Elf64_Sym *symbol)
{
    const unsigned type = ELF64_ST_TYPE(symbol->st_info);

    assert(type <= STT_FILE && ELF64_ST_BIND(symbol->st_info) <= STB_WEAK);
    assert(symbol->st_shndx != SHN_COMMON && symbol->st_shndx != SHN_XINDEX);
}

static bool is_inside(size_t size, uint64_t offset, uint64_t bytes)
{
    return offset <= size && bytes <= size - offset;
}

static void check_symbols(const char *bytes, size_t size, const Elf64_Shdr *table)
{
    /* An empty one may lie anywhere; nothing is read of it. */
    assert(table->sh_size == 0 || is_inside(size, table->sh_offset, table->sh_size));
    /* The first is no symbol. */
    for (size_t i = 1; i < table->sh_size / sizeof(Elf64_Sym); i++) {
        Elf64_Sym symbol;
        memcpy(&symbol, bytes + table->sh_offset + i * sizeof symbol, sizeof symbol);
        check_symbol(&symbol);
    }
}

static void check_object(const char *bytes, size_t size)
{
    Elf64_Ehdr header;

    assert(size >= sizeof header);
    memcpy(&header, bytes, sizeof header);
    assert(header.e_shentsize == sizeof(Elf64_Shdr));
    assert(is_inside(size, header.e_shoff, header.e_shnum * sizeof(Elf64_Shdr)));
    for (size_t i = 1; i < header.e_shnum; i++) {
        Elf64_Shdr section;
        memcpy(&section, bytes + header.e_shoff + i * sizeof section, sizeof section);
        check_section(&section);
        if (section.sh_type == SHT_SYMTAB) {
            check_symbols(bytes, size, &section);
        }
    }
}

/* What stage.c lets through to the audit as an object, and a compiler writes. */
static bool is_object(const struct text *text)
{
    return text->length >= sizeof(Elf64_Ehdr) &&
           memcmp(text->bytes, ELFMAG, SELFMAG) == 0 &&
           text->bytes[EI_CLASS] == ELFCLASS64 && text->bytes[EI_DATA] == ELFDATA2LSB;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *functions[FUNCTIONS] = {(char[]){"fba_init"}, (char[]){"fba_reset"}};
    struct manifest manifest = {.submission_file = (char[]){"fba.c"},
                                .functions = functions,
                                .function_count = FUNCTIONS,
                                .limits = {.static_bytes = STATIC_BYTES}};
    const struct workdir workdir = {.descriptor = -1};
    struct audit_names undefined = {0};
    struct error error = {0};
    struct build build;

    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    const struct text object = {.bytes = fuzz_copy(data, size, sizeof(uint64_t)),
                                .length = size};
    taken_over = is_object(&object) ? NULL : &object;
    build_init(&build);
    build.has_function = calloc(FUNCTIONS, sizeof(bool));
    assert(build.has_function != NULL);
    assert(audit_object(&object, &manifest, &workdir, &build, &undefined, &error) == 0);
    check_names(&undefined);
    check_build(&build);
    if (taken_over == NULL && build.status == BUILD_OK) {
        check_object(object.bytes, size);
    }
    audit_names_release(&undefined);
    build_release(&build);
    return 0;
}
