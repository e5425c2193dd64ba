#include "honest.h"

#include "ops.h"

#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

enum {
    FBAS = 64,
    CALLS_MOST = 64
};

struct fba {
    uint64_t address, buffer, capacity, used;
};

/* A build_array that waits for the answer to its callback. */
struct waiting {
    uint16_t operation;
    uint64_t count;
};

static struct {
    struct fba fbas[FBAS];
    size_t fba_count;
    struct waiting waiting[CALLS_MOST];
    size_t waiting_count;
} model;

void honest_begin(void)
{
    model.fba_count = 0;
    model.waiting_count = 0;
}

/* The fba of that address; an unknown one begins empty. */
static struct fba *fba_at(uint64_t address)
{
    for (size_t i = 0; i < model.fba_count; i++) {
        if (model.fbas[i].address == address) {
            return &model.fbas[i];
        }
    }
    if (model.fba_count == FBAS) {
        model.fba_count = 0;
    }
    model.fbas[model.fba_count] = (struct fba){.address = address};
    return &model.fbas[model.fba_count++];
}

/* ALLOC_OK is 0, ALLOC_OUT_OF_MEMORY 1. */
static void alloc(struct fba *fba, uint64_t len, uint64_t alignment, uint64_t answer[2])
{
    const uint64_t left = fba->capacity - fba->used;
    const uint64_t pad = -(fba->buffer + fba->used) & (alignment - 1);

    if (pad > left || len > left - pad) {
        answer[0] = 1;
        answer[1] = 0;
        return;
    }
    answer[0] = 0;
    answer[1] = fba->buffer + fba->used + pad;
    fba->used += pad + len;
}

static bool is_last(const struct fba *fba, uint64_t memory, uint64_t len)
{
    return len <= fba->used && memory == fba->buffer + fba->used - len;
}

static bool resize(struct fba *fba, uint64_t memory, uint64_t len, uint64_t new_len)
{
    if (!is_last(fba, memory, len)) {
        return new_len <= len;
    }
    if (new_len > fba->capacity - (fba->used - len)) {
        return false;
    }
    fba->used = fba->used - len + new_len;
    return true;
}

/* Numbers are written into the shared region and nowhere else. */
static void count_up(uint64_t memory, uint64_t count)
{
    const uint64_t offset = memory - WIRE_REGION_BASE;

    if (memory < WIRE_REGION_BASE || offset > WIRE_REGION_BYTES ||
        count > (WIRE_REGION_BYTES - offset) / sizeof(int32_t)) {
        return;
    }
    for (uint64_t i = 0; i < count; i++) {
        const int32_t value = (int32_t)i;
        memcpy((void *)(uintptr_t)(memory + i * sizeof value), &value, sizeof value);
    }
}

static void build_array(const struct wire_request *request, struct wire_reply *reply)
{
    const uint64_t count = request->values[2];

    if (count == 0) {
        reply->values[1] = 1;
    } else if (count > UINT64_MAX / sizeof(int32_t)) {
        reply->values[0] = 1;
    } else if (request->values[1] != 0) {
        alloc(fba_at(request->values[0]), count * sizeof(int32_t), sizeof(int32_t),
              reply->values);
        if (reply->values[0] == 0) {
            count_up(reply->values[1], count);
        }
    } else if (model.waiting_count < CALLS_MOST) {
        model.waiting[model.waiting_count++] =
            (struct waiting){request->operation, count};
        reply->kind = WIRE_CALLBACK;
        reply->operation = OP_CALLBACK_ALLOC;
        reply->values[0] = request->values[0];
        reply->values[1] = count * sizeof(int32_t);
        reply->values[2] = sizeof(int32_t);
    }
}

static void take_callback_answer(const struct wire_request *request,
                                 struct wire_reply *reply)
{
    /* An answer to a callback that this side did not make: one that was forged. */
    if (model.waiting_count == 0) {
        return;
    }
    const struct waiting *const call = &model.waiting[--model.waiting_count];
    reply->operation = call->operation;
    reply->values[0] = request->values[0];
    reply->values[1] = request->values[1];
    if (request->values[0] == 0) {
        count_up(request->values[1], call->count);
    }
}

static void answer_batch(uint64_t address, uint64_t count);

