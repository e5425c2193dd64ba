#include "audit_scan.h"

#include "audit_section.h"
#include "file.h"

#include <gelf.h>
#include <libelf.h>
#include <stdbool.h>
#include <string.h>

struct scan {
    const struct audit_request *request;
    int output;
    bool is_broken; /* a record could not be written */
    Elf *elf;
    size_t sections;      /* how many there are, the first, empty one included */
    size_t names_section; /* that holds the sections' names */
    size_t symbol_tables;
    uint64_t static_bytes;
    size_t undefined, writable;
    bool has_spoken[AUDIT_RULES];
};

static void send(struct scan *scan,
                 enum audit_record_kind kind,
                 uint32_t detail,
                 const char *name)
{
    struct audit_record record = {
        .kind = kind, .detail = detail, .value = scan->static_bytes};
    if (name != NULL) {
        strncpy(record.name, name, sizeof record.name - 1);
    }
    if (file_write(scan->output, (const char *)&record, sizeof record) != 0) {
        scan->is_broken = true;
    }
}

/* A rule speaks once, of the first thing that breaks it. */
static void violate(struct scan *scan, enum audit_rule rule, const char *name)
{
    if (!scan->has_spoken[rule]) {
        scan->has_spoken[rule] = true;
        send(scan, AUDIT_VIOLATION, rule, name);
    }
}

/* A group of debugging information only (gcc -g3) shares nothing that runs. What calls
 * itself a group and asks to be loaded, or to be aligned, is something else. */
static bool is_harmless_group(const struct scan *scan,
                              Elf_Scn *section,
                              const GElf_Shdr *header)
{
    const Elf_Data *data = elf_getdata(section, NULL);
    if (data == NULL || data->d_buf == NULL || header->sh_flags != 0 ||
        header->sh_addralign > sizeof(uint32_t)) {
        return false;
    }
    /* The first word holds flags; then come the members' indices. */
    for (size_t at = sizeof(uint32_t); at + sizeof(uint32_t) <= data->d_size;
         at += sizeof(uint32_t)) {
        uint32_t index = 0;
        memcpy(&index, (const char *)data->d_buf + at, sizeof index);
        GElf_Shdr member;
        if (gelf_getshdr(elf_getscn(scan->elf, index), &member) == NULL ||
            (member.sh_flags & SHF_ALLOC) != 0) {
            return false;
        }
    }
    return true;
}

static void scan_section(struct scan *scan, Elf_Scn *section)
{
    GElf_Shdr header;
    if (gelf_getshdr(section, &header) == NULL) {
        violate(scan, AUDIT_DAMAGED, NULL);
        return;
    }
    const char *name = elf_strptr(scan->elf, scan->names_section, header.sh_name);
    if (name == NULL) {
        violate(scan, AUDIT_DAMAGED, NULL);
        return;
    }
    if (header.sh_type == SHT_GROUP && is_harmless_group(scan, section, &header)) {
        return;
    }
    scan->symbol_tables += header.sh_type == SHT_SYMTAB;
    enum audit_rule rule = AUDIT_RULES;
    if (!audit_section_is_allowed(name, &header, &rule)) {
        violate(scan, rule, name);
    }
    if (audit_section_is_writable(name, &header)) {
        const uint64_t most = UINT64_MAX - scan->static_bytes;
        scan->static_bytes += header.sh_size < most ? header.sh_size : most;
    }
}

/* The linker must see the very sections that are seen here. The headers' number is
 * given by the file's own header, where the first is not counted. */
static void scan_sections(struct scan *scan)
{
    size_t seen = 1;
    Elf_Scn *section = elf_nextscn(scan->elf, NULL);
    for (; section != NULL && seen <= scan->sections; seen++) {
        scan_section(scan, section);
        section = elf_nextscn(scan->elf, section);
    }
    if (seen != scan->sections || section != NULL) {
        violate(scan, AUDIT_DAMAGED, NULL);
    }
    if (scan->static_bytes > scan->request->static_bytes) {
        violate(scan, AUDIT_STATIC_BYTES, NULL);
    }
}

/* The linker keeps no section for these. */
static bool is_table_type(uint32_t type)
{
    return type == SHT_SYMTAB || type == SHT_STRTAB || type == SHT_RELA;
}

/* The linker takes any other number, a table's too, for a bare address, or for a kind
 * of common symbol that only some processors have. Undefined is section 0. */
static bool has_known_section(const struct scan *scan, const GElf_Sym *symbol)
{
    GElf_Shdr header;

    if (symbol->st_shndx == SHN_UNDEF || symbol->st_shndx == SHN_ABS) {
        return true;
    }
    return symbol->st_shndx < scan->sections &&
           gelf_getshdr(elf_getscn(scan->elf, symbol->st_shndx), &header) != NULL &&
           !is_table_type(header.sh_type);
}

/* Symbol types and bindings that change what the linker does. */
static bool has_allowed_kind(struct scan *scan,
                             const GElf_Sym *symbol,
                             const char *name)
{
    const unsigned type = GELF_ST_TYPE(symbol->st_info);
    const unsigned binding = GELF_ST_BIND(symbol->st_info);
    enum audit_rule rule = AUDIT_RULES;

    if (type == STT_TLS) {
        rule = AUDIT_THREAD_LOCAL;
    } else if (type == STT_GNU_IFUNC) {
        rule = AUDIT_IFUNC;
    } else if (symbol->st_shndx == SHN_COMMON || type == STT_COMMON) {
        rule = AUDIT_COMMON;
    } else if (binding == STB_GNU_UNIQUE) {
        rule = AUDIT_UNIQUE;
    } else if (type > STT_FILE || binding > STB_WEAK) {
        rule = AUDIT_DAMAGED;
    } else if (!has_known_section(scan, symbol)) {
        rule = AUDIT_NO_SECTION;
    } else if (strchr(name, '@') != NULL) {
        rule = AUDIT_VERSION;
    } else if (binding != STB_LOCAL && strncmp(name, "subject_", 8) == 0) {
        rule = AUDIT_RESERVED_NAME;
    }
    if (rule != AUDIT_RULES) {
        violate(scan, rule, name);
    }
    return rule == AUDIT_RULES;
}

