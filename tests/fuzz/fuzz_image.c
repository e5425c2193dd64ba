/* image: a program that is called sound is sound as another reader of ELF sees it. */
#include "fuzz.h"
#include "image.h"

#include <assert.h>
#include <gelf.h>
#include <libelf.h>
#include <string.h>

static void check_segment(const GElf_Phdr *segment)
{
    const unsigned both = PF_W | PF_X;

    assert(segment->p_type != PT_INTERP && segment->p_type != PT_DYNAMIC &&
           segment->p_type != PT_TLS);
    assert((segment->p_flags & both) != both);
    assert(segment->p_type != PT_GNU_STACK || (segment->p_flags & PF_X) == 0);
}

static bool holds_entry(const GElf_Phdr *segment, uint64_t entry)
{
    return segment->p_type == PT_LOAD && (segment->p_flags & PF_X) != 0 &&
           entry >= segment->p_vaddr && entry - segment->p_vaddr < segment->p_filesz;
}

/* libelf insists on a version and on a table of sections, where no kernel looks. */
static void please_library(char *bytes)
{
    Elf64_Ehdr header;

    memcpy(&header, bytes, sizeof header);
    header.e_ident[EI_VERSION] = EV_CURRENT;
    header.e_version = EV_CURRENT;
    header.e_shoff = 0;
    header.e_shnum = 0;
    header.e_shstrndx = 0;
    memcpy(bytes, &header, sizeof header);
}

static void check_sound(char *bytes, size_t size)
{
    GElf_Ehdr header;
    bool has_entry = false;

    please_library(bytes);
    elf_version(EV_CURRENT);
    Elf *const elf = elf_memory(bytes, size);
    assert(elf != NULL && elf_kind(elf) == ELF_K_ELF);
    assert(gelf_getclass(elf) == ELFCLASS64 && gelf_getehdr(elf, &header) != NULL);
    assert(header.e_type == ET_EXEC);
    for (int i = 0; i < header.e_phnum; i++) {
        GElf_Phdr segment;
        assert(gelf_getphdr(elf, i, &segment) != NULL);
        check_segment(&segment);
        has_entry = has_entry || holds_entry(&segment, header.e_entry);
    }
    assert(has_entry);
    elf_end(elf);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > FUZZ_BYTES_MOST) {
        return 0;
    }
    char *const bytes = fuzz_copy(data, size, sizeof(uint64_t));
    const struct text image = {.bytes = bytes, .length = size};
    if (image_is_sound(&image)) {
        check_sound(bytes, size);
    }
    return 0;
}
