/*
 * hostile: alloc writes a reply of its own, with a nonce that it made up
 * attack: r04
 * kind: FAIL
 * suite: every
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
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
    REPLY_FD = 6
};

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    struct message reply = {.nonce = 42, .sequence = 3, .kind = ANSWER, .operation = ALLOC};
    reply.values[1] = (uintptr_t)((fixed_buffer_allocator *)ctx)->buffer;
    ask_kernel(SYS_write, REPLY_FD, (long)&reply, sizeof reply);
    return base_table->alloc(ctx, len, alignment);
}
