/*
 * hostile: writes a header of eight bytes before each block
 * attack: r20
 * kind: FAIL
 * expect: status graded, points 92
 * fails: capacity.blocks_lie_inside_the_buffer, capacity.large_blocks_do_not_overlap,
 *   capacity.alloc_writes_nothing_into_the_buffer,
 *   capacity.nothing_is_written_around_the_buffer,
 *   capacity.random_requests_fill_buffers,
 *   alignment.small_alignments_are_not_rounded_up,
 *   reset.same_place_in_a_misaligned_buffer, reset.a_round_repeats_exactly
 * statuses: crash, fail
 * naive: unnoticed
 */
#include "fba.h"

#include "wrap_alloc.h"

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    const alloc_result result = base_table->alloc(ctx, len, alignment);

    if (result.memory != NULL) {
        for (int i = 1; i <= 8; i++) {
            ((volatile unsigned char *)result.memory)[-i] = (unsigned char)len;
        }
    }
    return result;
}
