#include "audit_section.h"

#include <string.h>

#ifndef SHF_GNU_RETAIN
#define SHF_GNU_RETAIN (1u << 21)
#endif
#define TYPE_LLVM_ADDRSIG 0x6fff4c03u /* clang's note of addresses taken */
#define TYPE_X86_64_UNWIND 0x70000001u

/* One page of the largest size that a processor of ours uses. */
#define ALIGNMENT_MOST 65536u

/* The flags that decide where a section goes and what may be done with it there. */
#define PLACE (SHF_WRITE | SHF_ALLOC | SHF_EXECINSTR | SHF_TLS)

/* Flags that change nothing about it. */
#define NEUTRAL                                                                        \
    (SHF_MERGE | SHF_STRINGS | SHF_INFO_LINK | SHF_GNU_RETAIN | SHF_COMPRESSED |       \
     SHF_GROUP | SHF_EXCLUDE)

/* `name` stands for itself and for everything that begins with it and a dot; one that
 * ends in '_' for everything that begins with it. */
struct allowed_section {
    const char *name;
    uint64_t place;
    uint32_t types[2];
};

static const struct allowed_section ALLOWED[] = {
    {".text", SHF_ALLOC | SHF_EXECINSTR, {SHT_PROGBITS, SHT_PROGBITS}},
    {".rodata", SHF_ALLOC, {SHT_PROGBITS, SHT_PROGBITS}},
    {".data", SHF_ALLOC | SHF_WRITE, {SHT_PROGBITS, SHT_PROGBITS}},
    {".bss", SHF_ALLOC | SHF_WRITE, {SHT_NOBITS, SHT_PROGBITS}},
    {".eh_frame", SHF_ALLOC, {SHT_PROGBITS, TYPE_X86_64_UNWIND}},
    {".note.gnu.property", SHF_ALLOC, {SHT_NOTE, SHT_NOTE}},
    {".note.GNU-stack", 0, {SHT_PROGBITS, SHT_PROGBITS}},
    {".comment", 0, {SHT_PROGBITS, SHT_PROGBITS}},
    {".debug_", 0, {SHT_PROGBITS, SHT_PROGBITS}},
    {".stab", 0, {SHT_PROGBITS, SHT_STRTAB}},
    {".stabstr", 0, {SHT_PROGBITS, SHT_STRTAB}},
    {".llvm_addrsig", 0, {TYPE_LLVM_ADDRSIG, TYPE_LLVM_ADDRSIG}},
};

/* Names that deserve a sentence of their own. The order is that of the search. */
struct refused_section {
    const char *name;
    enum audit_rule rule;
};

static const struct refused_section REFUSED[] = {
    {".init_array", AUDIT_CONSTRUCTOR},     {".preinit_array", AUDIT_CONSTRUCTOR},
    {".fini_array", AUDIT_CONSTRUCTOR},     {".ctors", AUDIT_CONSTRUCTOR},
    {".dtors", AUDIT_CONSTRUCTOR},          {".init", AUDIT_CONSTRUCTOR},
    {".fini", AUDIT_CONSTRUCTOR},           {".interp", AUDIT_INTERPRETER},
    {".gnu.warning", AUDIT_LINKER_WARNING}, {".gnu.lto_", AUDIT_LTO},
    {".gnu.debuglto_", AUDIT_LTO},          {".gnu.linkonce", AUDIT_GROUP},
    {".tdata", AUDIT_THREAD_LOCAL},         {".tbss", AUDIT_THREAD_LOCAL},
};

static bool has_name(const char *name, const char *pattern)
{
    const size_t length = strlen(pattern);
    if (strncmp(name, pattern, length) != 0) {
        return false;
    }
    return name[length] == '\0' || name[length] == '.' || pattern[length - 1] == '_';
}

static enum audit_rule rule_by_name(const char *name)
{
    for (size_t i = 0; i < sizeof REFUSED / sizeof REFUSED[0]; i++) {
        if (has_name(name, REFUSED[i].name)) {
            return REFUSED[i].rule;
        }
    }
    return AUDIT_SECTION;
}

