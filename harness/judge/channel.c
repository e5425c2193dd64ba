/*
 * Theory of operation. The judge writes one request into a pipe and waits for one reply
 * in another; both are read by one child, which runs the submission and is new, or as
 * new, for each test (channel_child.c). The zygote, which forks that child and never
 * runs the submission, is the only one that reports its death, over a socket of its own
 * that the child has closed.
 *
 * Nothing a child sends is believed. A reply counts if it has the exact size, the nonce
 * of the request (drawn anew for each, so it cannot be sent early), its sequence number
 * and a kind that may come now; anything else ends the test. No reply ends it too: the
 * child's own timer kills a busy one, the judge's clock a sleeping one. What is left in
 * the pipe when the child is dead was sent by code that should not have: it is drained,
 * and counts as a violation.
 */
#include "channel_child.h"

#include "events.h"
#include "exercise.h"
#include "fatal.h"
#include "patience.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

static uint64_t fresh_nonce(struct channel *channel)
{
    if (channel->nonces_left == 0) {
        if (getrandom(channel->nonces, sizeof channel->nonces, 0) !=
            (ssize_t)sizeof channel->nonces) {
            fatal("getrandom: %s", strerror(errno));
        }
        channel->nonces_left = CHANNEL_NONCES;
    }
    return channel->nonces[--channel->nonces_left];
}

void channel_send(struct channel *channel,
                  enum wire_request_kind kind,
                  uint16_t operation,
                  const uint64_t values[WIRE_VALUES])
{
    struct wire_request request = {
        .nonce = fresh_nonce(channel),
        .sequence = ++channel->sequence,
        .kind = (uint16_t)kind,
        .operation = operation,
    };

    memcpy(request.values, values, sizeof request.values);
    channel->nonce = request.nonce;
    channel->is_owed = true;
    channel->is_settled = false;
    /* The judge holds the pipe's other end too: a dead child is no broken pipe. */
    if (write(channel->descriptors.request, &request, sizeof request) !=
        (ssize_t)sizeof request) {
        fatal("a request cannot be sent: %s", strerror(errno));
    }
}

/* A value of step `index`: its own, or what an earlier step was answered. */
static uint64_t step_value(const struct channel_batch *batch, size_t index, size_t n)
{
    const struct channel_step *const step = &batch->steps[index];
    const uint64_t value = step->values[n];

    return (step->refers >> n & 1u) == 0 ? value
                                         : batch->steps[value / WIRE_STEP_ANSWERS]
                                               .answer[value % WIRE_STEP_ANSWERS];
}

/* Notes step `index` as the call that it was for the child. */
static struct verdict_call *note_step(struct channel *channel, size_t index)
{
    const struct channel_step *const step = &channel->batch->steps[index];
    uint64_t values[WIRE_VALUES];

    for (size_t n = 0; n < WIRE_VALUES; n++) {
        values[n] = step_value(channel->batch, index, n);
    }
    channel->verdict->about = step->about;
    return verdict_note_call(channel->verdict, step->operation, 0, values);
}

/*
 * The batch on its way, if there is one, is over: with all of its answers, or in the
 * middle. Answers and counter lie in shared memory, so that each is copied once. As the
 * child says itself how far it came, a liar can choose which of its calls is blamed.
 */
static void take_batch(struct channel *channel, bool is_complete)
{
    const struct channel_batch *const batch = channel->batch;

    if (batch == NULL) {
        return;
    }
    const uint64_t begun = *(const volatile uint64_t *)&batch->shared->begun;
    const size_t stopped_in =
        begun == 0 ? 0 : (begun < batch->count ? begun : batch->count) - 1;
    const size_t answered = is_complete ? batch->count : stopped_in;
    for (size_t i = 0; i < answered; i++) {
        struct verdict_call *const call = note_step(channel, i);
        memcpy(batch->steps[i].answer, batch->shared->steps[i].answer,
               sizeof batch->steps[i].answer);
        memcpy(call->answer, batch->steps[i].answer, sizeof batch->steps[i].answer);
        call->is_answered = true;
        batch->answered(batch->argument, i);
    }
    if (answered < batch->count) {
        note_step(channel, answered);
    }
    channel->batch = NULL;
}

/* Waits until the pipe holds something; ends the test if nothing will come. */
static void await_reply(struct channel *channel)
{
    struct patience patience =
        patience_begin(channel->child, channel_child_cpu_ms(channel));
    struct pollfd waiting[] = {
        {.fd = channel->descriptors.reply, .events = POLLIN},
        {.fd = channel->descriptors.control, .events = POLLIN},
    };

    for (;;) {
        const int ready = poll(waiting, 2, patience_wait_ms(&patience));
        if (ready < 0 && errno != EINTR) {
            fatal("poll: %s", strerror(errno));
        }
        if (ready > 0 && waiting[0].revents != 0) {
            return;
        }
        if (ready > 0) {
            channel_note_death(channel);
            if (channel_has_reply(channel)) {
                return;
            }
            take_batch(channel, false);
            event_death(channel);
        }
        if (ready == 0 && patience_is_over(&patience)) {
            take_batch(channel, false);
            event_silence(channel, patience.is_asleep);
        }
    }
}

