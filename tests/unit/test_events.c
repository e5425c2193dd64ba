/* events: whatever a child says of its end, a sentence comes out and no test passes. */
#include "events.h"

#include "leaving.h"
#include "run_tests.h"
#include "session.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define NOWHERE UINT64_MAX

static const char *const traps[] = {"malloc"};
static const char *const functions[] = {"fba_init"};

static struct channel *channel(void)
{
    return &session_current()->channel;
}

static void tell(void *context)
{
    event_verdict(channel(), context);
}

/* A test in which nothing was called yet, in the words of the fixed buffer exercise. */
static void begin(void)
{
    struct session *const session = session_current();

    session->channel = (struct channel){
        .names = {traps, 1, functions, 1},
        .verdict = &session->verdict,
        .region = &session->region,
        .test_cpu_ms = 60,
    };
    verdict_init(&session->verdict);
}

static const struct verdict *told(uint16_t event, const uint64_t values[WIRE_VALUES])
{
    struct wire_reply reply = {.kind = WIRE_EVENT, .operation = event};

    begin();
    memcpy(reply.values, values, sizeof reply.values);
    ck_assert(leaves_the_test(tell, &reply));
    ck_assert_int_ne(session_current()->verdict.status, VERDICT_PASS);
    ck_assert_uint_gt(strlen(session_current()->verdict.message), 10);
    return &session_current()->verdict;
}

static void expect(uint16_t event,
                   const uint64_t values[WIRE_VALUES],
                   enum verdict_status status,
                   const char *words)
{
    const struct verdict *const verdict = told(event, values);

    ck_assert_str_eq(verdict_status_name(verdict->status), verdict_status_name(status));
    ck_assert_msg(strstr(verdict->message, words) != NULL, "%s", verdict->message);
}

#define VALUES(...) ((const uint64_t[WIRE_VALUES]){__VA_ARGS__})

START_TEST(names_are_told_and_no_index_is_followed)
{
    expect(WIRE_EVENT_FORBIDDEN_CALL, VALUES(0), VERDICT_FORBIDDEN_CALL, "malloc");
    expect(WIRE_EVENT_FORBIDDEN_CALL, VALUES(1), VERDICT_FORBIDDEN_CALL, "a library");
    expect(WIRE_EVENT_FORBIDDEN_CALL, VALUES(NOWHERE), VERDICT_FORBIDDEN_CALL,
           "library");
    expect(WIRE_EVENT_MISSING, VALUES(0), VERDICT_MISSING, "fba_init");
    expect(WIRE_EVENT_MISSING, VALUES(NOWHERE), VERDICT_MISSING, "does not define");
    expect(WIRE_EVENT_NULL_FUNCTION, VALUES(2), VERDICT_CRASH, "NULL for free");
    expect(WIRE_EVENT_NULL_FUNCTION, VALUES(3), VERDICT_CRASH, "NULL for");
    expect(WIRE_EVENT_NULL_FUNCTION, VALUES(NOWHERE), VERDICT_CRASH, "NULL for");
    expect(WIRE_EVENT_TABLE_ON_STACK, VALUES(NOWHERE), VERDICT_CRASH, "local variable");
}
END_TEST

START_TEST(any_system_call_number_is_told)
{
    static const uint64_t numbers[] = {INT32_MAX, (uint64_t)INT32_MAX + 1, 1u << 30,
                                       UINT32_MAX, NOWHERE};

    expect(WIRE_EVENT_SYSTEM_CALL, VALUES(1), VERDICT_FORBIDDEN_SYSCALL, "system call");
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        expect(WIRE_EVENT_SYSTEM_CALL, VALUES(numbers[i]), VERDICT_FORBIDDEN_SYSCALL,
               "made the system call number");
    }
}
END_TEST

START_TEST(any_signal_is_told)
{
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGFPE), VERDICT_CRASH, "divided");
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGILL), VERDICT_CRASH, "does not exist");
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGPROF), VERDICT_TIMEOUT, "60 ms");
    expect(WIRE_EVENT_SIGNAL, VALUES(0), VERDICT_CRASH, "crashed");
    expect(WIRE_EVENT_SIGNAL, VALUES(NOWHERE), VERDICT_CRASH, "crashed");
}
END_TEST

START_TEST(bad_addresses_are_told_in_words)
{
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGSEGV, 0, 1), VERDICT_CRASH, "NULL");
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGSEGV, 8, 1, 2), VERDICT_CRASH, "wrote to NULL");
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGSEGV, 0x403000, 2, 2), VERDICT_CRASH,
           "wrote to a constant");
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGSEGV, WIRE_STACK_BASE - 8), VERDICT_CRASH,
           "the stack is full");
    expect(WIRE_EVENT_SIGNAL, VALUES(SIGSEGV, 0, SI_KERNEL), VERDICT_CRASH,
           "an address that no memory can have");
    expect(WIRE_EVENT_SIGNAL,
           VALUES(SIGBUS, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE), VERDICT_CRASH,
           "it used 0xffffffffffffffff");
}
END_TEST

