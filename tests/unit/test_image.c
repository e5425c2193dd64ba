/* image: what the kernel would do with a program, and memory that nobody can change. */
#include "image.h"
#include "machine.h"
#include "run_tests.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define CODE_AT 0x400000u
#define CODE_BYTES 256u

/* A program's headers as the linker writes them. */
struct program {
    Elf64_Ehdr header;
    Elf64_Phdr segments[3];
    char code[CODE_BYTES];
};

static struct program make_program(void)
{
    struct program program = {
        .header = {.e_type = ET_EXEC,
                   .e_machine = MACHINE,
                   .e_phoff = sizeof(Elf64_Ehdr),
                   .e_phentsize = sizeof(Elf64_Phdr),
                   .e_phnum = 3,
                   .e_entry = CODE_AT + offsetof(struct program, code)},
        .segments = {{.p_type = PT_LOAD,
                      .p_flags = PF_R | PF_X,
                      .p_vaddr = CODE_AT,
                      .p_filesz = sizeof(struct program)},
                     {.p_type = PT_LOAD, .p_flags = PF_R | PF_W, .p_vaddr = 0x500000},
                     {.p_type = PT_GNU_STACK, .p_flags = PF_R | PF_W}},
    };
    memcpy(program.header.e_ident, ELFMAG, SELFMAG);
    program.header.e_ident[EI_CLASS] = ELFCLASS64;
    program.header.e_ident[EI_DATA] = ELFDATA2LSB;
    return program;
}

static bool is_sound(const struct program *program)
{
    struct text image = {0};
    ck_assert(text_append(&image, (const char *)program, sizeof *program));
    const bool sound = image_is_sound(&image);
    text_release(&image);
    return sound;
}

START_TEST(plain_static_program_is_sound)
{
    const struct program program = make_program();
    ck_assert(is_sound(&program));
}
END_TEST

START_TEST(other_segments_are_refused)
{
    static const uint32_t types[] = {PT_INTERP, PT_DYNAMIC, PT_TLS,
                                     PT_SHLIB,  PT_LOPROC,  PT_LOOS};
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct program program = make_program();
        program.segments[1].p_type = types[i];
        ck_assert(!is_sound(&program));
    }
}
END_TEST

START_TEST(memory_both_written_and_run_is_refused)
{
    struct program program = make_program();
    program.segments[1].p_flags = PF_R | PF_W | PF_X;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.segments[2].p_flags = PF_R | PF_W | PF_X;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.segments[2].p_flags = PF_R | PF_X;
    ck_assert(!is_sound(&program));
}
END_TEST

START_TEST(entry_outside_the_start_of_the_code_is_refused)
{
    static const uint64_t entries[] = {0, CODE_AT - 1, CODE_AT + sizeof(struct program),
                                       0x500000, UINT64_MAX};
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        struct program program = make_program();
        program.header.e_entry = entries[i];
        ck_assert(!is_sound(&program));
    }
    struct program program = make_program();
    program.segments[0].p_filesz = (uint64_t)1 << 30;
    program.header.e_entry = CODE_AT + 65536;
    ck_assert(is_sound(&program));
    program.header.e_entry++;
    ck_assert(!is_sound(&program));
}
END_TEST

START_TEST(programs_that_the_kernel_reads_otherwise_are_refused)
{
    struct program program = make_program();
    program.header.e_ident[EI_CLASS] = ELFCLASS32;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_ident[EI_DATA] = ELFDATA2MSB;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_machine = EM_386;
    ck_assert(!is_sound(&program));
}
END_TEST

START_TEST(headers_that_lie_are_refused)
{
    struct program program = make_program();
    program.header.e_type = ET_DYN;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_phnum = 17;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_phoff = UINT64_MAX - 8;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_phoff = sizeof program.header - sizeof(Elf64_Phdr);
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_phoff = sizeof program - 8;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_phentsize = 8;
    ck_assert(!is_sound(&program));
    program = make_program();
    program.header.e_ident[0] = 0;
    ck_assert(!is_sound(&program));

    struct text image = {0};
    ck_assert(!image_is_sound(&image));
    ck_assert(text_append(&image, ELFMAG, SELFMAG));
    ck_assert(!image_is_sound(&image));
    text_release(&image);
}
END_TEST

START_TEST(sealed_memory_cannot_be_changed)
{
    struct text image = {0};
    struct error error = {0};
    char bytes[4];
    ck_assert(text_append(&image, "abc", 3));
    const int memory = image_seal(&image, &error);
    ck_assert_int_ge(memory, 0);
    ck_assert_int_eq(pread(memory, bytes, 4, 0), 3);
    ck_assert_mem_eq(bytes, "abc", 3);
    ck_assert_int_eq(pwrite(memory, "x", 1, 0), -1);
    ck_assert_int_eq(errno, EPERM);
    ck_assert_int_eq(ftruncate(memory, 0), -1);
    ck_assert_int_eq(fcntl(memory, F_ADD_SEALS, 0), -1);
    ck_assert_ptr_eq(mmap(NULL, 3, PROT_WRITE, MAP_SHARED, memory, 0), MAP_FAILED);
    ck_assert_int_ne(fcntl(memory, F_GETFD) & FD_CLOEXEC, 0);
    close(memory);
    text_release(&image);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &plain_static_program_is_sound,
        &other_segments_are_refused,
        &memory_both_written_and_run_is_refused,
        &entry_outside_the_start_of_the_code_is_refused,
        &programs_that_the_kernel_reads_otherwise_are_refused,
        &headers_that_lie_are_refused,
        &sealed_memory_cannot_be_changed,
    };
    return run_tests("image", tests, sizeof(tests) / sizeof(tests[0]));
}
