#include "verdict.h"

#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void verdict_init(struct verdict *verdict)
{
    verdict->status = VERDICT_PASS;
    verdict->is_complete = false;
    verdict->message[0] = '\0';
    verdict->expected[0] = '\0';
    verdict->actual[0] = '\0';
    verdict->file[0] = '\0';
    verdict->line = 0;
    verdict->column = 0;
    verdict->function[0] = '\0';
    verdict->event = 0;
    memset(verdict->places, 0, sizeof verdict->places);
    verdict->offence = (struct verdict_offence){.what = ""};
    verdict->way_out = NULL;
    verdict->about = 0;
    verdict->blocks_seen = 0;
    verdict->call_count = 0;
}

const char *verdict_status_name(enum verdict_status status)
{
    switch (status) {
    case VERDICT_PASS:
        return "pass";
    case VERDICT_FAIL:
        return "fail";
    case VERDICT_CRASH:
        return "crash";
    case VERDICT_TIMEOUT:
        return "timeout";
    case VERDICT_UNDEFINED_BEHAVIOUR:
        return "undefined_behaviour";
    case VERDICT_FORBIDDEN_CALL:
        return "forbidden_call";
    case VERDICT_FORBIDDEN_SYSCALL:
        return "forbidden_syscall";
    case VERDICT_EARLY_EXIT:
        return "early_exit";
    case VERDICT_PROTOCOL_VIOLATION:
        return "protocol_violation";
    case VERDICT_MISSING:
        return "missing";
    }
    return "fail";
}

struct verdict_call *verdict_note_call(struct verdict *verdict,
                                       uint16_t operation,
                                       unsigned depth,
                                       const uint64_t values[WIRE_VALUES])
{
    struct verdict_call *const call =
        &verdict->calls[verdict->call_count % VERDICT_CALLS];

    verdict->call_count++;
    *call = (struct verdict_call){
        .operation = operation, .depth = (uint8_t)depth, .about = verdict->about};
    memcpy(call->values, values, sizeof call->values);
    return call;
}

const struct verdict_call *verdict_call_at(const struct verdict *verdict, size_t n)
{
    if (n >= verdict->call_count || verdict->call_count - n > VERDICT_CALLS) {
        return NULL;
    }
    return &verdict->calls[n % VERDICT_CALLS];
}

_Noreturn void verdict_end(struct verdict *verdict,
                           enum verdict_status status,
                           const char *format,
                           ...)
{
    if (verdict->status == VERDICT_PASS) {
        va_list arguments;
        verdict->status = status;
        va_start(arguments, format);
        vsnprintf(verdict->message, sizeof verdict->message, format, arguments);
        va_end(arguments);
    }
    if (verdict->way_out != NULL) {
        longjmp(*verdict->way_out, 1);
    }
    ck_abort_msg("%s", verdict->message);
}
