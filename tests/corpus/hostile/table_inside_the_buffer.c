/*
 * hostile: keeps its table of functions in the first bytes of the buffer
 * attack: x02
 * kind: FAIL
 * expect: status graded, points 93
 * fails: capacity.alloc_writes_nothing_into_the_buffer, capacity.free_writes_nothing,
 *   capacity.random_requests_fill_buffers, reset.blocks_keep_their_bytes,
 *   reset.the_whole_buffer_keeps_its_bytes,
 *   polymorphism.copies_of_a_handle_share_state, polymorphism.build_array_on_your_fba
 * statuses: crash, fail
 * naive: unnoticed
 */
#include "fba.h"

#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator a = base_allocator(fba);

    if (fba->capacity >= sizeof *a.vtable + 16) {
        allocator_vtable *const moved =
            (allocator_vtable *)(((uintptr_t)fba->buffer + 15) & ~(uintptr_t)15);
        *moved = *a.vtable;
        a.vtable = moved;
    }
    return a;
}
