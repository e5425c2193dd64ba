#include "stage.h"

#include "diagnostics.h"
#include "file.h"
#include "machine.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What people hand in by mistake, by its first bytes. */
struct signature {
    const char *bytes;
    size_t count;
    const char *what;
};

#define SIGNATURE(bytes, what)                                                         \
    {                                                                                  \
        (bytes), sizeof(bytes) - 1, (what)                                             \
    }

static const struct signature SIGNATURES[] = {
    SIGNATURE("\xff\xfe", "is UTF-16; save it as UTF-8 and submit it again"),
    SIGNATURE("\xfe\xff", "is UTF-16; save it as UTF-8 and submit it again"),
    SIGNATURE("PK\x03\x04", "is a ZIP archive; submit the C file inside it"),
    SIGNATURE("\x1f\x8b", "is a gzip archive; submit the C file inside it"),
    SIGNATURE("%PDF-", "is a PDF; submit the C file itself"),
    SIGNATURE("BC\xc0\xde", "is half compiled; compile it without -flto"),
    SIGNATURE("{\\rtf", "is a rich text document; save it as plain text"),
    SIGNATURE("!<arch>\n", "is a library; submit the C file or its object (gcc -c)"),
    SIGNATURE("\x7f"
              "ELF",
              "is a damaged object; submit the C file itself"),
};

static bool begins_with(const struct text *content, const struct signature *signature)
{
    return content->length >= signature->count &&
           memcmp(content->bytes, signature->bytes, signature->count) == 0;
}

static const char *find_signature(const struct text *content)
{
    for (size_t i = 0; i < sizeof SIGNATURES / sizeof SIGNATURES[0]; i++) {
        if (begins_with(content, &SIGNATURES[i])) {
            return SIGNATURES[i].what;
        }
    }
    return NULL;
}

/* UTF-16 without a mark at its start: every second byte of plain English is 0. */
static bool looks_like_utf16(const struct text *content)
{
    size_t zeros[2] = {0, 0};
    for (size_t i = 0; i < content->length; i++) {
        zeros[i % 2] += content->bytes[i] == '\0';
    }
    const size_t most = zeros[0] > zeros[1] ? zeros[0] : zeros[1];
    const size_t least = zeros[0] > zeros[1] ? zeros[1] : zeros[0];
    return most > content->length / 4 && least <= most / 8;
}

static bool is_blank(const struct text *content)
{
    const char *bytes = content->bytes == NULL ? "" : content->bytes;
    return strspn(bytes, " \t\r\n\f\v") == content->length;
}

/* What keeps a text from being a C source; NULL: nothing. */
static const char *fault_of_source(const struct text *content)
{
    if (is_blank(content)) {
        return "is empty; write the functions of the exercise into it";
    }
    const char *known = find_signature(content);
    if (known != NULL) {
        return known;
    }
    if (memchr(content->bytes, '\0', content->length) == NULL) {
        return NULL;
    }
    return looks_like_utf16(content)
               ? "is UTF-16; save it as UTF-8 and submit it again"
               : "is not text: it holds bytes of value 0; submit the C file itself";
}

/* What keeps an ELF file from being linked; NULL: nothing. */
static const char *fault_of_elf(const Elf64_Ehdr *header)
{
    if (header->e_ident[EI_CLASS] != ELFCLASS64 ||
        header->e_ident[EI_DATA] != ELFDATA2LSB || header->e_machine != MACHINE) {
        return "is an object for another kind of processor; this grader needs one "
               "for " MACHINE_NAME ", or the C file itself";
    }
    if (header->e_type == ET_EXEC || header->e_type == ET_DYN) {
        return "is a finished program or a shared library; submit the C file, or an "
               "object made by gcc -c";
    }
    return header->e_type == ET_REL ? NULL : "is an ELF file, but not an object";
}

static bool read_elf_header(const struct text *content, Elf64_Ehdr *header)
{
    if (content->length < sizeof *header ||
        memcmp(content->bytes, ELFMAG, SELFMAG) != 0) {
        return false;
    }
    memcpy(header, content->bytes, sizeof *header);
    return true;
}

static int judge_content(const struct manifest *manifest,
                         struct build *build,
                         const struct text *content,
                         struct error *error)
{
    Elf64_Ehdr header;
    build->is_object = read_elf_header(content, &header);
    const char *fault =
        build->is_object ? fault_of_elf(&header) : fault_of_source(content);
    if (fault == NULL) {
        build->status = BUILD_OK;
        return 0;
    }
    return diagnostics_reject(build, "stage", error, "%s %s.",
                              manifest->submission_file, fault);
}

static int open_submission(const char *path, uint64_t *bytes, struct error *error)
{
    struct stat status;
    /* O_NONBLOCK: a pipe without a writer would make us wait for ever. */
    const int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) {
        const char *remedy = errno == ENOENT || errno == ENOTDIR
                                 ? "check its name and the folder you are in"
                                 : "make it readable (chmod u+r)";
        return error_set(error, ERROR_USAGE, "cannot open the submission %s: %s; %s",
                         path, strerror(errno), remedy);
    }
    if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
        *bytes = (uint64_t)status.st_size;
        return file;
    }
    const bool is_directory = S_ISDIR(status.st_mode);
    close(file);
    return error_set(error, ERROR_USAGE,
                     "the submission %s is %s; name the C file itself", path,
                     is_directory ? "a directory" : "not a regular file");
}

static void set_sha256(struct build *build, const struct text *content)
{
    const char *bytes = content->bytes == NULL ? "" : content->bytes;
    SHA256Data((const uint8_t *)bytes, content->length, build->sha256);
}

static int reject_size(const struct manifest *manifest,
                       struct build *build,
                       struct error *error)
{
    const uint64_t most = manifest->limits.submission_bytes;
    return diagnostics_reject(
        build, "stage", error, "%s has %llu bytes; a submission may have at most %llu.",
        manifest->submission_file,
        (unsigned long long)(build->bytes > most ? build->bytes : most + 1),
        (unsigned long long)most);
}

int stage_submission(const char *path,
                     const struct manifest *manifest,
                     struct build *build,
                     struct text *content,
                     struct error *error)
{
    uint64_t bytes = 0;
    const int file = open_submission(path, &bytes, error);
    if (file < 0) {
        return -1;
    }
    int result = file_read(file, (size_t)manifest->limits.submission_bytes, content);
    const int errnum = errno;
    close(file);
    if (result < 0) {
        return error_set_errno(error, ERROR_USAGE, errnum,
                               "cannot read the submission %s", path);
    }
    if (result == FILE_TOO_LARGE) {
        build->bytes = bytes;
        return reject_size(manifest, build, error);
    }
    build->bytes = content->length;
    set_sha256(build, content);
    return judge_content(manifest, build, content, error);
}
