#include "subject_process.h"

#include "outer_filter.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
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

/* Puts the descriptors where wire.h says, and closes all else: standard streams too,
 * because a submission has nothing to write to. Returns the program's new descriptor,
 * or -1. */
static int place_descriptors(int executable, const int inherited[4])
{
    int moved[5];

    /* In this order nothing is overwritten before it is used. */
    for (int i = 0; i < 5; i++) {
        moved[i] = move_high(i < 4 ? inherited[i] : executable);
        if (moved[i] < 0) {
            return -1;
        }
    }
    for (int i = 0; i < 4; i++) {
        if (dup2(moved[i], WIRE_FD_REGION + i) < 0) {
            return -1;
        }
    }
    close_range(0, 2, 0);
    close_range(WIRE_FD_REPLY + 1, (unsigned)moved[4] - 1, 0);
    close_range((unsigned)moved[4] + 1, ~0u, 0);
    return moved[4];
}

/* Root's rights would outlive root's name: the capabilities go in any case. */
static int give_up_rights(uid_t user)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct nothing[2] = {{0}, {0}};

    if (user != 0 && (syscall(SYS_setgroups, 0, NULL) != 0 ||
                      syscall(SYS_setresgid, user, user, user) != 0 ||
                      syscall(SYS_setresuid, user, user, user) != 0)) {
        return -1;
    }
    return (int)syscall(SYS_capset, &header, nothing);
}

/* Runs in the new process, in the judge's memory: system calls and nothing else.
 * Returns only on failure. */
static void become_subject(const struct subject_program *program,
                           const int inherited[4])
{
    static char name[] = "subject";
    static char *const arguments[] = {name, NULL};
    static char *const environment[] = {NULL};
    const struct rlimit none = {0, 0};
    const int executable = place_descriptors(program->executable, inherited);

    /* The order matters: a change of user takes the parent's death signal away, and
     * the filter leaves nothing but the execution. The working directory is the
     * caller's, which may be the place of the submission. */
    if (executable < 0 || setsid() < 0 || chdir("/") != 0 ||
        give_up_rights(program->user) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        setrlimit(RLIMIT_CORE, &none) != 0 || outer_filter_enter() != 0) {
        return;
    }
    fexecve(executable, arguments, environment);
}

/* A fork would leave the judge with a fault at each page that it writes to next. */
static pid_t start_process(const struct subject_program *program,
                           const int inherited[4])
{
    /* NOLINTBEGIN(*insecureAPI.vfork,*unix.Vfork) */
    const pid_t child = vfork();
    if (child == 0) {
        become_subject(program, inherited);
        _exit(127);
    }
    /* NOLINTEND(*insecureAPI.vfork,*unix.Vfork) */
    return child;
}

int subject_process_start(const struct subject_program *program,
                          struct channel_descriptors *descriptors,
                          pid_t *process)
{
    struct pipes pipes = {{-1, -1}, {-1, -1}, {-1, -1}};
    int code = 0;

    if (open_pipes(&pipes) != 0) {
        code = errno;
        goto out;
    }
    const int inherited[] = {program->region, pipes.control[1], pipes.request[0],
                             pipes.reply[1]};
    const pid_t child = start_process(program, inherited);
    if (child < 0) {
        code = errno;
        goto out;
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