/* A weak reference is left alone: it is 0 where nothing defines it, as the author of
 * such code expects. */
static void scan_undefined(struct scan *scan, const GElf_Sym *symbol, const char *name)
{
    if (GELF_ST_BIND(symbol->st_info) != STB_GLOBAL || name[0] == '\0') {
        return;
    }
    if (strlen(name) >= AUDIT_NAME_SIZE) {
        violate(scan, AUDIT_LONG_NAME, name);
        return;
    }
    if (scan->undefined == AUDIT_UNDEFINED_MOST) {
        violate(scan, AUDIT_TOO_MANY_NAMES, NULL);
        return;
    }
    scan->undefined++;
    send(scan, AUDIT_UNDEFINED, 0, name);
}

static bool is_writable_object(const struct scan *scan, const GElf_Sym *symbol)
{
    GElf_Shdr header;
    if (GELF_ST_TYPE(symbol->st_info) != STT_OBJECT ||
        symbol->st_shndx >= SHN_LORESERVE ||
        gelf_getshdr(elf_getscn(scan->elf, symbol->st_shndx), &header) == NULL) {
        return false;
    }
    const char *name = elf_strptr(scan->elf, scan->names_section, header.sh_name);
    return name != NULL && audit_section_is_writable(name, &header);
}

static void scan_defined(struct scan *scan, const GElf_Sym *symbol, const char *name)
{
    const struct audit_request *request = scan->request;
    if (GELF_ST_BIND(symbol->st_info) != STB_LOCAL) {
        for (size_t i = 0; i < request->function_count; i++) {
            if (strcmp(request->functions[i], name) != 0) {
                continue;
            }
            if (symbol->st_shndx == SHN_ABS) {
                violate(scan, AUDIT_ABSOLUTE, name);
            }
            send(scan, AUDIT_DEFINED, (uint32_t)i, name);
        }
    }
    /* What begins with a dot is the compiler's own: the data of its checks. */
    if (name[0] != '\0' && name[0] != '.' && scan->writable < AUDIT_WRITABLE_MOST &&
        is_writable_object(scan, symbol)) {
        scan->writable++;
        send(scan, AUDIT_WRITABLE, 0, name);
    }
}

static void scan_symbol_table(struct scan *scan, Elf_Scn *section)
{
    GElf_Shdr header;
    Elf_Data *data = elf_getdata(section, NULL);
    if (gelf_getshdr(section, &header) == NULL || data == NULL ||
        header.sh_entsize != sizeof(Elf64_Sym)) {
        violate(scan, AUDIT_DAMAGED, NULL);
        return;
    }
    const int count = (int)(data->d_size / sizeof(Elf64_Sym));
    for (int i = 1; i < count; i++) {
        GElf_Sym symbol;
        const char *name = NULL;
        if (gelf_getsym(data, i, &symbol) != NULL) {
            name = elf_strptr(scan->elf, header.sh_link, symbol.st_name);
        }
        if (name == NULL) {
            violate(scan, AUDIT_DAMAGED, NULL);
            return;
        }
        if (!has_allowed_kind(scan, &symbol, name)) {
            continue;
        }
        if (symbol.st_shndx == SHN_UNDEF) {
            scan_undefined(scan, &symbol, name);
        } else {
            scan_defined(scan, &symbol, name);
        }
    }
}

static void scan_symbols(struct scan *scan)
{
    Elf_Scn *section = NULL;
    if (scan->symbol_tables > 1) {
        violate(scan, AUDIT_DAMAGED, NULL);
        return;
    }
    while ((section = elf_nextscn(scan->elf, section)) != NULL) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) != NULL && header.sh_type == SHT_SYMTAB) {
            scan_symbol_table(scan, section);
        }
    }
}

/* Does the table of the sections' headers lie wholly inside the object? */
static bool has_whole_table(const struct scan *scan, const GElf_Ehdr *header)
{
    const uint64_t length = scan->request->object->length;
    return header->e_shoff <= length &&
           header->e_shnum * sizeof(Elf64_Shdr) <= length - header->e_shoff;
}

/* false: it is no object whose sections can be listed. */
static bool open_object(struct scan *scan, GElf_Ehdr *header)
{
    elf_version(EV_CURRENT);
    /* The library may swap bytes in place; the memory is this child's own copy. */
    scan->elf = elf_memory(scan->request->object->bytes, scan->request->object->length);
    return scan->elf != NULL && elf_kind(scan->elf) == ELF_K_ELF &&
           gelf_getehdr(scan->elf, header) != NULL &&
           header->e_shentsize == sizeof(Elf64_Shdr) && header->e_shnum != 0 &&
           has_whole_table(scan, header) &&
           elf_getshdrstrndx(scan->elf, &scan->names_section) == 0;
}

int audit_scan(void *request, int output)
{
    struct scan scan = {.request = request, .output = output};
    GElf_Ehdr header;
    if (open_object(&scan, &header)) {
        scan.sections = header.e_shnum;
        scan_sections(&scan);
        scan_symbols(&scan);
    } else {
        violate(&scan, AUDIT_DAMAGED, NULL);
    }
    send(&scan, AUDIT_END, 0, NULL);
    elf_end(scan.elf);
    return scan.is_broken ? 1 : 0;
}
