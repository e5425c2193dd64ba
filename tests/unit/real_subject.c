#include "real_subject.h"

#include "events.h"
#include "exercise.h"
#include "leaving.h"
#include "ops.h"
#include "session.h"
#include "subject_process.h"

#include <check.h>
#include <fcntl.h>
#include <inttypes.h>
#include <linux/capability.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *const traps[] = {"malloc"};
static const char *const functions[] = {"fba_init", "fba_allocator", "fba_reset",
                                        "build_array"};

struct channel *channel(void)
{
    return &session_current()->channel;
}

const struct verdict *verdict(void)
{
    return &session_current()->verdict;
}

void start_subject(void)
{
    struct session *const session = session_current();
    const int program = open(PROBE_PATH, O_RDONLY | O_CLOEXEC);

    ck_assert_int_ge(program, 0);
    ck_assert_int_eq(region_open_shared(&session->region), 0);
    session->channel = (struct channel){
        .names = {traps, 1, functions, 4},
        .verdict = &session->verdict,
        .region = &session->region,
        .test_cpu_ms = 20,
    };
    const struct subject_program subject = {.executable = program,
                                            .region = session->region.descriptor};
    ck_assert_int_eq(subject_process_start(&subject, &session->channel.descriptors,
                                           &session->subject),
                     0);
    close(program);
    ck_assert_int_eq(channel_open(&session->channel), 0);
}

void begin_test(void)
{
    verdict_init(&session_current()->verdict);
    exercise.begin_test();
    channel_begin_test(channel());
}

void end_test(void)
{
    channel_end_test(channel());
    region_clear(&session_current()->region);
}

void call(void *context)
{
    const struct probing *const probing = context;
    uint64_t answer[WIRE_VALUES];

    channel_call(channel(), probing->operation, probing->values, answer);
}

bool returns_from(enum probe probe, uint64_t a, uint64_t b)
{
    struct probing probing = {OP_FBA_INIT, {a, b, probe}};

    return !leaves_the_test(call, &probing);
}

void expect_stop(enum probe probe,
                 uint64_t a,
                 uint64_t b,
                 enum verdict_status status,
                 const char *words)
{
    begin_test();
    ck_assert_msg(!returns_from(probe, a, b),
                  "probe %d of 0x%" PRIx64 " was not stopped", (int)probe, a);
    end_test();
    ck_assert_msg(verdict()->status == status &&
                      strstr(verdict()->message, words) != NULL,
                  "probe %d of 0x%" PRIx64 ": %s: %s", (int)probe, a,
                  verdict_status_name(verdict()->status), verdict()->message);
}

void expect_return(enum probe probe, uint64_t a)
{
    begin_test();
    ck_assert_msg(returns_from(probe, a, 0), "probe %d of 0x%" PRIx64 ": %s",
                  (int)probe, a, verdict()->message);
    end_test();
    ck_assert_int_eq(verdict()->status, VERDICT_PASS);
}

bool may_look(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct data[2];

    ck_assert_int_eq(syscall(SYS_capget, &header, data), 0);
    return (data[0].effective >> CAP_SYS_PTRACE & 1u) != 0;
}

FILE *open_maps(void)
{
    char path[64];

    snprintf(path, sizeof path, "/proc/%d/maps", (int)channel()->child);
    return fopen(path, "re");
}
