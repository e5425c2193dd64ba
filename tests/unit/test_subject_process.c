/*
 * subject_process, and the runtime in it: what a submission finds around itself, and
 * what becomes of one that reaches for more. The subject is real (subjects/probe.c).
 */
#include "leaving.h"
#include "ops.h"
#include "real_subject.h"
#include "session.h"
#include "time_stamp.h"

#include <check.h>
#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    LAST_SYSTEM_CALL = 470
};

#if defined(__x86_64__)
/* The gates of the kernel's own probes: it lets them through every filter, and who was
 * not probed gets an error or SIGILL from them and nothing else. */
static bool is_probe_gate(uint64_t number)
{
    return number == 335 || number == 336;
}
#else
static bool is_probe_gate(uint64_t number)
{
    (void)number;
    return false;
}
#endif

/* ---- What is around ---- */

/* Does a mapping belong to the image, its copy, the slots, or the stacks? */
static bool is_expected(uint64_t begin, uint64_t end, const char *rights)
{
    const uint64_t image_begin = 0x400000;
    const uint64_t image_end = 0x800000;
    const uint64_t slot = (begin - WIRE_REGION_BASE) / WIRE_SLOT_STRIDE;
    const uint64_t slot_begin = WIRE_REGION_BASE + slot * WIRE_SLOT_STRIDE;

    if (begin >= image_begin && end <= image_end) {
        return true;
    }
    if (begin == WIRE_STACK_BASE && end == WIRE_STACK_BASE + WIRE_STACK_BYTES) {
        return true;
    }
    if (begin == WIRE_SIGNAL_STACK_BASE &&
        end == WIRE_SIGNAL_STACK_BASE + WIRE_SIGNAL_STACK_BYTES) {
        return true;
    }
    if (begin == WIRE_FIRST_STATE_BASE &&
        end <= WIRE_FIRST_STATE_BASE + WIRE_FIRST_STATE_BYTES) {
        return strncmp(rights, "r--", 3) == 0;
    }
    return begin >= WIRE_REGION_BASE && slot < WIRE_SLOTS && begin == slot_begin &&
           end == begin + WIRE_SLOT_BYTES;
}

START_TEST(a_child_has_its_image_its_slots_and_its_stacks)
{
    char line[512];
    size_t slots = 0;

    start_subject();
    begin_test();
    ck_assert(returns_from(PROBE_NOTHING, 0, 0));
    FILE *const maps = open_maps();
    if (maps == NULL && !may_look()) {
        ck_assert_int_eq(errno, EACCES); /* it cannot be looked into, not even by us */
        return;
    }
    ck_assert_ptr_nonnull(maps);
    while (fgets(line, sizeof line, maps) != NULL) {
        uint64_t begin = 0;
        uint64_t end = 0;
        char rights[8] = "";
        ck_assert_int_eq(
            sscanf(line, "%" SCNx64 "-%" SCNx64 " %7s", &begin, &end, rights), 3);
        ck_assert_msg(is_expected(begin, end, rights) ||
                          strstr(line, "[vsyscall]") != NULL,
                      "%s", line);
        ck_assert_msg(strncmp(rights, "rwx", 3) != 0, "%s", line);
        slots += begin >= WIRE_REGION_BASE && end < WIRE_FIRST_STATE_BASE;
    }
    fclose(maps);
    ck_assert_uint_eq(slots, WIRE_SLOTS);
}
END_TEST

START_TEST(a_child_has_two_descriptors)
{
    char path[64];
    size_t count = 0;

    start_subject();
    begin_test();
    ck_assert(returns_from(PROBE_NOTHING, 0, 0));
    snprintf(path, sizeof path, "/proc/%d/fd", (int)channel()->child);
    DIR *const directory = opendir(path);
    if (directory == NULL && !may_look()) {
        ck_assert_int_eq(errno, EACCES);
        return;
    }
    ck_assert_ptr_nonnull(directory);
    for (const struct dirent *entry = readdir(directory); entry != NULL;
         entry = readdir(directory)) {
        if (entry->d_name[0] != '.') {
            const int descriptor = atoi(entry->d_name);
            ck_assert(descriptor == WIRE_FD_REQUEST || descriptor == WIRE_FD_REPLY);
            count++;
        }
    }
    closedir(directory);
    ck_assert_uint_eq(count, 2);
}
END_TEST

