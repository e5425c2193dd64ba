#include "scripted_child.h"

#include "honest.h"
#include "ops.h"
#include "patience.h"
#include "script.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* No process has this id: it is above the kernel's limit. */
#define CHILD_ID ((pid_t)0x7ffffff0)

enum {
    REPLY_BYTES = sizeof(struct wire_reply),
    CALLBACKS_OPEN = 128
};

/* A callback that the judge has not answered yet. */
struct callback {
    bool is_forged;
    struct wire_reply answer; /* of the call it was sent from, if it is forged */
};

static struct {
    int control, request, reply; /* the subject's ends */
    struct channel_descriptors judge;
    struct script script;
    enum scripted_ending ending;
    unsigned honest_steps;
    bool is_alive, is_silent, is_asleep, has_lied;
    bool owes_answer;          /* a request was read, and nothing was sent since */
    struct wire_request asked; /* the last request */
    struct wire_reply honest;  /* what to answer to it */
    struct callback callbacks[CALLBACKS_OPEN];
    size_t callback_count;
} child;

int __real_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
int __wrap_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms);
int __wrap_kill(pid_t process, int number);
bool __wrap_patience_is_over(struct patience *patience);

void scripted_child_load(const uint8_t *script,
                         size_t size,
                         enum scripted_ending ending)
{
    child.script = (struct script){script, size};
    child.ending = ending;
    child.honest_steps = 0;
    child.is_alive = child.is_silent = child.has_lied = child.owes_answer = false;
    child.callback_count = 0;
    honest_begin();
}

bool scripted_child_has_lied(void)
{
    const bool has_lied = child.has_lied;
    child.has_lied = false;
    return has_lied;
}

/* ---- What the child does ---- */

static void notice(enum wire_notice kind, uint64_t value)
{
    const struct wire_control message = {.kind = kind, .renews = 1, .value = value};

    assert(send(child.control, &message, sizeof message, MSG_NOSIGNAL) ==
           (ssize_t)sizeof message);
}

void scripted_child_open(struct channel_descriptors *descriptors)
{
    int control[2];
    int request[2];
    int reply[2];

    assert(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, control) == 0);
    assert(pipe2(request, O_CLOEXEC | O_NONBLOCK) == 0 &&
           pipe2(reply, O_CLOEXEC | O_DIRECT) == 0);
    child.control = control[1];
    child.request = request[0];
    child.reply = reply[1];
    child.judge =
        (struct channel_descriptors){control[0], request[1], request[0], reply[0]};
    *descriptors = child.judge;
    notice(WIRE_READY, WIRE_VERSION);
}

static void die(int code, int status)
{
    child.is_alive = false;
    notice(WIRE_EXITED, (uint64_t)code << 32 | (uint32_t)status);
}

static void die_in_call(int code, int status)
{
    child.has_lied = true;
    die(code, status);
}

static void fall_silent(bool is_asleep)
{
    child.is_silent = true;
    child.is_asleep = is_asleep;
    child.has_lied = true;
}

static void send_bytes(const void *bytes, size_t count)
{
    assert(write(child.reply, bytes, count) == (ssize_t)count);
    child.owes_answer = false;
}

static void note_callback(bool is_forged)
{
    if (child.callback_count < CALLBACKS_OPEN) {
        child.callbacks[child.callback_count++] =
            (struct callback){is_forged, child.honest};
    }
}

/* Does a reply answer the question that was asked, whatever its values? */
static bool is_to_the_point(const struct wire_reply *reply)
{
    return child.owes_answer && reply->nonce == child.honest.nonce &&
           reply->sequence == child.honest.sequence &&
           reply->kind == child.honest.kind &&
           reply->operation == child.honest.operation;
}

/* The honest reply, perhaps with something changed. */
static void answer(const struct wire_reply *reply)
{
    if (!is_to_the_point(reply) || honest_never_says(reply, &child.asked)) {
        child.has_lied = true;
    } else if (reply->kind == WIRE_CALLBACK) {
        note_callback(false);
    }
    send_bytes(reply, sizeof *reply);
}

static void forge(unsigned kind)
{
    struct wire_reply reply = child.honest;

    reply.kind = (uint16_t)kind;
    reply.operation = script_byte(&child.script);
    for (size_t i = 0; i < WIRE_VALUES; i++) {
        reply.values[i] = script_number(&child.script, child.honest.values[i]);
    }
    if (kind == WIRE_CALLBACK) {
        note_callback(true);
        send_bytes(&reply, sizeof reply);
    } else {
        answer(&reply);
    }
}

static void send_event(unsigned event)
{
    struct wire_reply reply = child.honest;

    reply.kind = WIRE_EVENT;
    reply.operation = (uint16_t)event;
    for (size_t i = 0; i < WIRE_VALUES; i++) {
        reply.values[i] = script_number(&child.script, 0);
    }
    answer(&reply);
}

static void send_script(void)
{
    uint8_t bytes[UINT8_MAX];
    const size_t count = script_byte(&child.script);

    for (size_t i = 0; i < count; i++) {
        bytes[i] = script_byte(&child.script);
    }
    if (count > 0) {
        child.has_lied = true;
        send_bytes(bytes, count);
    }
}

static void answer_with_more(size_t extra)
{
    const struct wire_reply replies[2] = {child.honest, child.honest};

    child.has_lied = true;
    send_bytes(replies, REPLY_BYTES + (extra == 0 ? REPLY_BYTES : extra));
}

