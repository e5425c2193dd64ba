/*
 * hostile: init, alloc and reset sleep in read() on the descriptor that requests come
 *   from
 * attack: r12
 * kind: FAIL
 * suite: every
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: timeout
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

/* Waits for the judge's next request, which will never come: it waits for our answer. */
static void sleep_for_ever(void)
{
    static char bytes[4096];

    ask_kernel(SYS_read, 5, (long)bytes, sizeof bytes);
}

#define fba_init base_init
#define fba_reset base_reset
#include "wrap_alloc.h"
#undef fba_init
#undef fba_reset

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    sleep_for_ever();
    return base_table->alloc(ctx, len, alignment);
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    sleep_for_ever();
    base_init(fba, buffer, capacity);
}

void fba_reset(fixed_buffer_allocator *fba)
{
    sleep_for_ever();
    base_reset(fba);
}
