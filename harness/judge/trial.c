#include "trial.h"

#include "exercise.h"
#include "session.h"

#include <setjmp.h>
#include <stddef.h>

/* Of a test's time. A trial takes some hundredth of this. */
#define SLOW_SHARE 6u

bool trial_run(trial_body *body, void *argument)
{
    struct session *const session = session_current();
    jmp_buf way_out;

    /* What the test before it has left. */
    region_clear(&session->region);
    verdict_init(&session->verdict);
    exercise.begin_test();
    channel_begin_test(&session->channel);
    session->verdict.way_out = &way_out;
    if (setjmp(way_out) == 0) {
        body(argument);
        channel_settle(&session->channel);
    }
    session->verdict.way_out = NULL;
    channel_end_test(&session->channel);
    region_clear(&session->region);
    return session->verdict.status == VERDICT_PASS;
}

bool trial_was_slow(void)
{
    const struct channel *const channel = &session_current()->channel;

    return channel->used_cpu_ms * SLOW_SHARE > channel->test_cpu_ms;
}