/* One reply to the last request, of a kind that may come now. */
static void receive_reply(struct channel *channel, struct wire_reply *reply)
{
    unsigned char bytes[sizeof *reply + 1] = {0}; /* what is too long shall show */
    ssize_t size = 0;

    /* A pipe copies: what is checked here is what is used, whatever the child does. On
     * one processor the child has mostly answered before the judge runs again. */
    while ((size = read(channel->descriptors.reply, bytes, sizeof bytes)) < 0) {
        if (errno != EAGAIN && errno != EINTR) {
            fatal("a reply cannot be read: %s", strerror(errno));
        }
        await_reply(channel);
    }
    memcpy(reply, bytes, sizeof *reply);
    const bool has_size = size == (ssize_t)sizeof *reply;
    if (!has_size || reply->nonce != channel->nonce ||
        reply->sequence != channel->sequence) {
        /* The child may be at its batch still; how far it is would be chance. */
        channel->batch = NULL;
        event_violation(channel, has_size ? "an answer to a question that was not asked"
                                          : "a message of the wrong size");
    }
    channel->is_owed = false;
    take_batch(channel, reply->kind == WIRE_ANSWER);
}

static void note_answer(struct verdict_call *call, const uint64_t answer[WIRE_VALUES])
{
    memcpy(call->answer, answer, sizeof call->answer);
    call->is_answered = true;
}

static void serve_callback(struct channel *channel, const struct wire_reply *reply)
{
    uint64_t answer[WIRE_VALUES] = {0};

    if (channel->depth == WIRE_CALLBACK_DEPTH ||
        channel->callbacks == WIRE_CALLBACKS_PER_CALL) {
        event_too_many_callbacks(channel);
    }
    channel->callbacks++;
    channel->depth++;
    struct verdict_call *const call = verdict_note_call(
        channel->verdict, reply->operation, channel->depth, reply->values);
    exercise.serve_callback(reply->operation, reply->values, answer);
    note_answer(call, answer);
    channel->depth--;
    channel_send(channel, WIRE_CALLBACK_ANSWER, reply->operation, answer);
}

/* Waits for the answer to the last request, whoever notes it down. */
static void await_answer(struct channel *channel,
                         uint16_t operation,
                         bool may_call_back,
                         struct wire_reply *reply)
{
    for (;;) {
        receive_reply(channel, reply);
        if (reply->kind == WIRE_ANSWER && reply->operation == operation) {
            return;
        }
        if (reply->kind == WIRE_EVENT) {
            event_verdict(channel, reply);
        }
        if (reply->kind != WIRE_CALLBACK) {
            event_violation(channel, "an answer to another question");
        }
        if (!may_call_back) {
            /* What comes behind would be answered where nobody looks any more. */
            event_violation(channel, "a call in the middle of others");
        }
        serve_callback(channel, reply);
    }
}

/* A call from its request to its answer. */
static void exchange(struct channel *channel,
                     uint16_t operation,
                     const uint64_t values[WIRE_VALUES],
                     struct wire_reply *reply)
{
    if (channel->depth == 0) {
        channel->callbacks = 0;
    }
    channel_send(channel, WIRE_CALL, operation, values);
    await_answer(channel, operation, operation != WIRE_BATCH, reply);
}

void channel_call(struct channel *channel,
                  uint16_t operation,
                  const uint64_t values[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES])
{
    struct wire_reply reply;
    struct verdict_call *const call =
        verdict_note_call(channel->verdict, operation, channel->depth, values);

    exchange(channel, operation, values, &reply);
    memcpy(answer, reply.values, sizeof reply.values);
    note_answer(call, reply.values);
}

void channel_row(struct channel *channel, struct channel_step *steps, size_t count)
{
    uint64_t nonces[CHANNEL_ROW];
    const uint32_t first = channel->sequence + 1;

    for (size_t i = 0; i < count; i++) {
        channel_send(channel, WIRE_CALL, steps[i].operation, steps[i].values);
        nonces[i] = channel->nonce;
    }
    for (size_t i = 0; i < count; i++) {
        struct channel_step *const step = &steps[i];
        struct wire_reply reply;
        struct verdict_call *const call = verdict_note_call(
            channel->verdict, step->operation, channel->depth, step->values);
        channel->nonce = nonces[i];
        channel->sequence = first + (uint32_t)i;
        channel->is_owed = true;
        await_answer(channel, step->operation, false, &reply);
        memcpy(step->answer, reply.values, sizeof step->answer);
        note_answer(call, reply.values);
    }
}

size_t channel_batch_bytes(size_t count)
{
    return sizeof(struct wire_batch) + count * sizeof(struct wire_step);
}

/* Lays the steps down where the child reads them. */
static void share_steps(const struct channel_batch *batch)
{
    batch->shared->begun = 0;
    batch->shared->reserved = 0;
    for (size_t i = 0; i < batch->count; i++) {
        const struct channel_step *const step = &batch->steps[i];
        struct wire_step *const shared = &batch->shared->steps[i];
        shared->operation = step->operation;
        shared->refers = step->refers;
        shared->reserved = 0;
        memcpy(shared->values, step->values, sizeof shared->values);
        memset(shared->answer, 0, sizeof shared->answer);
    }
}

void channel_batch(struct channel *channel, const struct channel_batch *batch)
{
    const uint64_t values[WIRE_VALUES] = {(uint64_t)(uintptr_t)batch->shared,
                                          batch->count};
    struct wire_reply reply;

    share_steps(batch);
    channel->batch = batch;
    exchange(channel, WIRE_BATCH, values, &reply);
}

void channel_settle(struct channel *channel)
{
    const uint64_t nothing[WIRE_VALUES] = {0};
    struct wire_reply reply;

    exchange(channel, WIRE_SETTLE, nothing, &reply);
    channel->is_settled = true;
}
