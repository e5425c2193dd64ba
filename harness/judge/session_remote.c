/* The session of the real judge: the submission runs in a process of its own. */
#include "clock.h"
#include "fatal.h"
#include "session.h"
#include "shards.h"
#include "subject_process.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

size_t session_shards(size_t tests)
{
    return shards_wanted(tests);
}

bool session_can_try(void)
{
    return true;
}

void session_open(const struct options *options)
{
    struct session *const session = session_current();
    struct channel *const channel = &session->channel;

    clock_give_up_counter();
    /* No other process of this user may look into the judge or attach to it. */
    prctl(PR_SET_DUMPABLE, 0);
    if (options->subject_descriptor < 0) {
        fatal("--subject-fd is missing");
    }
    if (region_open_shared(&session->region) != 0) {
        fatal("the shared region cannot be made: %s", strerror(errno));
    }
    *channel = (struct channel){
        .names = {options->symbols, options->symbol_count, options->functions,
                  options->function_count},
        .verdict = &session->verdict,
        .region = &session->region,
        .test_cpu_ms = options->test_cpu_ms,
    };
    const struct subject_program program = {.executable = options->subject_descriptor,
                                            .region = session->region.descriptor,
                                            .user = options->subject_user};
    if (subject_process_start(&program, &channel->descriptors, &session->subject) !=
        0) {
        fatal("the subject cannot be started: %s", strerror(errno));
    }
    close(options->subject_descriptor);
    if (channel_open(channel) != 0) {
        fatal("the subject is of another version than the judge");
    }
}

void session_close(void)
{
    struct session *const session = session_current();

    channel_part(&session->channel);
    /* The zygote ends when its control socket does, and reaps its last child before. */
    close(session->channel.descriptors.control);
    close(session->channel.descriptors.request);
    close(session->channel.descriptors.request_drain);
    close(session->channel.descriptors.reply);
    while (waitpid(session->subject, NULL, 0) < 0 && errno == EINTR) {
    }
    region_close(&session->region);
}
