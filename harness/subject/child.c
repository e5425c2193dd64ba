#include "arch.h"
#include "runtime.h"
#include "subject.h"

/*
 * Nothing here is kept on the stack that differs from run to run (the nonces): what a
 * submission reads uninitialised is then the same every time.
 */
static struct wire_request request;
static struct wire_reply reply;

static void receive(void)
{
    if (system_call(SYS_read, WIRE_FD_REQUEST, &request, sizeof request) !=
        (long)sizeof request) {
        subject_exit(1);
    }
    if (request.kind == WIRE_RENEW) {
        subject_renew();
    }
    reply.nonce = request.nonce;
    reply.sequence = request.sequence;
}

static void send(uint32_t kind, uint32_t operation, const uint64_t values[WIRE_VALUES])
{
    reply.kind = (uint16_t)kind;
    reply.operation = (uint16_t)operation;
    for (int i = 0; i < WIRE_VALUES; i++) {
        reply.values[i] = values[i];
    }
    system_call(SYS_write, WIRE_FD_REPLY, &reply, sizeof reply);
}

/* A value of step `index`: its own, or what an earlier step was answered. */
static uint64_t step_value(const struct wire_batch *batch, uint64_t index, unsigned n)
{
    const struct wire_step *const step = &batch->steps[index];
    const uint64_t value = step->values[n];

    if ((step->refers >> n & 1u) == 0) {
        return value;
    }
    if (value / WIRE_STEP_ANSWERS >= index) {
        subject_exit(1); /* not an earlier step */
    }
    return batch->steps[value / WIRE_STEP_ANSWERS].answer[value % WIRE_STEP_ANSWERS];
}

static void serve_step(struct wire_batch *batch, uint64_t index)
{
    struct wire_step *const step = &batch->steps[index];
    uint64_t values[WIRE_VALUES];
    uint64_t answer[WIRE_VALUES];

    for (unsigned i = 0; i < WIRE_VALUES; i++) {
        values[i] = step_value(batch, index, i);
        answer[i] = 0;
    }
    /* Whatever happens in the call, the judge shall find which one it was. */
    *(volatile uint64_t *)&batch->begun = index + 1;
    subject_call(step->operation, values, answer);
    for (unsigned i = 0; i < WIRE_STEP_ANSWERS; i++) {
        step->answer[i] = answer[i];
    }
}

static void serve_batch(uint64_t address, uint64_t count)
{
    struct wire_batch *const batch = (struct wire_batch *)address;
    const uint64_t bytes = sizeof *batch + count * sizeof batch->steps[0];

    if (address < WIRE_REGION_BASE || count > WIRE_BATCH_STEPS ||
        (address - WIRE_REGION_BASE) % WIRE_SLOT_STRIDE + bytes > WIRE_SLOT_BYTES) {
        subject_exit(1);
    }
    for (uint64_t i = 0; i < count; i++) {
        serve_step(batch, i);
    }
}

static void serve_call(void)
{
    const uint32_t operation = request.operation;
    const uint64_t outer = subject_entered(); /* this may be within a callback */
    uint64_t values[WIRE_VALUES];
    uint64_t answer[WIRE_VALUES];

    for (int i = 0; i < WIRE_VALUES; i++) {
        values[i] = request.values[i];
        answer[i] = 0;
    }
    if (operation == WIRE_BATCH) {
        serve_batch(values[0], values[1]);
    } else {
        subject_call(operation, values, answer);
    }
    subject_leave(outer);
    send(WIRE_ANSWER, operation, answer);
}

_Noreturn void subject_child(void)
{
    for (;;) {
        receive();
        serve_call();
    }
}

void subject_callback(uint32_t operation,
                      const uint64_t values[WIRE_VALUES],
                      uint64_t answer[WIRE_VALUES])
{
    send(WIRE_CALLBACK, operation, values);
    receive();
    while (request.kind == WIRE_CALL) {
        serve_call();
        receive();
    }
    for (int i = 0; i < WIRE_VALUES; i++) {
        answer[i] = request.values[i];
    }
}

_Noreturn void subject_report_places(uint32_t event,
                                     const uint64_t values[WIRE_VALUES],
                                     const uint64_t places[WIRE_PLACES])
{
    for (int i = 0; i < WIRE_PLACES; i++) {
        reply.places[i] = places[i];
    }
    send(WIRE_EVENT, event, values);
    subject_exit(0);
}

_Noreturn void subject_report(uint32_t event,
                              const uint64_t values[WIRE_VALUES],
                              uint64_t pc,
                              uint64_t frame)
{
    uint64_t places[WIRE_PLACES];

    subject_find_places(pc, 0, frame, places);
    subject_report_places(event, values, places);
}
