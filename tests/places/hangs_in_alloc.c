/*
 * what: a loop without end, below alloc
 * stops: timeout
 * says: alloc(
 * names: wrap_alloc
 */
#include "fba.h"
#include "wrap_alloc.h"

static void wait_for(const volatile size_t *number)
{
    while (*number != SIZE_MAX) {
    }
}

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment) /* here */
{
    fixed_buffer_allocator *const fba = ctx;

    if (fba->end_index > 0) {
        wait_for(&fba->end_index);
    }
    return base_table->alloc(ctx, len, alignment);
}