START_TEST(a_fresh_stack_is_zero_and_so_is_what_the_last_child_wrote)
{
    const uint64_t address = WIRE_REGION_BASE + 15 * WIRE_SLOT_STRIDE;

    start_subject();
    expect_return(PROBE_STACK, 0);
    begin_test();
    ck_assert(returns_from(PROBE_WRITE, address, 0));
    unsigned char *const byte =
        session_current()->region.base + 15 * (size_t)WIRE_SLOT_STRIDE;
    ck_assert_uint_eq(*byte, 0x5a);
    end_test();
    ck_assert_uint_eq(*byte, 0);
    expect_return(PROBE_STACK, 0);
}
END_TEST

/* ---- What is out of reach ---- */

START_TEST(every_system_call_but_those_for_replies_is_stopped)
{
    start_subject();
    for (uint64_t number = 0; number <= LAST_SYSTEM_CALL; number++) {
        if (number != SYS_exit && number != SYS_exit_group && !is_probe_gate(number)) {
            /* read and write too: descriptor 0 is not their channel. */
            expect_stop(PROBE_SYSTEM_CALL, number, 0, VERDICT_FORBIDDEN_SYSCALL,
                        "made the system call");
        }
    }
    expect_return(PROBE_NOTHING, 0);
}
END_TEST

START_TEST(system_calls_are_stopped_by_any_number_and_gate)
{
    start_subject();
    expect_stop(PROBE_SYSTEM_CALL, SYS_read, WIRE_FD_REPLY, VERDICT_FORBIDDEN_SYSCALL,
                "read");
    expect_stop(PROBE_SYSTEM_CALL, SYS_write, WIRE_FD_REQUEST,
                VERDICT_FORBIDDEN_SYSCALL, "write");
    expect_stop(PROBE_SYSTEM_CALL, SYS_write, WIRE_FD_CONTROL,
                VERDICT_FORBIDDEN_SYSCALL, "write");
    expect_stop(PROBE_SYSTEM_CALL, UINT32_MAX, 0, VERDICT_FORBIDDEN_SYSCALL,
                "system call");
    expect_stop(PROBE_SYSTEM_CALL, SYS_exit, 0, VERDICT_EARLY_EXIT, "ended the whole");
    expect_stop(PROBE_SYSTEM_CALL, SYS_exit_group, 0, VERDICT_EARLY_EXIT, "ended the");
    /* A stack can be emptied, and nothing else. */
    expect_stop(PROBE_SYSTEM_CALL, SYS_madvise, WIRE_STACK_BASE,
                VERDICT_FORBIDDEN_SYSCALL, "madvise");
    expect_stop(PROBE_EMPTY, WIRE_REGION_BASE, 0, VERDICT_FORBIDDEN_SYSCALL, "madvise");
    expect_stop(PROBE_EMPTY, 0x400000, 0, VERDICT_FORBIDDEN_SYSCALL, "madvise");
    expect_return(PROBE_EMPTY, WIRE_SIGNAL_STACK_BASE);
#if defined(__x86_64__)
    expect_stop(PROBE_SYSTEM_CALL, 0x40000000 | SYS_write, WIRE_FD_REPLY,
                VERDICT_FORBIDDEN_SYSCALL, "system call");
    begin_test();
    ck_assert(!returns_from(PROBE_SYSTEM_CALL_32, 1, 0));
    ck_assert_int_ne(verdict()->status, VERDICT_PASS);
    end_test();
#endif
}
END_TEST

#if defined(__x86_64__)
/* Where the machine lets the kernel keep it from programs (time_stamp.h). */
START_TEST(the_time_stamp_cannot_be_read)
{
    const bool can_be_withheld = time_stamp_can_be_withheld();

    start_subject();
    if (can_be_withheld) {
        expect_stop(PROBE_CLOCK, 0, 0, VERDICT_CRASH, "such as reading the clock");
    } else {
        expect_return(PROBE_CLOCK, 0);
    }
    expect_return(PROBE_NOTHING, 0);
}
END_TEST
#endif

