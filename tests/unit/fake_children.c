#include "fake_children.h"

#include <signal.h>
#include <unistd.h>

static void send_spoilt(const struct fake_ends *ends,
                        void (*spoil)(struct wire_reply *))
{
    const struct wire_request request = fake_receive(ends);
    struct wire_reply reply = fake_answer(&request);

    spoil(&reply);
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

#define SPOILT(name, statement)                                                        \
    static void name##_spoil(struct wire_reply *reply)                                 \
    {                                                                                  \
        statement;                                                                     \
    }                                                                                  \
    void name(const struct fake_ends *ends)                                            \
    {                                                                                  \
        send_spoilt(ends, name##_spoil);                                               \
    }

SPOILT(child_wrong_nonce, reply->nonce ^= 1)
SPOILT(child_wrong_sequence, reply->sequence += 1)
SPOILT(child_wrong_operation, reply->operation = CHILD_OPERATION + 1)
SPOILT(child_kind_zero, reply->kind = 0)
SPOILT(child_kind_unknown, reply->kind = UINT16_MAX)
SPOILT(child_event_zero, (reply->kind = WIRE_EVENT, reply->operation = 0))
SPOILT(child_event_unknown, (reply->kind = WIRE_EVENT, reply->operation = UINT16_MAX))
SPOILT(child_event_told,
       (reply->kind = WIRE_EVENT, reply->operation = WIRE_EVENT_ABORT))

void child_too_short(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    const struct wire_reply reply = fake_answer(&request);

    fake_send(ends, &reply, sizeof reply - 1);
    fake_honest_child(ends);
}

void child_one_byte(const struct fake_ends *ends)
{
    fake_receive(ends);
    fake_send(ends, "", 1);
    fake_honest_child(ends);
}

/* A right answer, and `extra` bytes more in the same write. */
static void send_with_extra(const struct fake_ends *ends, size_t extra)
{
    const struct wire_request request = fake_receive(ends);
    struct wire_reply replies[2] = {fake_answer(&request), fake_answer(&request)};

    fake_send(ends, replies, sizeof replies[0] + extra);
    fake_honest_child(ends);
}

void child_one_byte_more(const struct fake_ends *ends)
{
    send_with_extra(ends, 1);
}

void child_two_pieces(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    const struct wire_reply reply = fake_answer(&request);
    const size_t half = sizeof reply / 2;

    fake_send(ends, &reply, half);
    fake_send(ends, (const unsigned char *)&reply + half, sizeof reply - half);
    fake_honest_child(ends);
}

void child_two_answers(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    const struct wire_reply reply = fake_answer(&request);

    fake_send(ends, &reply, sizeof reply);
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

void child_sends_more_later(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    const struct wire_reply reply = fake_answer(&request);

    fake_send(ends, &reply, sizeof reply);
    usleep(5000);
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

void child_two_glued_together(const struct fake_ends *ends)
{
    send_with_extra(ends, sizeof(struct wire_reply));
}

void child_answers_before_it_is_asked(const struct fake_ends *ends)
{
    const struct wire_reply reply = {
        .sequence = 1, .kind = WIRE_ANSWER, .operation = CHILD_OPERATION};

    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}

void child_sleeps(const struct fake_ends *ends)
{
    fake_receive(ends);
    for (;;) {
        pause();
    }
}

void child_never_reads(const struct fake_ends *ends)
{
    (void)ends;
    for (;;) {
        pause();
    }
}

void child_falls_silent(const struct fake_ends *ends)
{
    close(ends->reply);
    child_sleeps(ends);
}

void child_spins(const struct fake_ends *ends)
{
    fake_receive(ends);
    for (volatile unsigned i = 0;; i++) {
    }
}

void child_floods(const struct fake_ends *ends)
{
    static const unsigned char bytes[4096];

    fake_receive(ends);
    for (;;) {
        fake_send(ends, bytes, sizeof bytes);
    }
}

void child_exits(const struct fake_ends *ends)
{
    fake_receive(ends);
    _exit(0);
}

static void raises(const struct fake_ends *ends, int number)
{
    fake_receive(ends);
    signal(number, SIG_DFL);
    raise(number);
}

void child_is_killed(const struct fake_ends *ends)
{
    raises(ends, SIGKILL);
}

void child_crashes(const struct fake_ends *ends)
{
    raises(ends, SIGSEGV);
}

void child_dies_of_a_system_call(const struct fake_ends *ends)
{
    raises(ends, SIGSYS);
}

static void last_word(const struct fake_ends *ends, const struct wire_request *request)
{
    const struct wire_reply reply = fake_answer(request);

    fake_send(ends, &reply, sizeof reply);
}

void child_answers_and_exits(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);

    last_word(ends, &request);
    _exit(0);
}

void child_calls_back_for_ever(const struct fake_ends *ends)
{
    struct wire_request request = fake_receive(ends);

    for (;;) {
        struct wire_reply reply = fake_answer(&request);
        reply.kind = WIRE_CALLBACK;
        reply.operation = CHILD_CALLBACK;
        fake_send(ends, &reply, sizeof reply);
        request = fake_receive(ends);
    }
}

void child_calls_back_once(const struct fake_ends *ends)
{
    const struct wire_request request = fake_receive(ends);
    struct wire_reply reply = fake_answer(&request);

    reply.kind = WIRE_CALLBACK;
    reply.operation = CHILD_CALLBACK;
    fake_send(ends, &reply, sizeof reply);
    const struct wire_request answer = fake_receive(ends);
    reply = fake_answer(&answer);
    reply.operation = CHILD_OPERATION;
    reply.values[0] = answer.kind;
    reply.values[1] = answer.values[0];
    fake_send(ends, &reply, sizeof reply);
    fake_honest_child(ends);
}
