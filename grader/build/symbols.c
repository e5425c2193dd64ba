#include "symbols.h"

#include <errno.h>
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool add(struct symbols *symbols, const char *name)
{
    char *copy = strdup(name);
    char **grown =
        reallocarray(symbols->names, symbols->count + 1, sizeof *symbols->names);
    if (grown != NULL) {
        symbols->names = grown;
    }
    if (copy == NULL || grown == NULL) {
        free(copy);
        return false;
    }
    grown[symbols->count++] = copy;
    return true;
}

static bool is_offered(const GElf_Sym *symbol)
{
    return GELF_ST_BIND(symbol->st_info) != STB_LOCAL && symbol->st_shndx != SHN_UNDEF;
}

static bool read_table(Elf *elf, Elf_Scn *section, struct symbols *symbols)
{
    GElf_Shdr header;
    GElf_Sym symbol;
    Elf_Data *data = elf_getdata(section, NULL);
    if (data == NULL || gelf_getshdr(section, &header) == NULL) {
        return false;
    }
    for (int i = 1; gelf_getsym(data, i, &symbol) != NULL; i++) {
        const char *name = elf_strptr(elf, header.sh_link, symbol.st_name);
        if (name == NULL || (is_offered(&symbol) && !add(symbols, name))) {
            return false;
        }
    }
    return true;
}

static bool read_object(Elf *elf, struct symbols *symbols)
{
    Elf_Scn *section = NULL;
    while ((section = elf_nextscn(elf, section)) != NULL) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) == NULL) {
            return false;
        }
        if (header.sh_type == SHT_SYMTAB && !read_table(elf, section, symbols)) {
            return false;
        }
    }
    return symbols->count > 0;
}

static bool read_library(Elf *elf, struct symbols *symbols)
{
    size_t count = 0;
    const Elf_Arsym *index = elf_getarsym(elf, &count);
    /* The last entry is a mark and has no name. */
    for (size_t i = 0; index != NULL && i < count && index[i].as_name != NULL; i++) {
        if (!add(symbols, index[i].as_name)) {
            return false;
        }
    }
    return symbols->count > 0;
}

static bool read_any(Elf *elf, struct symbols *symbols)
{
    if (elf_kind(elf) == ELF_K_AR) {
        return read_library(elf, symbols);
    }
    return elf_kind(elf) == ELF_K_ELF && read_object(elf, symbols);
}

int symbols_read(const char *path, struct symbols *symbols, struct error *error)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return error_set_errno(error, ERROR_GRADER, errno,
                               "cannot read %s; build or install the grader again",
                               path);
    }
    elf_version(EV_CURRENT);
    Elf *elf = elf_begin(file, ELF_C_READ, NULL);
    const bool is_read = elf != NULL && read_any(elf, symbols);
    elf_end(elf);
    close(file);
    if (is_read) {
        return 0;
    }
    symbols_release(symbols);
    return error_set(error, ERROR_GRADER,
                     "%s offers no symbols; build or install the grader again", path);
}

bool symbols_has(const struct symbols *symbols, const char *name)
{
    for (size_t i = 0; i < symbols->count; i++) {
        if (strcmp(symbols->names[i], name) == 0) {
            return true;
        }
    }
    return false;
}

void symbols_release(struct symbols *symbols)
{
    for (size_t i = 0; i < symbols->count; i++) {
        free(symbols->names[i]);
    }
    free(symbols->names);
    *symbols = (struct symbols){0};
}
