/*
 * hostile: every alloc writes over the bytes behind its block, in use or not
 * attack: r20
 * kind: FAIL
 * suite: capacity
 * expect: status graded, points 98
 * fails: capacity.alloc_writes_nothing_into_the_buffer,
 *   capacity.random_requests_fill_buffers
 * naive: unnoticed
 */
#include "fba.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    for (size_t i = fba->end_index; i < fba->capacity; i++) {
        fba->buffer[i] = 0xff;
    }
    return base_table->alloc(ctx, len, alignment);
}
