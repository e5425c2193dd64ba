/*
 * The direct-linked runner: session and channel for an implementation in this process.
 * A developer's tool for gdb and valgrind. It isolates nothing and believes everything
 * it is not shown to be false: never use it to grade.
 */
#include "channel.h"
#include "events.h"
#include "exercise.h"
#include "fatal.h"
#include "session.h"
#include "subject.h"

#include <errno.h>
#include <string.h>

size_t session_shards(size_t tests)
{
    (void)tests;
    return 1; /* a debugger follows one process */
}

bool session_can_try(void)
{
    return false;
}

void session_open(const struct options *options)
{
    struct session *const session = session_current();

    if (region_open_private(&session->region) != 0) {
        fatal("memory for the tests cannot be had: %s", strerror(errno));
    }
    session->channel = (struct channel){
        .names = {options->symbols, options->symbol_count, options->functions,
                  options->function_count},
        .verdict = &session->verdict,
        .region = &session->region,
        .test_cpu_ms = options->test_cpu_ms,
    };
}

void session_close(void)
{
    region_close(&session_current()->region);
}

int channel_open(struct channel *channel)
{
    (void)channel;
    return 0;
}

void channel_begin_test(struct channel *channel)
{
    channel->depth = 0;
    channel->callbacks = 0;
}

void channel_settle(struct channel *channel)
{
    (void)channel;
}

void channel_end_test(struct channel *channel)
{
    (void)channel;
}

void channel_part(struct channel *channel)
{
    (void)channel;
}

void channel_call(struct channel *channel,
                  uint16_t operation,
                  const uint64_t values[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES])
{
    struct verdict_call *const call =
        verdict_note_call(channel->verdict, operation, channel->depth, values);

    if (channel->depth == 0) {
        channel->callbacks = 0;
    }
    memset(answer, 0, WIRE_VALUES * sizeof *answer);
    subject_call(operation, values, answer);
    memcpy(call->answer, answer, sizeof call->answer);
    call->is_answered = true;
}

void channel_row(struct channel *channel, struct channel_step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint64_t answer[WIRE_VALUES];
        channel_call(channel, steps[i].operation, steps[i].values, answer);
        memcpy(steps[i].answer, answer, sizeof steps[i].answer);
    }
}

size_t channel_batch_bytes(size_t count)
{
    return count; /* nothing is sent */
}

void channel_batch(struct channel *channel, const struct channel_batch *batch)
{
    for (size_t i = 0; i < batch->count; i++) {
        struct channel_step *const step = &batch->steps[i];
        uint64_t values[WIRE_VALUES];
        uint64_t answer[WIRE_VALUES];
        for (size_t n = 0; n < WIRE_VALUES; n++) {
            const uint64_t value = step->values[n];
            values[n] = (step->refers >> n & 1u) == 0
                            ? value
                            : batch->steps[value / WIRE_STEP_ANSWERS]
                                  .answer[value % WIRE_STEP_ANSWERS];
        }
        channel->verdict->about = step->about;
        channel_call(channel, step->operation, values, answer);
        memcpy(step->answer, answer, sizeof step->answer);
        batch->answered(batch->argument, i);
    }
}

/* What the subject's runtime does by a message, done by a call. */
void subject_callback(uint32_t operation,
                      const uint64_t values[WIRE_VALUES],
                      uint64_t answer[WIRE_VALUES])
{
    struct channel *const channel = &session_current()->channel;

    if (channel->depth == WIRE_CALLBACK_DEPTH ||
        channel->callbacks == WIRE_CALLBACKS_PER_CALL) {
        event_too_many_callbacks(channel);
    }
    channel->callbacks++;
    channel->depth++;
    struct verdict_call *const call = verdict_note_call(
        channel->verdict, (uint16_t)operation, channel->depth, values);
    memset(answer, 0, WIRE_VALUES * sizeof *answer);
    exercise.serve_callback((uint16_t)operation, values, answer);
    memcpy(call->answer, answer, sizeof call->answer);
    call->is_answered = true;
    channel->depth--;
}

/* A debugger shows where it is. */
void subject_enter(uint64_t function)
{
    (void)function;
}

_Noreturn void subject_report(uint32_t event,
                              const uint64_t values[WIRE_VALUES],
                              uint64_t pc,
                              uint64_t frame)
{
    (void)pc, (void)frame;
    struct wire_reply reply = {.kind = WIRE_EVENT, .operation = (uint16_t)event};

    memcpy(reply.values, values, sizeof reply.values);
    event_verdict(&session_current()->channel, &reply);
}
