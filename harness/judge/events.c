#include "events.h"

#include "exercise.h"
#include "session.h"

#include <inttypes.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum {
    CALL_TEXT_BYTES = 160,
    ADDRESS_TEXT_BYTES = 96
};

/* "alloc(16, align 8)": the call the child was in, for the beginning of a sentence. */
static char *current_call(const struct channel *channel, char text[CALL_TEXT_BYTES])
{
    const struct verdict *const verdict = channel->verdict;

    for (size_t n = verdict->call_count; n-- > 0;) {
        const struct verdict_call *const call = verdict_call_at(verdict, n);
        if (call == NULL) {
            break;
        }
        /* A callback without an answer is the judge's own work in progress. */
        if (!call->is_answered && call->depth == channel->depth) {
            exercise.describe_call(call, text, CALL_TEXT_BYTES);
            return text;
        }
    }
    snprintf(text, CALL_TEXT_BYTES, "the test");
    return text;
}

static const char *name_at(const char *const *names, size_t count, uint64_t index)
{
    return index < count ? names[index] : "a function of a library";
}

static _Noreturn void forbidden_call(struct channel *channel, uint64_t index)
{
    verdict_end(channel->verdict, VERDICT_FORBIDDEN_CALL, "%s calls %s; %s.",
                exercise.submission,
                name_at(channel->names.traps, channel->names.trap_count, index),
                exercise.forbidden_reason);
}

static _Noreturn void missing(struct channel *channel, uint64_t index)
{
    verdict_end(
        channel->verdict, VERDICT_MISSING, "%s does not define %s.",
        exercise.submission,
        name_at(channel->names.functions, channel->names.function_count, index));
}

static _Noreturn void system_call(struct channel *channel, uint64_t number)
{
    char *const name =
        number <= INT32_MAX
            ? seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, (int)number)
            : NULL;
    char text[64];

    if (name == NULL) {
        snprintf(text, sizeof text, "number %" PRIu64, number);
    } else {
        snprintf(text, sizeof text, "%s", name);
    }
    free(name);
    verdict_end(channel->verdict, VERDICT_FORBIDDEN_SYSCALL,
                "%s made the system call %s; %s.", exercise.submission, text,
                exercise.forbidden_reason);
}

/* What a bad address means. `text` holds the words. */
static void describe_address(const struct channel *channel,
                             uint64_t address,
                             char text[ADDRESS_TEXT_BYTES])
{
    if (address >= WIRE_STACK_BASE - WIRE_STACK_GUARD && address < WIRE_STACK_BASE) {
        snprintf(text, ADDRESS_TEXT_BYTES, "the end of the stack");
    } else if (address != 0 && address < 4096) {
        snprintf(text, ADDRESS_TEXT_BYTES, "NULL plus %" PRIu64 " byte%s", address,
                 address == 1 ? "" : "s");
    } else {
        region_describe(channel->region, address, text, ADDRESS_TEXT_BYTES);
    }
}

static _Noreturn void bad_access(struct channel *channel,
                                 const struct wire_reply *event)
{
    static const char *const verbs[] = {"used", "read", "wrote to", "jumped to"};
    const uint64_t address = event->values[1];
    const uint64_t code = event->values[2];
    const uint64_t access = event->values[3] < 4 ? event->values[3] : 0;
    char call[CALL_TEXT_BYTES];
    char where[ADDRESS_TEXT_BYTES];

    current_call(channel, call);
    if (code == SI_KERNEL && address == 0) {
        verdict_end(channel->verdict, VERDICT_CRASH,
                    "%s crashed: it used an address that no memory can have, or an "
                    "instruction that is not allowed here, such as reading the clock.",
                    call);
    }
    /* All memory that a submission can reach may be written, but for its program. */
    if (code == SEGV_ACCERR && access == WIRE_ACCESS_WRITE) {
        verdict_end(channel->verdict, VERDICT_CRASH,
                    "%s crashed: it wrote to a constant. String literals and const "
                    "variables cannot be changed.",
                    call);
    }
    describe_address(channel, address, where);
    if (region_near(channel->region, address) != NULL) {
        session_point_at(address, 1, "it %s this byte, and crashed", verbs[access]);
    }
    if (strcmp(where, "the end of the stack") == 0) {
        verdict_end(
            channel->verdict, VERDICT_CRASH,
            "%s crashed: the stack is full. Does a function call itself without "
            "end, or keep a very large array in a local variable?",
            call);
    }
    verdict_end(channel->verdict, VERDICT_CRASH, "%s crashed: it %s %s.", call,
                verbs[access], where);
}

