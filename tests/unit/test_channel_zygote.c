/* channel: a zygote that misbehaves is our own fault: the judge stops, with
 * status 3. */
#include "fake_subject.h"
#include "leaving.h"
#include "run_tests.h"
#include "session.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void notice(const struct fake_ends *ends, uint32_t kind, uint64_t value)
{
    const struct wire_control message = {.kind = kind, .value = value};

    send(ends->control, &message, sizeof message, MSG_NOSIGNAL);
}

static void order(const struct fake_ends *ends)
{
    struct wire_control message;

    if (recv(ends->control, &message, sizeof message, 0) <= 0) {
        _exit(0);
    }
}

static void ready(const struct fake_ends *ends)
{
    notice(ends, WIRE_READY, WIRE_VERSION);
}

/* ---- Zygotes ---- */

static void dies_at_once(const struct fake_ends *ends)
{
    (void)ends;
}

static void is_of_another_version(const struct fake_ends *ends)
{
    notice(ends, WIRE_READY, WIRE_VERSION + 1);
    order(ends);
}

static void greets_wrongly(const struct fake_ends *ends)
{
    notice(ends, WIRE_FORKED, WIRE_VERSION);
    order(ends);
}

static void speaks_in_pieces(const struct fake_ends *ends)
{
    send(ends->control, "", 1, MSG_NOSIGNAL);
    order(ends);
}

static void dies_instead_of_forking(const struct fake_ends *ends)
{
    ready(ends);
    order(ends);
}

static void exits_before_it_forks(const struct fake_ends *ends)
{
    ready(ends);
    order(ends);
    notice(ends, WIRE_EXITED, 0);
    order(ends);
}

static void forks_nobody(const struct fake_ends *ends)
{
    ready(ends);
    order(ends);
    notice(ends, WIRE_FORKED, 0);
    order(ends);
}

static void forks_twice(const struct fake_ends *ends)
{
    ready(ends);
    order(ends);
    notice(ends, WIRE_FORKED, (uint64_t)getpid());
    notice(ends, WIRE_FORKED, (uint64_t)getpid());
    order(ends);
}

static void dies_in_a_call(const struct fake_ends *ends)
{
    ready(ends);
    order(ends);
    notice(ends, WIRE_FORKED, (uint64_t)getpid());
    fake_receive(ends);
}

/* ---- Tests ---- */

static void call(void *context)
{
    static const uint64_t values[WIRE_VALUES] = {0};
    uint64_t answer[WIRE_VALUES];

    (void)context;
    channel_call(&session_current()->channel, 1, values, answer);
}

/* What the judge does with its subject, from the greeting to the end of a test. */
static void judge(void *context)
{
    const fake_zygote *const zygote = context;

    fake_open_zygote(*zygote);
    if (channel_open(&session_current()->channel) != 0) {
        _exit(99); /* the judge says that the versions differ */
    }
    fake_begin_test();
    leaves_the_test(call, NULL);
    fake_end_test();
}

static void expect_end(fake_zygote zygote, int status, const char *words)
{
    char said[256];

    ck_assert_int_eq(exit_status_of(judge, &zygote, said, sizeof said), status);
    ck_assert_msg(strstr(said, words) != NULL, "it said: %s", said);
}

START_TEST(a_zygote_of_another_version_is_refused)
{
    expect_end(is_of_another_version, 99, "");
    expect_end(greets_wrongly, 99, "");
}
END_TEST

START_TEST(a_dead_zygote_stops_the_judge)
{
    expect_end(dies_at_once, 3, "first process ended");
    expect_end(dies_instead_of_forking, 3, "first process ended");
    expect_end(dies_in_a_call, 3, "first process");
}
END_TEST

START_TEST(a_zygote_that_talks_nonsense_stops_the_judge)
{
    expect_end(speaks_in_pieces, 3, "first process ended");
    expect_end(exits_before_it_forks, 3, "cannot fork");
    expect_end(forks_nobody, 3, "cannot fork");
    expect_end(forks_twice, 3, "speaks out of turn");
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_zygote_of_another_version_is_refused,
        &a_dead_zygote_stops_the_judge,
        &a_zygote_that_talks_nonsense_stops_the_judge,
    };

    return run_tests("channel_zygote", tests, sizeof tests / sizeof tests[0]);
}
