/*
 * channel_child: who is at the other end of the channel: how a child begins, begins
 * anew, and ends.
 *
 * Theory of operation. A test needs a child that knows nothing and has been through
 * nothing. One is forked; or the one before is told to renew itself (subject/renew.c),
 * which takes a hundredth of the time. That is asked only of a child that is alive, has
 * answered what it was asked and no more, and has used little of its time. Any other is
 * killed, and what its last words leave in the pipe is drained.
 *
 * For an honest submission the two are the same. A hostile one may keep its memory from
 * one test to the next, until channel_part. It gains nothing by it that counts: each
 * answer is judged as it comes. But it could tell in one test what it was asked in
 * another, so tests whose reports different people see have to be parted.
 */
#include "channel_child.h"

#include "events.h"
#include "fatal.h"
#include "patience.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long the zygote may take for what it does at once, on a very busy machine. */
#define ZYGOTE_WALL_MS 20000

/* What a child may have used when it begins another test. Its timer runs on, so it is
 * set later by this, and no test has less than it shall have. After a test that has
 * used up its time the next child serves once: more may do so. */
#define RESERVE_CPU_MS 40

/* How long a child is waited for after a failure. Then another is as good. */
#define QUIET_WALL_MS 4

uint64_t channel_child_cpu_ms(const struct channel *channel)
{
    return channel->test_cpu_ms + channel->reserve_cpu_ms;
}

static void order_fork(struct channel *channel)
{
    const struct wire_control message = {.kind = WIRE_ORDER_FORK,
                                         .value = channel_child_cpu_ms(channel) * 1000};

    if (send(channel->descriptors.control, &message, sizeof message, MSG_NOSIGNAL) !=
        (ssize_t)sizeof message) {
        fatal("the subject's first process is gone: %s", strerror(errno));
    }
}

/* The zygote's next notice. It is our own code in a process that never runs the
 * submission: if it misbehaves, that is our fault. */
static struct wire_control receive_notice(struct channel *channel)
{
    struct pollfd control = {.fd = channel->descriptors.control, .events = POLLIN};
    struct wire_control notice;

    while (poll(&control, 1, ZYGOTE_WALL_MS) < 0) {
        if (errno != EINTR) {
            fatal("poll: %s", strerror(errno));
        }
    }
    if (control.revents == 0) {
        fatal("the subject's first process does not answer");
    }
    if (recv(channel->descriptors.control, &notice, sizeof notice, 0) !=
        (ssize_t)sizeof notice) {
        fatal("the subject's first process ended");
    }
    return notice;
}

int channel_open(struct channel *channel)
{
    const struct wire_control notice = receive_notice(channel);
    const int flags = fcntl(channel->descriptors.reply, F_GETFL);

    if (flags < 0 ||
        fcntl(channel->descriptors.reply, F_SETFL, flags | O_NONBLOCK) != 0) {
        return -1;
    }
    channel->renews = notice.renews != 0;
    return notice.kind == WIRE_READY && notice.value == WIRE_VERSION ? 0 : -1;
}

static void fork_child(struct channel *channel)
{
    channel->reserve_cpu_ms =
        channel->renews && !channel->was_late ? RESERVE_CPU_MS : 0;
    order_fork(channel);
    const struct wire_control notice = receive_notice(channel);
    if (notice.kind != WIRE_FORKED || notice.value == 0) {
        fatal("the subject's first process cannot fork");
    }
    channel->child = (pid_t)notice.value;
    channel->is_dead = false;
    channel->cpu_begun_ns = 0;
}

void channel_begin_test(struct channel *channel)
{
    static const uint64_t nothing[WIRE_VALUES] = {0};

    if (channel->child == 0) {
        fork_child(channel);
    } else {
        channel_send(channel, WIRE_RENEW, 0, nothing);
    }
    channel->depth = 0;
    channel->callbacks = 0;
    channel->batch = NULL;
    channel->is_owed = false;
    channel->is_settled = false;
}