static _Noreturn void signal_verdict(struct channel *channel,
                                     const struct wire_reply *event)
{
    char call[CALL_TEXT_BYTES];

    current_call(channel, call);
    switch (event->values[0]) {
    case SIGSEGV:
    case SIGBUS:
        bad_access(channel, event);
    case SIGFPE:
        verdict_end(
            channel->verdict, VERDICT_CRASH,
            "%s crashed: it divided by zero, or divided the smallest integer by "
            "-1.",
            call);
    case SIGILL:
    case SIGTRAP:
        verdict_end(channel->verdict, VERDICT_CRASH,
                    "%s crashed: it reached an instruction that does not exist, as the "
                    "compiler puts where code must never arrive.",
                    call);
    case SIGPROF:
        verdict_end(channel->verdict, VERDICT_TIMEOUT,
                    "%s did not return: the test's %" PRIu64 " ms of processor time "
                    "were used up. Does a loop in it end?",
                    call, channel->test_cpu_ms);
    default:
        verdict_end(channel->verdict, VERDICT_CRASH, "%s crashed.", call);
    }
}

static const char *undefined_words(uint64_t kind)
{
    static const char *const words[] = {
        [WIRE_UB_ADD_OVERFLOW] = "a signed addition overflows",
        [WIRE_UB_SUB_OVERFLOW] = "a signed subtraction overflows",
        [WIRE_UB_MUL_OVERFLOW] = "a signed multiplication overflows",
        [WIRE_UB_NEGATE_OVERFLOW] = "a negation overflows",
        [WIRE_UB_DIVISION] = "a division by zero, or one that overflows",
        [WIRE_UB_SHIFT] =
            "a shift by more bits than there are, or of a negative number",
        [WIRE_UB_INDEX] = "an index is outside its array",
        [WIRE_UB_UNREACHABLE] = "code is reached that was declared unreachable",
        [WIRE_UB_MISSING_RETURN] = "a function ends without returning a value",
        [WIRE_UB_VLA_BOUND] = "an array's length is not positive",
        [WIRE_UB_NULL_POINTER] = "a NULL pointer is followed",
        [WIRE_UB_MISALIGNED_POINTER] =
            "a pointer is followed that is not aligned for what it points to",
        [WIRE_UB_OBJECT_SIZE] = "an access lies outside its object",
        [WIRE_UB_POINTER_OVERFLOW] = "pointer arithmetic leaves the address space",
        [WIRE_UB_INVALID_VALUE] = "a bool or an enum holds a value it cannot have",
        [WIRE_UB_NONNULL] = "NULL is passed or returned where it must not be",
        [WIRE_UB_BUILTIN] = "a builtin is called with a value it does not take",
        [WIRE_UB_FLOAT_CAST] = "a floating-point value does not fit the integer",
        [WIRE_UB_OTHER] = "the language does not say what happens here",
    };

    return kind < sizeof words / sizeof words[0] && words[kind] != NULL
               ? words[kind]
               : words[WIRE_UB_OTHER];
}

/* The file a location names, if it is one of the exercise's; the child's text itself
 * goes nowhere. */
static const char *known_file(const uint64_t packed[3])
{
    char claimed[3 * sizeof packed[0] + 1] = "";

    memcpy(claimed, packed, 3 * sizeof packed[0]);
    for (size_t i = 0; i < exercise.file_count; i++) {
        if (strcmp(claimed, exercise.files[i]) == 0) {
            return exercise.files[i];
        }
    }
    return "";
}

static _Noreturn void undefined(struct channel *channel, const struct wire_reply *event)
{
    struct verdict *const verdict = channel->verdict;
    const uint64_t line = event->values[1];
    const uint64_t column = event->values[2];
    char call[CALL_TEXT_BYTES];

    /* A report has places that a file can have; a #line, or a liar, can name others. */
    if (line >= 1 && line <= INT32_MAX && column <= INT32_MAX) {
        snprintf(verdict->file, sizeof verdict->file, "%s",
                 known_file(&event->values[3]));
        verdict->line = (uint32_t)line;
        verdict->column = (uint32_t)column;
    }
    verdict_end(verdict, VERDICT_UNDEFINED_BEHAVIOUR,
                "%s ran into undefined behaviour: %s.", current_call(channel, call),
                undefined_words(event->values[0]));
}

