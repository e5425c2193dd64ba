#include "image.h"

#include "file.h"
#include "machine.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define SEGMENTS_MOST 16u

/* The link script puts the runtime's entry first. Before it lie only the headers, and
 * what the largest alignment that the audit allows may add. */
#define ENTRY_MOST 65536u

#define FLAG_EXEC 0x10u /* MFD_EXEC, known since Linux 6.3 */

/* A copy of the program's segments; false if they are not where the header says. */
static bool read_segments(const struct text *image,
                          Elf64_Ehdr *header,
                          Elf64_Phdr *segments)
{
    if (image->length < sizeof *header) {
        return false;
    }
    memcpy(header, image->bytes, sizeof *header);
    if (memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
        header->e_ident[EI_CLASS] != ELFCLASS64 ||
        header->e_ident[EI_DATA] != ELFDATA2LSB || header->e_machine != MACHINE ||
        header->e_type != ET_EXEC || header->e_phentsize != sizeof *segments ||
        header->e_phnum > SEGMENTS_MOST) {
        return false;
    }
    /* A table inside the header would mean two things at once. */
    const size_t size = header->e_phnum * sizeof *segments;
    if (header->e_phoff < sizeof *header || header->e_phoff > image->length ||
        size > image->length - header->e_phoff) {
        return false;
    }
    memcpy(segments, image->bytes + header->e_phoff, size);
    return true;
}

static bool is_allowed(const Elf64_Phdr *segment)
{
    const bool is_both =
        (segment->p_flags & PF_W) != 0 && (segment->p_flags & PF_X) != 0;
    switch (segment->p_type) {
    case PT_NULL:
    case PT_LOAD:
    case PT_NOTE:
    case PT_PHDR:
    case PT_GNU_EH_FRAME:
    case PT_GNU_RELRO:
    case PT_GNU_PROPERTY:
        return !is_both;
    case PT_GNU_STACK:
        return (segment->p_flags & PF_X) == 0;
    default:
        return false; /* PT_INTERP, PT_DYNAMIC, PT_TLS, and what is not known */
    }
}

static bool has_entry(const Elf64_Phdr *segment, const Elf64_Ehdr *header)
{
    const uint64_t offset = header->e_entry - segment->p_vaddr;
    return segment->p_type == PT_LOAD && (segment->p_flags & PF_X) != 0 &&
           header->e_entry >= segment->p_vaddr && offset < segment->p_filesz &&
           offset <= ENTRY_MOST;
}

bool image_is_sound(const struct text *image)
{
    Elf64_Ehdr header;
    Elf64_Phdr segments[SEGMENTS_MOST];
    bool has_start = false;

    if (!read_segments(image, &header, segments)) {
        return false;
    }
    for (size_t i = 0; i < header.e_phnum; i++) {
        if (!is_allowed(&segments[i])) {
            return false;
        }
        has_start = has_start || has_entry(&segments[i], &header);
    }
    return has_start;
}

static int make_memory(void)
{
    const unsigned flags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
    const int memory = memfd_create("subject", flags | FLAG_EXEC);
    return memory < 0 && errno == EINVAL ? memfd_create("subject", flags) : memory;
}

int image_seal(const struct text *image, struct error *error)
{
    const int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
    const int memory = make_memory();
    if (memory < 0 || file_write(memory, image->bytes, image->length) != 0 ||
        fcntl(memory, F_ADD_SEALS, seals) != 0) {
        error_set_errno(error, ERROR_GRADER, errno,
                        "cannot keep the linked program in memory");
        if (memory >= 0) {
            close(memory);
        }
        return -1;
    }
    return memory;
}
