/*
 * judge: whatever a child sends, its test ends in a verdict; and no test passes whose
 * child has sent what no submission can.
 *
 * The input's first two bytes choose the test, the third what happens when the script
 * of the child, which is the rest, is at its end (scripted_child.h). The test is run
 * twice: a child that has come well out of it serves again, and its script goes on.
 */
#include "exercise.h"
#include "fuzz.h"
#include "leaving.h"
#include "results.h"
#include "scripted_child.h"
#include "session.h"
#include "test_case.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

enum {
    CPU_MS = 60,
    HEADER_BYTES = 3,
    ROUNDS = 2 /* the second may be in a child that has been through the first */
};

/* The linker sends both here: libcheck wants a pipe to note each assertion in, and a
 * judge that gives up must not end the program quietly. */
void __wrap__mark_point(const char *file, int line);
_Noreturn void __wrap_fatal(const char *format, ...);

void __wrap__mark_point(const char *file, int line)
{
    (void)file;
    (void)line;
}

_Noreturn void __wrap_fatal(const char *format, ...)
{
    fprintf(stderr, "the judge gave up: %s\n", format);
    abort();
}

static void open_session(struct session *session)
{
    static const char *const traps[] = {"malloc", "printf"};
    static const char *const functions[] = {"fba_init", "fba_allocator", "fba_reset",
                                            "build_array"};

    assert(region_open_shared(&session->region) == 0);
    session->channel = (struct channel){
        .names = {traps, 2, functions, 4},
        .verdict = &session->verdict,
        .region = &session->region,
        .test_cpu_ms = CPU_MS,
    };
    scripted_child_open(&session->channel.descriptors);
    assert(channel_open(&session->channel) == 0);
}

/* FNV-1a, folded to 16 bits. */
static uint16_t hash_of(const char *id)
{
    uint32_t hash = 2166136261u;

    for (; *id != '\0'; id++) {
        hash = (hash ^ (unsigned char)*id) * 16777619u;
    }
    return (uint16_t)(hash ^ hash >> 16);
}

/* The test whose hash lies next to `number`, so that a seed keeps its test when others
 * are added. */
static const struct test_case *choose_test(uint16_t number)
{
    static const struct test_case **tests;
    static size_t count;
    const struct test_case *chosen = NULL;
    uint16_t best = UINT16_MAX;

    if (tests == NULL) {
        count = test_cases_sorted(exercise.suites, exercise.suite_count, &tests);
    }
    for (size_t i = 0; i < count; i++) {
        const uint16_t distance = (uint16_t)(hash_of(tests[i]->id) - number);
        if (chosen == NULL || distance < best) {
            chosen = tests[i];
            best = distance;
        }
    }
    return chosen;
}

static void run_check(void *context)
{
    const struct test_case *const test = context;

    test->check->fn(0);
}

/* As the fixtures of judge.c do it. Returns whether the test came to its end. */
static bool run_test(struct session *session, const struct test_case *test)
{
    struct test_case copy = *test;

    verdict_init(&session->verdict);
    exercise.begin_test();
    channel_begin_test(&session->channel);
    const bool has_ended = !leaves_the_test(run_check, &copy);
    channel_end_test(&session->channel);
    return has_ended;
}

static void check_verdict(const struct verdict *verdict)
{
    char text[256];

    assert(strcmp(verdict_status_name(verdict->status), "pass") == 0 ||
           verdict->message[0] != '\0');
    assert(fuzz_is_harmless(verdict->message));
    assert(fuzz_is_harmless(verdict->expected));
    assert(fuzz_is_harmless(verdict->actual));
    assert(fuzz_is_harmless(verdict->file));
    for (size_t n = 0; n < verdict->call_count; n++) {
        const struct verdict_call *const call = verdict_call_at(verdict, n);
        if (call != NULL) {
            exercise.describe_call(call, text, sizeof text);
            assert(fuzz_is_harmless(text));
        }
    }
}

static void note_result(const struct test_case *test, const struct verdict *verdict)
{
    struct results results;

    results_init(&results, 1, true);
    results_add(&results, test, verdict);
    results_settle(&results, 0, NULL);
    results_release(&results);
}

static int waiting_bytes(int descriptor)
{
    int bytes = 0;

    assert(ioctl(descriptor, FIONREAD, &bytes) == 0);
    return bytes;
}

static void check_test(struct session *session,
                       const struct test_case *test,
                       bool is_honest)
{
    scripted_child_has_lied(); /* to a search after the last test, perhaps */
    const bool has_ended = run_test(session, test);
    const bool has_passed = has_ended && session->verdict.status == VERDICT_PASS;
    const bool has_lied = scripted_child_has_lied();

    check_verdict(&session->verdict);
    note_result(test, &session->verdict);
    assert(!has_passed || !has_lied);
    assert(has_passed || !is_honest);
    assert(waiting_bytes(session->channel.descriptors.reply) == 0);
    assert(waiting_bytes(session->channel.descriptors.request_drain) == 0);
    region_clear(&session->region);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct session *const session = session_current();

    if (size < HEADER_BYTES || size > FUZZ_BYTES_MOST) {
        return 0;
    }
    if (session->region.base == NULL) {
        open_session(session);
    }
    const struct test_case *const test =
        choose_test((uint16_t)(data[0] << 8 | data[1]));
    assert(test != NULL);
    const bool is_honest = size == HEADER_BYTES && data[2] % ENDINGS == ENDING_HONEST;
    scripted_child_load(data + HEADER_BYTES, size - HEADER_BYTES,
                        (enum scripted_ending)(data[2] % ENDINGS));
    for (int round = 0; round < ROUNDS; round++) {
        check_test(session, test, is_honest);
    }
    channel_part(&session->channel);
    return 0;
}
