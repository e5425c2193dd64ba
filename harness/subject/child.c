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

static void serve_call(void)
{
    const uint32_t operation = request.operation;
    uint64_t values[WIRE_VALUES];
    uint64_t answer[WIRE_VALUES];

    for (int i = 0; i < WIRE_VALUES; i++) {
        values[i] = request.values[i];
        answer[i] = 0;
    }
    subject_call(operation, values, answer);
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

_Noreturn void subject_report(uint32_t event, const uint64_t values[WIRE_VALUES])
{
    send(WIRE_EVENT, event, values);
    subject_exit(0);
}