/* A file name as the runtime packs it, in the last three values. */
static void expect_file(const char packed[24], const char *file)
{
    uint64_t values[WIRE_VALUES] = {WIRE_UB_SHIFT, 7, 3};

    memcpy(&values[3], packed, 24);
    const struct verdict *const verdict = told(WIRE_EVENT_UNDEFINED, values);
    ck_assert_int_eq(verdict->status, VERDICT_UNDEFINED_BEHAVIOUR);
    ck_assert_str_eq(verdict->file, file);
    ck_assert_uint_eq(verdict->line, 7);
}

START_TEST(only_names_of_the_exercise_stand_in_a_location)
{
    static const char known[24] = "fba.c";
    static const char unknown[24] = "fba.cc";
    static const char endless[24] = {"fba.c/fba.c/fba.c/fba.c/"};
    static const char control[24] = "\x1b[2Jfba.c";

    expect_file(known, "fba.c");
    expect_file(unknown, "");
    expect_file(endless, "");
    expect_file(control, "");
}
END_TEST

START_TEST(only_places_that_a_file_can_have_stand_in_a_location)
{
    static const uint64_t places[][2] = {{0, 1},
                                         {(uint64_t)INT32_MAX + 1, 1},
                                         {1, (uint64_t)INT32_MAX + 1},
                                         {(uint64_t)1 << 32 | 1, 1},
                                         {UINT64_MAX, UINT64_MAX}};
    uint64_t values[WIRE_VALUES] = {WIRE_UB_SHIFT, INT32_MAX, INT32_MAX};

    memcpy(&values[3], "fba.c", sizeof "fba.c");
    ck_assert_str_eq(told(WIRE_EVENT_UNDEFINED, values)->file, "fba.c");
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        memcpy(&values[1], places[i], sizeof places[i]);
        ck_assert_str_eq(told(WIRE_EVENT_UNDEFINED, values)->file, "");
    }
}
END_TEST

START_TEST(any_kind_of_undefined_behaviour_is_told)
{
    for (uint64_t kind = 0; kind <= WIRE_UB_OTHER + 1; kind++) {
        expect(WIRE_EVENT_UNDEFINED, VALUES(kind), VERDICT_UNDEFINED_BEHAVIOUR,
               "ran into undefined behaviour: ");
    }
    expect(WIRE_EVENT_UNDEFINED,
           VALUES(NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE, NOWHERE),
           VERDICT_UNDEFINED_BEHAVIOUR, "ran into undefined behaviour: ");
}
END_TEST

START_TEST(a_failed_assert_is_told_with_its_line)
{
    expect(WIRE_EVENT_ABORT, VALUES(12), VERDICT_CRASH, "line 12");
    expect(WIRE_EVENT_ABORT, VALUES(0), VERDICT_CRASH, "abort()");
    expect(WIRE_EVENT_ABORT, VALUES(NOWHERE - 1), VERDICT_CRASH, "abort()");
    expect(WIRE_EVENT_ABORT, VALUES(WIRE_ABORT_STACK), VERDICT_CRASH, "local array");
}
END_TEST

static void die(void *context)
{
    channel()->death = *(const uint64_t *)context;
    event_death(channel());
}

static void expect_death(uint32_t code, uint32_t status, enum verdict_status expected)
{
    uint64_t death = (uint64_t)code << 32 | status;

    begin();
    ck_assert(leaves_the_test(die, &death));
    ck_assert_int_eq(session_current()->verdict.status, expected);
}

START_TEST(any_death_is_told)
{
    expect_death(CLD_EXITED, 0, VERDICT_EARLY_EXIT);
    expect_death(CLD_EXITED, 255, VERDICT_EARLY_EXIT);
    expect_death(CLD_KILLED, SIGKILL, VERDICT_CRASH);
    expect_death(CLD_DUMPED, SIGSYS, VERDICT_FORBIDDEN_SYSCALL);
    expect_death(UINT32_MAX, UINT32_MAX, VERDICT_CRASH);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &names_are_told_and_no_index_is_followed,
        &any_system_call_number_is_told,
        &any_signal_is_told,
        &bad_addresses_are_told_in_words,
        &only_names_of_the_exercise_stand_in_a_location,
        &only_places_that_a_file_can_have_stand_in_a_location,
        &any_kind_of_undefined_behaviour_is_told,
        &a_failed_assert_is_told_with_its_line,
        &any_death_is_told,
    };

    return run_tests("events", tests, sizeof tests / sizeof tests[0]);
}
