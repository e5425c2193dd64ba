/*
 * hostile: resize returns a bool that is neither true nor false
 * attack: r05
 * kind: FAIL
 * suite: individual_free
 * expect: status graded, points 94
 * fails: individual_free.shrinking_the_last_block,
 *   individual_free.growing_the_last_block,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.resizing_other_blocks,
 *   individual_free.a_refused_resize_changes_nothing,
 *   individual_free.random_frees_and_resizes
 * naive: unnoticed
 */
#include "fba.h"

#include "wrap_table.h"

/* In assembler, where a bool is a register like any other. */
bool neither(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len);
#if defined(__x86_64__)
__asm__(".text\n.globl neither\n.type neither, @function\nneither: mov $2, %eax\nret\n");
#else
__asm__(".text\n.globl neither\n.type neither, %function\nneither: mov w0, 2\nret\n");
#endif

static void change_table(allocator_vtable *table)
{
    table->resize = neither;
}