/* Only the slots themselves are mapped in a subject. */
static void scribble(size_t count)
{
    const uint64_t offset = script_number(&child.script, 0) % WIRE_REGION_BYTES;
    const int byte = script_byte(&child.script);

    if (offset % WIRE_SLOT_STRIDE + count <= WIRE_SLOT_BYTES) {
        memset((void *)(uintptr_t)(WIRE_REGION_BASE + offset), byte, count);
    }
}

/* Changes an answer of one of a batch's steps. */
static void change_batch(struct wire_batch *batch, unsigned argument)
{
    const uint64_t index = script_byte(&child.script) % child.asked.values[1];
    const unsigned number = argument % WIRE_STEP_ANSWERS;
    const uint64_t value =
        script_number(&child.script, batch->steps[index].answer[number]);
    child.has_lied |= honest_change(batch, index, number, value);
}

/* The honest answer, with value number `argument` replaced. */
static void answer_changed(unsigned argument)
{
    struct wire_batch *const batch = honest_batch(&child.asked);
    struct wire_reply reply = child.honest;

    if (batch != NULL) {
        change_batch(batch, argument);
    } else {
        reply.values[argument % WIRE_VALUES] =
            script_number(&child.script, reply.values[argument % WIRE_VALUES]);
    }
    answer(&reply);
}

static void take_step(unsigned kind, unsigned argument)
{
    struct wire_reply reply = child.honest;

    switch (kind) {
    case 2:
        answer_changed(argument);
        return;
    case 3:
        reply.nonce ^= script_number(&child.script, 0) | 1;
        break;
    case 4:
        reply.sequence += argument + 1;
        break;
    case 5:
        forge(argument);
        return;
    case 6:
        send_script();
        return;
    case 7:
        send_event(argument);
        return;
    case 8:
        answer_with_more(argument);
        return;
    case 9:
        die_in_call(argument % 2 == 0 ? CLD_EXITED : CLD_KILLED,
                    script_byte(&child.script));
        return;
    case 10:
    case 11:
        fall_silent(kind == 10);
        return;
    case 12:
        scribble(argument + 1);
        return;
    case 13:
        answer(&reply);
        die(CLD_EXITED, 0);
        return;
    case 14:
        reply.operation = (uint16_t)argument;
        break;
    case 15:
        answer(&reply);
        break;
    default:
        child.honest_steps = (kind == 1 ? 16 : 1) * (argument + 1);
        return;
    }
    answer(&reply);
}

static void end_script(void)
{
    switch (child.ending) {
    case ENDING_EXIT:
        die_in_call(CLD_EXITED, 0);
        return;
    case ENDING_SIGNAL:
        die_in_call(CLD_DUMPED, SIGSEGV);
        return;
    case ENDING_SLEEP:
    case ENDING_SPIN:
        fall_silent(child.ending == ENDING_SLEEP);
        return;
    case ENDING_HONEST:
    case ENDINGS:
        answer(&child.honest);
        return;
    }
}

static bool read_request(void)
{
    if (read(child.request, &child.asked, sizeof child.asked) < 0) {
        return false; /* nothing there */
    }
    if (child.asked.kind == WIRE_RENEW) {
        child.callback_count = 0;
        honest_begin();
        return read_request();
    }
    if (child.asked.kind != WIRE_CALLBACK_ANSWER) {
        child.honest = honest_answer(&child.asked);
        return true;
    }
    assert(child.callback_count > 0);
    const struct callback *const open = &child.callbacks[--child.callback_count];
    child.honest = open->is_forged ? open->answer : honest_answer(&child.asked);
    child.honest.nonce = child.asked.nonce;
    child.honest.sequence = child.asked.sequence;
    return true;
}

/* The child's turn, if it has one: until it has sent something, or will not. */
static void act(void)
{
    if (child.is_alive && !child.is_silent && !child.owes_answer) {
        child.owes_answer = read_request();
    }
    while (child.owes_answer && child.is_alive && !child.is_silent) {
        if (child.honest_steps > 0) {
            child.honest_steps--;
            answer(&child.honest);
        } else if (child.script.left > 0) {
            const uint8_t step = script_byte(&child.script);
            take_step(step & 15u, step >> 4);
        } else {
            end_script();
        }
    }
}

/* ---- What the judge calls ---- */

static void attend_orders(void)
{
    struct wire_control order;

    while (recv(child.control, &order, sizeof order, MSG_DONTWAIT) ==
           (ssize_t)sizeof order) {
        assert(order.kind == WIRE_ORDER_FORK && !child.is_alive);
        child.is_alive = true;
        notice(WIRE_FORKED, (uint64_t)CHILD_ID);
    }
}

int __wrap_poll(struct pollfd *descriptors, nfds_t count, int timeout_ms)
{
    const bool is_for_reply = count == 2 && descriptors[0].fd == child.judge.reply;
    const bool is_for_notice = count == 1 && descriptors[0].fd == child.judge.control;

    if (!is_for_reply && !is_for_notice) {
        return __real_poll(descriptors, count, timeout_ms);
    }
    attend_orders();
    if (is_for_reply) {
        act();
    }
    const int ready = __real_poll(descriptors, count, 0);
    assert(ready > 0 || (is_for_reply && child.is_silent));
    return ready;
}

int __wrap_kill(pid_t process, int number)
{
    if (process != CHILD_ID || number != SIGKILL) {
        errno = ESRCH;
        return -1;
    }
    if (child.is_alive) {
        die(CLD_KILLED, SIGKILL);
    }
    return 0;
}

bool __wrap_patience_is_over(struct patience *patience)
{
    patience->is_asleep = child.is_asleep;
    return true;
}
