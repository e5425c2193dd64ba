#include "fake_subject.h"

#include "exercise.h"
#include "session.h"

#include <check.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct wire_request fake_receive(const struct fake_ends *ends)
{
    struct wire_request request;

    if (read(ends->request, &request, sizeof request) != (ssize_t)sizeof request) {
        _exit(77);
    }
    return request;
}

struct wire_reply fake_answer(const struct wire_request *request)
{
    struct wire_reply reply = {
        .nonce = request->nonce,
        .sequence = request->sequence,
        .kind = WIRE_ANSWER,
        .operation = request->operation,
    };

    for (size_t i = 0; i < WIRE_VALUES; i++) {
        reply.values[i] = request->values[i] + i;
    }
    return reply;
}

void fake_send(const struct fake_ends *ends, const void *bytes, size_t count)
{
    if (write(ends->reply, bytes, count) != (ssize_t)count) {
        _exit(77);
    }
}

void fake_honest_child(const struct fake_ends *ends)
{
    for (;;) {
        const struct wire_request request = fake_receive(ends);
        if (request.kind != WIRE_RENEW) {
            const struct wire_reply reply = fake_answer(&request);
            fake_send(ends, &reply, sizeof reply);
        }
    }
}

/* ---- The zygote ---- */

static void send_notice(const struct fake_ends *ends, uint32_t kind, uint64_t value)
{
    const struct wire_control notice = {.kind = kind, .value = value};

    if (send(ends->control, &notice, sizeof notice, MSG_NOSIGNAL) < 0) {
        _exit(0);
    }
}

static pid_t fork_child(const struct fake_ends *ends, fake_child behaviour)
{
    const pid_t child = fork();

    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ends->control);
        /* A child that is to crash shall do so quietly, whatever a sanitizer wants. */
        signal(SIGSEGV, SIG_DFL);
        behaviour(ends);
        _exit(0);
    }
    send_notice(ends, WIRE_FORKED, (uint64_t)child);
    return child;
}

static void reap(const struct fake_ends *ends, pid_t child)
{
    siginfo_t info;

    /* The id stays the child's until the next order, as a real zygote has it. */
    if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT) != 0) {
        _exit(1);
    }
    send_notice(ends, WIRE_EXITED,
                (uint64_t)(uint32_t)info.si_code << 32 | (uint32_t)info.si_status);
}

/* Serves until the child has ended, by itself or by order. */
static void attend(const struct fake_ends *ends, pid_t child)
{
    const int process = (int)syscall(SYS_pidfd_open, child, 0);
    struct pollfd waiting[] = {
        {.fd = ends->control, .events = POLLIN},
        {.fd = process, .events = POLLIN},
    };
    struct wire_control order;

    poll(waiting, 2, -1);
    if (waiting[1].revents == 0) {
        if (recv(ends->control, &order, sizeof order, 0) != (ssize_t)sizeof order) {
            _exit(0);
        }
        kill(child, SIGKILL);
    }
    close(process);
    reap(ends, child);
}

/* The fork happens in here, so this is how it learns what to fork. */
static fake_child first_child;
static bool children_renew;

static void honest_zygote(const struct fake_ends *ends)
{
    fake_child next = first_child;
    struct wire_control order = {
        .kind = WIRE_READY, .renews = children_renew ? 1 : 0, .value = WIRE_VERSION};

    if (send(ends->control, &order, sizeof order, MSG_NOSIGNAL) < 0) {
        _exit(0);
    }
    for (;;) {
        if (recv(ends->control, &order, sizeof order, 0) != (ssize_t)sizeof order) {
            _exit(0);
        }
        while (waitpid(-1, NULL, WNOHANG) > 0) {
        }
        if (order.kind == WIRE_ORDER_FORK) {
            attend(ends, fork_child(ends, next));
            next = fake_honest_child;
        }
    }
}

/* ---- The judge's side ---- */

static void start(fake_zygote zygote, uint64_t test_cpu_ms)
{
    struct session *const session = session_current();
    int control[2];
    int request[2];
    int reply[2];

    ck_assert_int_eq(region_open_shared(&session->region), 0);
    ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, control), 0);
    ck_assert_int_eq(pipe(request), 0);
    ck_assert_int_eq(pipe2(reply, O_DIRECT), 0);
    const pid_t child = fork();
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(control[0]);
        close(request[1]);
        close(reply[0]);
        zygote(&(struct fake_ends){control[1], request[0], reply[1]});
        _exit(0);
    }
    close(control[1]);
    close(reply[1]);
    session->channel = (struct channel){
        .descriptors = {control[0], request[1], request[0], reply[0]},
        .verdict = &session->verdict,
        .region = &session->region,
        .test_cpu_ms = test_cpu_ms,
    };
}

void fake_open_zygote(fake_zygote zygote)
{
    start(zygote, 60);
}

void fake_open_renewing(fake_child first, uint64_t test_cpu_ms)
{
    children_renew = true;
    fake_open(first, test_cpu_ms);
}

void fake_open(fake_child first, uint64_t test_cpu_ms)
{
    first_child = first;
    start(honest_zygote, test_cpu_ms);
    ck_assert_int_eq(channel_open(&session_current()->channel), 0);
}

void fake_begin_test(void)
{
    struct session *const session = session_current();

    verdict_init(&session->verdict);
    exercise.begin_test();
    channel_begin_test(&session->channel);
}

void fake_end_test(void)
{
    struct session *const session = session_current();

    channel_end_test(&session->channel);
    region_clear(&session->region);
}
