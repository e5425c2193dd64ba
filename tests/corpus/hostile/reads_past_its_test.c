/*
 * hostile: free goes on reading requests as if the runtime were not there
 * attack: x31
 * kind: FAIL
 * suite: capacity, individual_free
 * expect: status graded, points 94
 * fails: capacity.free_writes_nothing, individual_free.last_block_is_given_back,
 *   individual_free.reverse_order_gives_everything_back,
 *   individual_free.other_blocks_are_not_given_back,
 *   individual_free.padding_is_not_given_back,
 *   individual_free.random_frees_and_resizes
 * statuses: timeout
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

#include "wrap_table.h"

static char bytes[256];

static void read_on(void *ctx, void *memory, size_t len, size_t alignment)
{
    base_table->free(ctx, memory, len, alignment);
    while (ask_kernel(SYS_read, 5, (long)bytes, sizeof bytes) > 0) {
    }
}

static void change_table(allocator_vtable *table)
{
    table->free = read_on;
}
