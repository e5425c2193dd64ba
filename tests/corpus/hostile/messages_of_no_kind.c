/*
 * hostile: writes a message of a kind that Check does not know
 * attack: r05
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
 * naive: crashes
 */
#include "fba.h"
#include "kernel.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

/* As Check packs its messages: numbers and lengths with the first byte first. */
static void tell_check(const unsigned char *message, size_t size)
{
    for (int fd = 3; fd < 8; fd++) {
        ask_kernel(SYS_write, fd, (long)message, (long)size);
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    static const unsigned char message[] = "\0\0\0\x63\0\0\0\1";
    tell_check(message, sizeof message - 1);
    base_init(fba, buffer, capacity);
}
