/* patience: who sleeps or burns is given up, who waits for a processor is not. */
#include "patience.h"

#include "run_tests.h"

#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    CPU_MS = 20,
    RIVALS = 4
};

static pid_t start(void (*behaviour)(void))
{
    const pid_t child = fork();

    ck_assert_int_ge(child, 0);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        behaviour();
        _exit(0);
    }
    return child;
}

static void end(pid_t child)
{
    kill(child, SIGKILL);
    ck_assert_int_eq(waitpid(child, NULL, 0), child);
}

static void sleep_for_ever(void)
{
    for (;;) {
        pause();
    }
}

static void spin_for_ever(void)
{
    for (volatile unsigned i = 0;; i++) {
    }
}

/* Looks as the channel does, at most `looks` times. Returns how many were needed. */
static unsigned look(struct patience *patience, unsigned looks)
{
    unsigned n = 0;

    while (n < looks) {
        poll(NULL, 0, patience_wait_ms(patience));
        n++;
        if (patience_is_over(patience)) {
            return n;
        }
    }
    return looks + 1;
}

START_TEST(a_sleeping_child_is_given_up)
{
    const pid_t child = start(sleep_for_ever);
    struct patience patience = patience_begin(child, CPU_MS);

    ck_assert_uint_le(look(&patience, 50), 50);
    ck_assert(patience.is_asleep);
    end(child);
}
END_TEST

START_TEST(one_short_sleep_is_not_enough)
{
    const pid_t child = start(sleep_for_ever);
    struct patience patience = patience_begin(child, CPU_MS);

    ck_assert_uint_gt(look(&patience, 3), 3);
    end(child);
}
END_TEST

START_TEST(a_child_that_burns_its_allowance_is_given_up)
{
    const pid_t child = start(spin_for_ever);
    struct patience patience = patience_begin(child, CPU_MS);

    ck_assert_uint_le(look(&patience, 2000), 2000);
    ck_assert(!patience.is_asleep);
    ck_assert_uint_gt(patience.cpu_ns, (uint64_t)CPU_MS * 1000000);
    end(child);
}
END_TEST

/* Everybody forked from here on shares one processor. */
static void pin(void)
{
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET((size_t)sched_getcpu(), &set);
    ck_assert_int_eq(sched_setaffinity(0, sizeof set, &set), 0);
}

/* Hardly ever runs, and wants to all the time. */
static void starve(void)
{
    const struct sched_param none = {0};

    sched_setscheduler(0, SCHED_IDLE, &none);
    spin_for_ever();
}

START_TEST(a_child_that_waits_for_a_processor_is_not_given_up)
{
    pid_t rivals[RIVALS];
    cpu_set_t everywhere;

    ck_assert_int_eq(sched_getaffinity(0, sizeof everywhere, &everywhere), 0);
    pin();
    for (int i = 0; i < RIVALS; i++) {
        rivals[i] = start(spin_for_ever);
    }
    const pid_t child = start(starve);
    /* The judge itself may run elsewhere: what is asked is what it sees. */
    sched_setaffinity(0, sizeof everywhere, &everywhere);
    struct patience patience = patience_begin(child, 1000);
    ck_assert_uint_gt(look(&patience, 40), 40);
    ck_assert_uint_eq(patience.idle_looks, 0);
    for (int i = 0; i < RIVALS; i++) {
        end(rivals[i]);
    }
    end(child);
}
END_TEST

START_TEST(a_stopped_child_is_not_taken_for_asleep)
{
    const pid_t child = start(sleep_for_ever);
    int status = 0;

    kill(child, SIGSTOP);
    ck_assert_int_eq(waitpid(child, &status, WUNTRACED), child);
    ck_assert(WIFSTOPPED(status));
    struct patience patience = patience_begin(child, CPU_MS);
    ck_assert_uint_gt(look(&patience, 20), 20);
    end(child);
}
END_TEST

START_TEST(time_of_the_dead_is_known_until_they_are_waited_for)
{
    const pid_t child = start(spin_for_ever);
    siginfo_t info;

    while (patience_cpu_ns(child) < (uint64_t)CPU_MS * 1000000) {
        poll(NULL, 0, 1);
    }
    kill(child, SIGKILL);
    ck_assert_int_eq(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
    ck_assert_uint_ge(patience_cpu_ns(child), (uint64_t)CPU_MS * 1000000);
    end(child);
}
END_TEST

START_TEST(looks_grow_apart_up_to_a_limit)
{
    struct patience patience = patience_begin(getpid(), CPU_MS);
    int before_ms = 0;

    for (unsigned looks = 0; looks < 100; looks++) {
        patience.looks = looks;
        ck_assert_int_ge(patience_wait_ms(&patience), before_ms);
        before_ms = patience_wait_ms(&patience);
    }
    ck_assert_int_le(before_ms, 16);
    patience.looks = 0;
    ck_assert_int_ge(patience_wait_ms(&patience), 1);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &a_sleeping_child_is_given_up,
        &one_short_sleep_is_not_enough,
        &a_child_that_burns_its_allowance_is_given_up,
        &a_child_that_waits_for_a_processor_is_not_given_up,
        &a_stopped_child_is_not_taken_for_asleep,
        &time_of_the_dead_is_known_until_they_are_waited_for,
        &looks_grow_apart_up_to_a_limit,
    };

    return run_tests("patience", tests, sizeof tests / sizeof tests[0]);
}
