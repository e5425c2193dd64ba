/*
 * hostile: resize refuses, and the alloc that realloc then makes answers with
 *   addresses of a program that is not this one
 * attack: x30
 * kind: FAIL
 * suite: individual_free
 * expect: status graded, points 94
 * fails: individual_free.shrinking_the_last_block,
 *   individual_free.growing_the_last_block,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.resizing_other_blocks,
 *   individual_free.a_refused_resize_changes_nothing,
 *   individual_free.random_frees_and_resizes
 * naive: harmless
 */
#include "fba.h"

#include "wrap_table.h"

static bool was_refused;

static alloc_result alloc_elsewhere(void *ctx, size_t len, size_t alignment)
{
    /* Where programs, their heaps and their stacks usually lie. */
    static const uintptr_t places[] = {0x555555554000, 0x7ffff7d00000, 0x7ffffffde000};
    static unsigned turn;

    if (was_refused) {
        return (alloc_result){ALLOC_OK, (void *)places[turn++ % 3]};
    }
    return base_table->alloc(ctx, len, alignment);
}

/* Now allocator_realloc allocates and copies. */
static bool refuse(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    (void)ctx, (void)memory, (void)len, (void)alignment, (void)new_len;
    was_refused = true;
    return false;
}

static void change_table(allocator_vtable *table)
{
    table->alloc = alloc_elsewhere;
    table->resize = refuse;
}
