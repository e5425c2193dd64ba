/*
 * hostile: replaces every return address on its stack by that of a function of its
 *   own
 * attack: x01
 * kind: FAIL
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: early_exit
 * naive: passes
 */
#include "fba.h"
#include "kernel.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

static _Noreturn void landing(void)
{
    for (;;) {
        ask_kernel(SYS_exit_group, 0, 0, 0);
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    uintptr_t *frame = __builtin_frame_address(0);
    for (int i = 0; i < 8 && frame != NULL; i++) {
        uintptr_t *const next = (uintptr_t *)frame[0];
        frame[1] = (uintptr_t)landing;
        if (next <= frame || next > frame + (1 << 14)) {
            break;
        }
        frame = next;
    }
    base_init(fba, buffer, capacity);
}
