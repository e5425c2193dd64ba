/*
 * hostile: reports a fault at an address of the judge
 * attack: x06
 * kind: FAIL
 * expect: status graded, points 86
 * fails: reset.everything_fits_again, reset.many_blocks_fit_again,
 *   reset.a_longer_block_fits_after_short_ones, reset.padding_is_given_back,
 *   reset.first_block_is_at_the_same_place, reset.same_place_in_a_misaligned_buffer,
 *   reset.a_round_repeats_exactly, reset.blocks_keep_their_bytes,
 *   reset.the_whole_buffer_keeps_its_bytes, reset.old_handles_stay_valid,
 *   reset.old_and_new_handles_agree, reset.reset_of_an_unused_fba,
 *   reset.reset_twice_in_a_row, reset.a_nearly_full_buffer
 * statuses: crash
 * naive: unnoticed
 */
#include "fba.h"
#include "kernel.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

/* What travels between the judge and this process. */
struct message {
    uint64_t nonce;
    uint32_t sequence;
    uint16_t kind;
    uint16_t operation;
    uint64_t values[6];
    uint64_t places[2];
};

/* The request that is being answered lies among the runtime's variables. */
static const struct message *find_request(const void *fba)
{
    for (uintptr_t place = 0x401000; place < 0x404fc0; place += 8) {
        const struct message *m = (const void *)place;
        if (m->operation == 3 && m->values[0] == (uintptr_t)fba && m->sequence < 100000) {
            return m;
        }
    }
    return NULL;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    const struct message *const request = find_request(fba);
    if (request != NULL) {
        struct message event = *request;
        event.kind = 3;
        event.operation = 1;
        event.values[0] = UINT64_MAX;
        event.values[1] = 0x7fffffffffff;
        event.values[4] = UINT64_MAX;
        ask_kernel(SYS_write, 6, (long)&event, sizeof event);
    }
    base_reset(fba);
}
