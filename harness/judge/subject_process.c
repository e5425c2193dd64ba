#include "subject_process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Both ends of everything between judge and subject. -1: not open. */
struct pipes {
    int control[2]; /* judge, zygote */
    int request[2]; /* read, write */
    int reply[2];   /* read, write */
};

static void close_pair(int pair[2])
{
    for (int i = 0; i < 2; i++) {
        if (pair[i] >= 0) {
            close(pair[i]);
        }
    }
}

static int open_pipes(struct pipes *pipes)
{
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pipes->control) != 0 ||
        pipe2(pipes->request, O_CLOEXEC) != 0 ||
        /* Packets: how a reply was cut into writes must not be a matter of time. */
        pipe2(pipes->reply, O_CLOEXEC | O_DIRECT) != 0) {
        return -1;
    }
    return 0;
}

/* Moves a descriptor out of the way of the numbers the subject expects. */
static int move_high(int descriptor)
{
    return fcntl(descriptor, F_DUPFD_CLOEXEC, 64);
}

/* Runs in the new process: only async-signal-safe calls. Returns only on failure. */
static void become_subject(int executable, const int inherited[4])
{
    static char name[] = "subject";
    static char *const arguments[] = {name, NULL};
    static char *const environment[] = {NULL};
    const struct rlimit none = {0, 0};
    int moved[5];

    /* In this order nothing is overwritten before it is used. */
    for (int i = 0; i < 4; i++) {
        moved[i] = move_high(inherited[i]);
    }
    moved[4] = move_high(executable);
    for (int i = 0; i < 5; i++) {
        if (moved[i] < 0) {
            return;
        }
    }
    for (int i = 0; i < 4; i++) {
        if (dup2(moved[i], WIRE_FD_REGION + i) < 0) {
            return;
        }
    }
    /* Standard streams and all else: a submission has nothing to write to. */
    close_range(0, 2, 0);
    close_range(WIRE_FD_REPLY + 1, (unsigned)moved[4] - 1, 0);
    close_range((unsigned)moved[4] + 1, ~0u, 0);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    setrlimit(RLIMIT_CORE, &none);
    fexecve(moved[4], arguments, environment);
}

int subject_process_start(int executable,
                          int region,
                          struct channel_descriptors *descriptors,
                          pid_t *process)
{
    struct pipes pipes = {{-1, -1}, {-1, -1}, {-1, -1}};
    int code = 0;

    if (open_pipes(&pipes) != 0) {
        code = errno;
        goto out;
    }
    const pid_t child = fork();
    if (child < 0) {
        code = errno;
        goto out;
    }
    if (child == 0) {
        become_subject(executable, (const int[]){region, pipes.control[1],
                                                 pipes.request[0], pipes.reply[1]});
        _exit(127);
    }
    close_pair((int[]){pipes.control[1], pipes.reply[1]});
    *descriptors = (struct channel_descriptors){
        .control = pipes.control[0],
        .request = pipes.request[1],
        .request_drain = pipes.request[0],
        .reply = pipes.reply[0],
    };
    *process = child;
    return 0;

out:
    close_pair(pipes.control);
    close_pair(pipes.request);
    close_pair(pipes.reply);
    errno = code;
    return -1;
}