static void answer_call(const struct wire_request *request, struct wire_reply *reply)
{
    const uint64_t *const v = request->values;
    struct fba *const fba = fba_at(v[0]);

    switch (request->operation) {
    case WIRE_SETTLE:
        return;
    case OP_FBA_INIT:
        *fba = (struct fba){v[0], v[1], v[2], 0};
        return;
    case OP_FBA_ALLOCATOR:
        reply->values[0] = v[0];
        reply->values[1] = 1;
        return;
    case OP_FBA_RESET:
        fba->used = 0;
        return;
    case OP_ALLOC:
        alloc(fba, v[2], v[3], reply->values);
        return;
    case OP_RESIZE:
        reply->values[0] = resize(fba, v[2], v[3], v[5]);
        return;
    case OP_FREE:
        fba->used -= is_last(fba, v[2], v[3]) ? v[3] : 0;
        return;
    case OP_BUILD_ARRAY:
        build_array(request, reply);
        return;
    case WIRE_BATCH:
        answer_batch(v[0], v[1]);
        return;
    default:
        assert(false); /* the judge has no other operation */
    }
}

struct wire_batch *honest_batch(const struct wire_request *request)
{
    const bool is_batch =
        request->kind == WIRE_CALL && request->operation == WIRE_BATCH;
    return is_batch ? (struct wire_batch *)(uintptr_t)request->values[0] : NULL;
}

struct wire_request honest_step(const struct wire_batch *batch, uint64_t index)
{
    const struct wire_step *const step = &batch->steps[index];
    struct wire_request request = {.kind = WIRE_CALL,
                                   .operation = (uint16_t)step->operation};

    for (uint64_t n = 0; n < WIRE_VALUES; n++) {
        const uint64_t value = step->values[n];
        /* A child may have written over a batch that it carried out. */
        const bool refers =
            (step->refers >> n & 1u) != 0 && value / WIRE_STEP_ANSWERS < index;
        request.values[n] = !refers ? value
                                    : batch->steps[value / WIRE_STEP_ANSWERS]
                                          .answer[value % WIRE_STEP_ANSWERS];
    }
    return request;
}

/* One message holds it all, so no step may have to call back. */
static void answer_batch(uint64_t address, uint64_t count)
{
    struct wire_batch *const batch = (struct wire_batch *)(uintptr_t)address;

    for (uint64_t i = 0; i < count; i++) {
        const struct wire_request request = honest_step(batch, i);
        struct wire_reply reply = {.kind = WIRE_ANSWER};
        batch->begun = i + 1;
        answer_call(&request, &reply);
        assert(reply.kind == WIRE_ANSWER);
        memcpy(batch->steps[i].answer, reply.values, sizeof batch->steps[i].answer);
    }
}

struct wire_reply honest_answer(const struct wire_request *request)
{
    struct wire_reply reply = {
        .nonce = request->nonce,
        .sequence = request->sequence,
        .kind = WIRE_ANSWER,
        .operation = request->operation,
    };

    if (request->kind == WIRE_CALLBACK_ANSWER) {
        take_callback_answer(request, &reply);
    } else {
        answer_call(request, &reply);
    }
    return reply;
}

bool honest_never_says(const struct wire_reply *reply, const struct wire_request *asked)
{
    const uint64_t error = reply->values[0];
    const uint64_t memory = reply->values[1];
    const bool is_in_region =
        memory >= WIRE_REGION_BASE && memory < WIRE_REGION_BASE + WIRE_REGION_BYTES;
    const bool is_empty_array =
        reply->operation == OP_BUILD_ARRAY && asked->values[2] == 0;

    if (reply->kind != WIRE_ANSWER) {
        return false;
    }
    switch (reply->operation) {
    case OP_ALLOC:
    case OP_BUILD_ARRAY:
        return error > 1 || (error == 0 && !is_in_region && !is_empty_array);
    case OP_RESIZE:
        return error > 1;
    default:
        return false;
    }
}

bool honest_change(struct wire_batch *batch,
                   uint64_t index,
                   unsigned number,
                   uint64_t value)
{
    const struct wire_request asked = honest_step(batch, index);
    struct wire_reply reply = {.kind = WIRE_ANSWER, .operation = asked.operation};

    batch->steps[index].answer[number] = value;
    memcpy(reply.values, batch->steps[index].answer, sizeof batch->steps[index].answer);
    return honest_never_says(&reply, &asked);
}
