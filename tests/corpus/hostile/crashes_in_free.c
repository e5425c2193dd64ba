/*
 * hostile: free writes through NULL
 * attack: r14
 * kind: FAIL
 * suite: capacity, individual_free
 * expect: status graded, points 94
 * fails: capacity.free_writes_nothing, individual_free.last_block_is_given_back,
 *   individual_free.reverse_order_gives_everything_back,
 *   individual_free.other_blocks_are_not_given_back,
 *   individual_free.padding_is_not_given_back,
 *   individual_free.random_frees_and_resizes
 * statuses: undefined_behaviour
 * naive: harmless
 */
#include "fba.h"

#include "wrap_table.h"

static void crash(void *ctx, void *memory, size_t len, size_t alignment)
{
    *(volatile int *)NULL = 1;
    base_table->free(ctx, memory, len, alignment);
}

static void change_table(allocator_vtable *table)
{
    table->free = crash;
}