/* Types that mean the same whatever the section is called. */
static enum audit_rule rule_by_type(const GElf_Shdr *header)
{
    switch (header->sh_type) {
    case SHT_INIT_ARRAY:
    case SHT_FINI_ARRAY:
    case SHT_PREINIT_ARRAY:
        return AUDIT_CONSTRUCTOR;
    case SHT_GROUP:
        return AUDIT_GROUP;
    default:
        return AUDIT_RULES;
    }
}

/* Tables that the linker reads and does not load. Their names count as well: the linker
 * looks at the name of a string table that nothing refers to. */
static bool is_table(const char *name, const GElf_Shdr *header)
{
    if ((header->sh_flags & SHF_ALLOC) != 0) {
        return false;
    }
    switch (header->sh_type) {
    case SHT_NULL:
        return true;
    case SHT_SYMTAB:
        return strcmp(name, ".symtab") == 0;
    case SHT_STRTAB:
        return strcmp(name, ".strtab") == 0 || strcmp(name, ".shstrtab") == 0;
    case SHT_RELA:
        return has_name(name, ".rela");
    default:
        return false;
    }
}

static const struct allowed_section *find_allowed(const char *name)
{
    for (size_t i = 0; i < sizeof ALLOWED / sizeof ALLOWED[0]; i++) {
        if (has_name(name, ALLOWED[i].name)) {
            return &ALLOWED[i];
        }
    }
    return NULL;
}

static enum audit_rule rule_by_flags(const char *name,
                                     const GElf_Shdr *header,
                                     const struct allowed_section *allowed)
{
    const uint64_t flags = header->sh_flags;
    if ((flags & SHF_TLS) != 0) {
        return AUDIT_THREAD_LOCAL;
    }
    if ((flags & SHF_WRITE) != 0 && (flags & SHF_EXECINSTR) != 0) {
        return AUDIT_WRITABLE_CODE;
    }
    if ((flags & SHF_EXECINSTR) != 0 && strcmp(name, ".note.GNU-stack") == 0) {
        return AUDIT_EXECUTABLE_STACK;
    }
    const bool is_loaded = (flags & SHF_ALLOC) != 0;
    if (is_loaded && (flags & SHF_GROUP) != 0) {
        return AUDIT_GROUP;
    }
    /* The linker takes merged sections apart, and what it puts in their place is not
     * what was seen here; compilers let it do that to constants only. */
    if ((flags & (SHF_MERGE | SHF_STRINGS)) != 0 &&
        (flags & (SHF_WRITE | SHF_EXECINSTR)) != 0) {
        return AUDIT_SECTION_KIND;
    }
    const uint64_t neutral = NEUTRAL & ~(is_loaded ? SHF_COMPRESSED | SHF_EXCLUDE : 0u);
    if ((flags & PLACE) != allowed->place || (flags & ~(PLACE | neutral)) != 0) {
        return AUDIT_SECTION_KIND;
    }
    return AUDIT_RULES;
}

static enum audit_rule find_rule(const char *name, const GElf_Shdr *header)
{
    const enum audit_rule by_type = rule_by_type(header);
    if (by_type != AUDIT_RULES || is_table(name, header)) {
        return by_type;
    }
    const struct allowed_section *allowed = find_allowed(name);
    if (allowed == NULL) {
        return rule_by_name(name);
    }
    const enum audit_rule by_flags = rule_by_flags(name, header, allowed);
    if (by_flags != AUDIT_RULES) {
        return by_flags;
    }
    if (header->sh_type != allowed->types[0] && header->sh_type != allowed->types[1]) {
        return AUDIT_SECTION_KIND;
    }
    return header->sh_addralign > ALIGNMENT_MOST ? AUDIT_ALIGNMENT : AUDIT_RULES;
}

bool audit_section_is_allowed(const char *name,
                              const GElf_Shdr *header,
                              enum audit_rule *rule)
{
    const enum audit_rule found = find_rule(name, header);
    if (found != AUDIT_RULES) {
        *rule = found;
    }
    return found == AUDIT_RULES;
}

bool audit_section_is_writable(const char *name, const GElf_Shdr *header)
{
    const uint64_t place = SHF_ALLOC | SHF_WRITE;
    return (header->sh_flags & place) == place && !has_name(name, ".data.rel.ro");
}