static _Noreturn void aborted(struct channel *channel, uint64_t line)
{
    char call[CALL_TEXT_BYTES];

    current_call(channel, call);
    if (line == WIRE_ABORT_STACK) {
        verdict_end(channel->verdict, VERDICT_CRASH,
                    "%s crashed: it wrote past the end of a local array.", call);
    }
    if (line == 0 || line > UINT32_MAX) {
        verdict_end(channel->verdict, VERDICT_CRASH, "%s called abort().", call);
    }
    verdict_end(channel->verdict, VERDICT_CRASH,
                "%s stopped: the assert() in line %" PRIu64 " does not hold.", call,
                line);
}

_Noreturn void event_verdict(struct channel *channel, const struct wire_reply *event)
{
    static const char *const functions[] = {"alloc", "resize", "free"};
    char call[CALL_TEXT_BYTES];

    channel->verdict->event = event->operation;
    memcpy(channel->verdict->places, event->places, sizeof event->places);
    switch (event->operation) {
    case WIRE_EVENT_SIGNAL:
        signal_verdict(channel, event);
    case WIRE_EVENT_SYSTEM_CALL:
        system_call(channel, event->values[0]);
    case WIRE_EVENT_FORBIDDEN_CALL:
        forbidden_call(channel, event->values[0]);
    case WIRE_EVENT_MISSING:
        missing(channel, event->values[0]);
    case WIRE_EVENT_UNDEFINED:
        undefined(channel, event);
    case WIRE_EVENT_ABORT:
        aborted(channel, event->values[0]);
    case WIRE_EVENT_NULL_FUNCTION:
        verdict_end(channel->verdict, VERDICT_CRASH,
                    "%s is not possible: the allocator's vtable has NULL for %s.",
                    current_call(channel, call),
                    name_at(functions, 3, event->values[0]));
    case WIRE_EVENT_TABLE_ON_STACK:
        verdict_end(channel->verdict, VERDICT_CRASH,
                    "%s is not possible: the allocator's vtable was a local variable, "
                    "and is gone.",
                    current_call(channel, call));
    default:
        event_violation(channel, "a message of an unknown kind");
    }
}

_Noreturn void event_death(struct channel *channel)
{
    const int code = (int)(channel->death >> 32);
    const int status = (int)(channel->death & UINT32_MAX);
    char call[CALL_TEXT_BYTES];

    current_call(channel, call);
    if (code == CLD_EXITED) {
        verdict_end(channel->verdict, VERDICT_EARLY_EXIT,
                    "%s ended the whole program instead of returning.", call);
    }
    if (status == SIGSYS) {
        verdict_end(channel->verdict, VERDICT_FORBIDDEN_SYSCALL,
                    "%s made a system call; %s.", call, exercise.forbidden_reason);
    }
    verdict_end(channel->verdict, VERDICT_CRASH,
                "%s crashed: the program was ended by signal %d (%s).", call, status,
                strsignal(status));
}

_Noreturn void event_silence(struct channel *channel, bool is_asleep)
{
    char call[CALL_TEXT_BYTES];

    current_call(channel, call);
    if (is_asleep) {
        verdict_end(channel->verdict, VERDICT_TIMEOUT,
                    "%s did not return: it waits for something that never comes.",
                    call);
    }
    verdict_end(channel->verdict, VERDICT_TIMEOUT,
                "%s did not return: the test's %" PRIu64 " ms of processor time were "
                "used up. Does a loop in it end?",
                call, channel->test_cpu_ms);
}

_Noreturn void event_violation(struct channel *channel, const char *what)
{
    char call[CALL_TEXT_BYTES];

    verdict_end(channel->verdict, VERDICT_PROTOCOL_VIOLATION,
                "During %s the submission interfered with its test: it sent %s.",
                current_call(channel, call), what);
}

_Noreturn void event_too_many_callbacks(struct channel *channel)
{
    verdict_end(channel->verdict, VERDICT_PROTOCOL_VIOLATION,
                "%s calls the allocator it was given more than %u times in one call. "
                "Does it try again for ever?",
                exercise.submission, WIRE_CALLBACKS_PER_CALL);
}

void event_surplus(struct channel *channel)
{
    channel->verdict->status = VERDICT_PROTOCOL_VIOLATION;
    snprintf(channel->verdict->message, sizeof channel->verdict->message,
             "The submission interfered with its test: it sent messages of its own.");
}
