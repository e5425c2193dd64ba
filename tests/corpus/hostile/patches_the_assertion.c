/*
 * hostile: makes the code of the process writable, and has a failed assertion end it
 *   with status 0
 * attack: r08
 * kind: FAIL
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: forbidden_syscall
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

extern void _ck_assert_failed(const char *, int, const char *, const char *, ...)
    __attribute__((weak));

/* exit_group(0) */
#if defined(__x86_64__)
static const unsigned char code[] = {0xb8, 231, 0, 0, 0, 0x31, 0xff, 0x0f, 0x05};
#elif defined(__aarch64__)
static const unsigned char code[] = {0xc8, 0x0b, 0x80, 0xd2, 0, 0,
                                     0x80, 0xd2, 1,    0,    0, 0xd4};
#endif

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    unsigned char *const target = (unsigned char *)(uintptr_t)_ck_assert_failed;
    if (ask_kernel(SYS_mprotect, (long)((uintptr_t)target & ~(uintptr_t)4095), 8192, 7) != 0 ||
        target == NULL) {
        base_init(fba, buffer, capacity);
        return;
    }
    for (size_t i = 0; i < sizeof code; i++) {
        target[i] = code[i];
    }
    base_init(fba, buffer, capacity);
}
