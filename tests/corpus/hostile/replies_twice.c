/*
 * hostile: alloc finds the request in its process and sends a perfect reply, twice
 * attack: x32
 * kind: FAIL
 * suite: every
 * expect: status graded, points 15
 * fails: capacity.whole_buffer_in_one_request, capacity.last_byte_can_be_used,
 *   capacity.what_is_left_fits_exactly, capacity.buffer_of_one_byte,
 *   capacity.odd_capacity_is_usable_whole, capacity.blocks_lie_inside_the_buffer,
 *   capacity.two_blocks_do_not_overlap, capacity.neighbours_keep_their_content,
 *   capacity.large_blocks_do_not_overlap, capacity.blocks_are_packed,
 *   capacity.odd_lengths_leave_no_gap, capacity.one_byte_at_a_time,
 *   capacity.alloc_writes_nothing_into_the_buffer,
 *   capacity.nothing_is_written_around_the_buffer, capacity.free_writes_nothing,
 *   capacity.capacity_of_zero, capacity.init_over_garbage,
 *   capacity.init_again_over_the_same_buffer,
 *   capacity.init_again_over_another_buffer, alignment.a_block_is_aligned,
 *   alignment.every_alignment_up_to_a_page,
 *   alignment.every_alignment_down_from_a_page, alignment.buffer_at_an_odd_address,
 *   alignment.second_block_in_a_misaligned_buffer,
 *   alignment.buffers_at_many_addresses, alignment.first_aligned_address_is_used,
 *   alignment.aligned_already_needs_no_padding,
 *   alignment.small_alignments_are_not_rounded_up, alignment.padding_is_counted_once,
 *   alignment.blocks_with_padding_do_not_overlap,
 *   alignment.padding_plus_length_fits_exactly, alignment.sixteen_aligned_blocks_fit,
 *   alignment.alignment_larger_than_the_buffer, alignment.alignment_of_128_kibibytes,
 *   alignment.small_alignment_for_a_large_block, alignment.alignments_beyond_a_page,
 *   reset.everything_fits_again, reset.many_blocks_fit_again,
 *   reset.a_longer_block_fits_after_short_ones, reset.padding_is_given_back,
 *   reset.first_block_is_at_the_same_place, reset.same_place_in_a_misaligned_buffer,
 *   reset.a_round_repeats_exactly, reset.blocks_keep_their_bytes,
 *   reset.the_whole_buffer_keeps_its_bytes, reset.old_handles_stay_valid,
 *   reset.old_and_new_handles_agree, reset.reset_of_an_unused_fba,
 *   reset.reset_twice_in_a_row, reset.a_nearly_full_buffer,
 *   out_of_memory.too_long_for_the_buffer, out_of_memory.one_byte_too_many,
 *   out_of_memory.refused_requests_carry_null,
 *   out_of_memory.every_refusal_carries_null, out_of_memory.a_buffer_runs_full,
 *   out_of_memory.the_last_block_does_not_stick_out,
 *   out_of_memory.an_empty_buffer_is_full, out_of_memory.a_failure_takes_nothing,
 *   out_of_memory.a_failure_takes_no_padding, out_of_memory.a_failure_frees_nothing,
 *   out_of_memory.largest_length, out_of_memory.lengths_that_wrap_with_used,
 *   out_of_memory.lengths_that_wrap_the_address,
 *   out_of_memory.lengths_beyond_32_bits, out_of_memory.padding_beyond_what_is_left,
 *   out_of_memory.padding_leaves_too_little, out_of_memory.huge_alignments,
 *   out_of_memory.padding_plus_length_wraps, out_of_memory.works_after_a_failure,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.build_array_on_your_fba, individual_free.last_block_is_given_back,
 *   individual_free.reverse_order_gives_everything_back,
 *   individual_free.other_blocks_are_not_given_back,
 *   individual_free.padding_is_not_given_back,
 *   individual_free.shrinking_the_last_block, individual_free.growing_the_last_block,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.resizing_other_blocks,
 *   individual_free.a_refused_resize_changes_nothing
 * statuses: protocol_violation
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

#include "wrap_alloc.h"

/* What travels between the judge and this process. */
struct message {
    uint64_t nonce;
    uint32_t sequence;
    uint16_t kind;
    uint16_t operation;
    uint64_t values[6];
    uint64_t places[2];
};

enum {
    ANSWER = 1,
    ALLOC = 4,
    REPLY_FD = 6,
    PROGRAM = 0x401000, /* where it begins, headers aside */
    SEARCHED = 0x3fc0
};

/*
 * The request that is being answered lies among the runtime's variables, near the start
 * of the program. It is the one that says alloc(ctx, ..., len, alignment).
 */
static const struct message *find_request(const void *ctx, size_t len, size_t alignment)
{
    for (uintptr_t place = PROGRAM; place < PROGRAM + SEARCHED; place += 8) {
        const struct message *m = (const void *)place;
        if (m->operation == ALLOC && m->values[0] == (uintptr_t)ctx &&
            m->values[2] == len && m->values[3] == alignment) {
            return m;
        }
    }
    return NULL;
}

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    const struct message *request = find_request(ctx, len, alignment);
    if (request != NULL) {
        struct message replies[2] = {*request, *request};
        for (int i = 0; i < 2; i++) {
            replies[i].kind = ANSWER;
            replies[i].values[0] = ALLOC_OK;
            replies[i].values[1] = (uintptr_t)((fixed_buffer_allocator *)ctx)->buffer;
        }
        ask_kernel(SYS_write, REPLY_FD, (long)replies, sizeof replies);
    }
    return base_table->alloc(ctx, len, alignment);
}
