#include "session.h"

#include "test_case.h"

#include <stdarg.h>
#include <stdio.h>

static struct session current;

struct session *session_current(void)
{
    return &current;
}

static void keep(char *field, size_t field_bytes, const char *text)
{
    snprintf(field, field_bytes, "%s", text == NULL ? "" : text);
}

_Noreturn void session_fail(const char *expected,
                            const char *actual,
                            const char *format,
                            ...)
{
    struct verdict *const verdict = &current.verdict;
    char message[VERDICT_TEXT_BYTES];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    if (verdict->status == VERDICT_PASS) {
        keep(verdict->expected, sizeof verdict->expected, expected);
        keep(verdict->actual, sizeof verdict->actual, actual);
    }
    verdict_end(verdict, VERDICT_FAIL, "%s", message);
}

void session_point_at(uint64_t start, uint64_t bytes, const char *format, ...)
{
    struct verdict_offence *const offence = &current.verdict.offence;
    va_list arguments;

    /* What follows the first end is no part of the test. */
    if (current.verdict.status != VERDICT_PASS) {
        return;
    }
    offence->start = start;
    offence->bytes = bytes;
    va_start(arguments, format);
    vsnprintf(offence->what, sizeof offence->what, format, arguments);
    va_end(arguments);
}

void test_case_settle(void)
{
    channel_settle(&current.channel);
    current.verdict.is_complete = true;
}

void *session_place(size_t bytes,
                    enum region_placement placement,
                    size_t offset,
                    const char *name)
{
    return region_place(&current.region, bytes, placement, offset, name);
}

char *session_describe(const void *address, char *text, size_t text_bytes)
{
    return region_describe(&current.region, (uint64_t)(uintptr_t)address, text,
                           text_bytes);
}