START_TEST(memory_ends_where_it_was_said)
{
    const uint64_t slot = WIRE_REGION_BASE + 3 * WIRE_SLOT_STRIDE;

    start_subject();
    expect_return(PROBE_WRITE, slot);
    expect_return(PROBE_WRITE, slot + WIRE_SLOT_BYTES - 1);
    expect_stop(PROBE_WRITE, slot - 1, 0, VERDICT_CRASH, "wrote to");
    expect_stop(PROBE_READ, slot + WIRE_SLOT_BYTES, 0, VERDICT_CRASH, "it read");
    expect_stop(PROBE_JUMP, slot, 0, VERDICT_CRASH, "jumped to");
    expect_stop(PROBE_WRITE, 0x400000, 0, VERDICT_CRASH, "wrote to");
    expect_stop(PROBE_READ, 8, 0, VERDICT_CRASH, "it read NULL plus 8 bytes");
    expect_stop(PROBE_READ, 0x7ffffffde000, 0, VERDICT_CRASH, "it read 0x7ffffffde000");
}
END_TEST

START_TEST(every_way_to_fail_has_its_words)
{
    start_subject();
    expect_stop(PROBE_RECURSE, 0, 0, VERDICT_CRASH, "the stack is full");
    expect_stop(PROBE_OVERFLOW, 0, 0, VERDICT_UNDEFINED_BEHAVIOUR,
                "addition overflows");
    expect_stop(PROBE_ABORT, 0, 0, VERDICT_CRASH, "abort()");
    expect_stop(PROBE_TRAP, 0, 0, VERDICT_CRASH, "an instruction that does not exist");
    expect_stop(PROBE_SPIN, 0, 0, VERDICT_TIMEOUT, "20 ms of processor time");
    expect_stop(PROBE_FORBIDDEN, 0, 0, VERDICT_FORBIDDEN_CALL, "calls malloc");
#if defined(__x86_64__)
    expect_stop(PROBE_DIVIDE, 0, 0, VERDICT_CRASH, "divided by zero");
#endif
}
END_TEST

static void expect_missing(uint16_t operation, const char *words)
{
    struct probing probing = {operation, {0}};

    begin_test();
    ck_assert(leaves_the_test(call, &probing));
    end_test();
    ck_assert_msg(strstr(verdict()->message, words) != NULL, "%s", verdict()->message);
}

static void call_null_functions(void *context)
{
    const struct probing get = {OP_FBA_ALLOCATOR, {0}};
    uint64_t handle[WIRE_VALUES];
    struct probing *const probing = context;

    channel_call(channel(), get.operation, get.values, handle);
    probing->values[1] = handle[1];
    call(probing);
}

START_TEST(what_is_missing_is_named)
{
    static const char *const names[] = {"NULL for alloc", "NULL for resize",
                                        "NULL for free"};
    static const uint16_t operations[] = {OP_ALLOC, OP_RESIZE, OP_FREE};

    start_subject();
    expect_missing(OP_FBA_RESET, "does not define fba_reset");
    expect_missing(OP_BUILD_ARRAY, "does not define build_array");
    for (size_t i = 0; i < 3; i++) {
        struct probing probing = {operations[i], {0}};
        begin_test();
        ck_assert(leaves_the_test(call_null_functions, &probing));
        end_test();
        ck_assert_msg(strstr(verdict()->message, names[i]) != NULL, "%s",
                      verdict()->message);
    }
}
END_TEST

int main(void)
{
    Suite *const suite = suite_create("subject_process");
    TCase *const all = tcase_create("subject_process");

    tcase_set_timeout(all, 60);
    tcase_add_test(all, a_child_has_its_image_its_slots_and_its_stacks);
    tcase_add_test(all, a_child_has_two_descriptors);
    tcase_add_test(all, a_fresh_stack_is_zero_and_so_is_what_the_last_child_wrote);
    tcase_add_test(all, every_system_call_but_those_for_replies_is_stopped);
    tcase_add_test(all, system_calls_are_stopped_by_any_number_and_gate);
#if defined(__x86_64__)
    tcase_add_test(all, the_time_stamp_cannot_be_read);
#endif
    tcase_add_test(all, memory_ends_where_it_was_said);
    tcase_add_test(all, every_way_to_fail_has_its_words);
    tcase_add_test(all, what_is_missing_is_named);
    suite_add_tcase(suite, all);
    SRunner *const runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    const int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
