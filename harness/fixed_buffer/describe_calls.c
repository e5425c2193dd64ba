#include "judge_calls.h"
#include "ops.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    ADDRESS_BYTES = 80
};

static const char *at(uint64_t address, char text[ADDRESS_BYTES])
{
    return region_describe(&session_current()->region, address, text, ADDRESS_BYTES);
}

/* The same where an object is meant and not a place in it: "buffer", not "buffer+0". */
static const char *object(uint64_t address, char text[ADDRESS_BYTES])
{
    char *const offset = strstr(at(address, text), "+0");

    if (offset != NULL && offset[2] == '\0') {
        *offset = '\0';
    }
    return text;
}

void judge_calls_describe_length(uint64_t len, char *text, size_t text_bytes)
{
    if (len == SIZE_MAX) {
        snprintf(text, text_bytes, "SIZE_MAX");
    } else if (len > SIZE_MAX - 1000000) {
        snprintf(text, text_bytes, "SIZE_MAX-%" PRIu64, SIZE_MAX - len);
    } else {
        snprintf(text, text_bytes, "%" PRIu64, len);
    }
}

void judge_calls_describe_error(uint64_t claimed, char *text, size_t text_bytes)
{
    const int64_t number =
        claimed <= UINT32_MAX ? (int32_t)(uint32_t)claimed : (int64_t)claimed;

    snprintf(text, text_bytes, "error %" PRId64, number);
}

static const char *length(uint64_t len, char text[ADDRESS_BYTES])
{
    judge_calls_describe_length(len, text, ADDRESS_BYTES);
    return text;
}

/* An alignment in decimal, or as 2^n where that is easier to see. */
static const char *alignment(uint64_t value, char text[ADDRESS_BYTES])
{
    if (value > 1048576 && (value & (value - 1)) == 0) {
        snprintf(text, ADDRESS_BYTES, "2^%d", __builtin_ctzll(value));
    } else {
        snprintf(text, ADDRESS_BYTES, "%" PRIu64, value);
    }
    return text;
}

static void describe_request(const struct verdict_call *call,
                             char *text,
                             size_t text_bytes)
{
    const uint64_t *const v = call->values;
    char a[ADDRESS_BYTES], b[ADDRESS_BYTES], c[ADDRESS_BYTES], d[ADDRESS_BYTES];

    switch (call->operation) {
    case OP_FBA_INIT:
        snprintf(text, text_bytes, "fba_init(%s, %s, %s)", object(v[0], a),
                 object(v[1], b), length(v[2], c));
        return;
    case OP_FBA_ALLOCATOR:
        snprintf(text, text_bytes, "fba_allocator(%s)", object(v[0], a));
        return;
    case OP_FBA_RESET:
        snprintf(text, text_bytes, "fba_reset(%s)", object(v[0], a));
        return;
    case OP_ALLOC:
        snprintf(text, text_bytes, "alloc(%s, align %s)", length(v[2], a),
                 alignment(v[3], b));
        return;
    case OP_RESIZE:
        snprintf(text, text_bytes, "resize(%s, %s, align %s, to %s)", at(v[2], a),
                 length(v[3], b), alignment(v[4], c), length(v[5], d));
        return;
    case OP_FREE:
        snprintf(text, text_bytes, "free(%s, %s, align %s)", at(v[2], a),
                 length(v[3], b), alignment(v[4], c));
        return;
    case OP_BUILD_ARRAY:
        snprintf(text, text_bytes, "build_array(%s, %s)",
                 v[1] != 0 ? "fba's allocator" : "allocator", length(v[2], a));
        return;
    case OP_CALLBACK_ALLOC:
        snprintf(text, text_bytes, "build_array calls alloc(%s, align %s)",
                 length(v[1], a), alignment(v[2], b));
        return;
    case OP_CALLBACK_RESIZE:
        snprintf(text, text_bytes, "build_array calls resize(%s, %s, align %s, to %s)",
                 at(v[1], a), length(v[2], b), alignment(v[3], c), length(v[4], d));
        return;
    case OP_CALLBACK_FREE:
        snprintf(text, text_bytes, "build_array calls free(%s, %s, align %s)",
                 at(v[1], a), length(v[2], b), alignment(v[3], c));
        return;
    }
    snprintf(text, text_bytes, "a call that does not exist");
}

static void describe_answer(const struct verdict_call *call,
                            char *text,
                            size_t text_bytes)
{
    const uint64_t *const answer = call->answer;
    char address[ADDRESS_BYTES];

    switch (call->operation) {
    case OP_FBA_INIT:
        text[0] = '\0';
        /* Where alignment is the matter, the address is. */
        if (call->values[1] % 64 != 0) {
            snprintf(text, text_bytes, " with buffer at 0x%" PRIx64, call->values[1]);
        }
        return;
    case OP_ALLOC:
    case OP_BUILD_ARRAY:
    case OP_CALLBACK_ALLOC:
        if (answer[0] == 0) {
            snprintf(text, text_bytes, " -> %s", at(answer[1], address));
        } else if (answer[0] == 1) {
            snprintf(text, text_bytes,
                     answer[1] == 0 ? " -> out of memory"
                                    : " -> out of memory, memory not NULL");
        } else {
            judge_calls_describe_error(answer[0], address, sizeof address);
            snprintf(text, text_bytes, " -> %s", address);
        }
        return;
    case OP_RESIZE:
    case OP_CALLBACK_RESIZE:
        snprintf(text, text_bytes, " -> %s", answer[0] == 0 ? "false" : "true");
        return;
    }
    text[0] = '\0';
}

void judge_calls_describe(const struct verdict_call *call,
                          char *text,
                          size_t text_bytes)
{
    char request[4 * ADDRESS_BYTES];
    char answer[2 * ADDRESS_BYTES] = "";

    describe_request(call, request, sizeof request);
    if (call->is_answered) {
        describe_answer(call, answer, sizeof answer);
    }
    snprintf(text, text_bytes, "%s%s", request, answer);
}
