#include "trial.h"

#include "exercise.h"
#include "session.h"

#include <setjmp.h>
#include <stddef.h>

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