void channel_note_death(struct channel *channel)
{
    const struct wire_control notice = receive_notice(channel);

    if (notice.kind != WIRE_EXITED) {
        fatal("the subject's first process speaks out of turn");
    }
    channel->is_dead = true;
    channel->death = notice.value;
}

static int waiting_bytes(int descriptor)
{
    int waiting = 0;

    if (ioctl(descriptor, FIONREAD, &waiting) != 0) {
        fatal("FIONREAD: %s", strerror(errno));
    }
    return waiting;
}

bool channel_has_reply(const struct channel *channel)
{
    return waiting_bytes(channel->descriptors.reply) > 0;
}

/* After a test that has failed: a round as channel_settle makes one, of which nothing
 * but its success counts. */
static bool settles_quietly(struct channel *channel)
{
    static const uint64_t nothing[WIRE_VALUES] = {0};
    struct pollfd waiting[] = {
        {.fd = channel->descriptors.reply, .events = POLLIN},
        {.fd = channel->descriptors.control, .events = POLLIN},
    };
    struct wire_reply reply;

    if (channel_has_reply(channel)) {
        return false;
    }
    channel_send(channel, WIRE_CALL, WIRE_SETTLE, nothing);
    return poll(waiting, 2, QUIET_WALL_MS) == 1 && waiting[0].revents != 0 &&
           waiting_bytes(channel->descriptors.reply) == sizeof reply &&
           read(channel->descriptors.reply, &reply, sizeof reply) ==
               (ssize_t)sizeof reply &&
           reply.nonce == channel->nonce && reply.sequence == channel->sequence &&
           reply.kind == WIRE_ANSWER && reply.operation == WIRE_SETTLE;
}

/* May the child serve another test? */
static bool may_stay(struct channel *channel, uint64_t cpu_ns)
{
    if (!channel->renews || channel->is_dead || channel->is_owed ||
        cpu_ns / 1000000 >= channel->reserve_cpu_ms) {
        return false;
    }
    if (channel->verdict->status == VERDICT_PASS) {
        return channel->is_settled && !channel_has_reply(channel);
    }
    return channel->verdict->status == VERDICT_FAIL && settles_quietly(channel);
}

/* Empties a pipe nobody writes to any more; says whether it held anything. */
static bool drain(int descriptor)
{
    char bytes[4096];
    bool held = false;

    while (waiting_bytes(descriptor) > 0) {
        held = true;
        if (read(descriptor, bytes, sizeof bytes) <= 0) {
            break;
        }
    }
    return held;
}

/* Returns whether it had sent anything that was not asked for. */
static bool end_child(struct channel *channel)
{
    if (!channel->is_dead) {
        /* Dead or not, this id is the child's: the zygote keeps it until the
         * next fork. */
        if (kill(channel->child, SIGKILL) != 0) {
            fatal("a child cannot be killed: %s", strerror(errno));
        }
        channel_note_death(channel);
    }
    channel->child = 0;
    drain(channel->descriptors.request_drain);
    return drain(channel->descriptors.reply);
}

void channel_end_test(struct channel *channel)
{
    if (channel->child == 0) {
        return;
    }
    const uint64_t cpu_ns = patience_cpu_ns(channel->child);
    channel->was_late = channel->verdict->status == VERDICT_TIMEOUT;
    if (may_stay(channel, cpu_ns)) {
        channel->used_cpu_ms = (cpu_ns - channel->cpu_begun_ns) / 1000000;
        channel->cpu_begun_ns = cpu_ns;
        return;
    }
    const uint64_t begun_ns = channel->cpu_begun_ns;
    const pid_t child = channel->child;
    const bool is_surplus = end_child(channel);
    channel->used_cpu_ms = (patience_cpu_ns(child) - begun_ns) / 1000000;
    if (is_surplus && channel->verdict->status == VERDICT_PASS) {
        event_surplus(channel);
    }
}

void channel_part(struct channel *channel)
{
    if (channel->child != 0) {
        end_child(channel);
    }
}
