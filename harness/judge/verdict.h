/*
 * verdict: what is known about the test that is running, and how it ends.
 *
 * The one thing to get wrong: a test passes only if it ran to its end, on replies that
 * were checked, and saw at least one block handed out. Everything else is a status of
 * its own, decided here and never by the subject.
 */
#ifndef VERDICT_H
#define VERDICT_H

#include "wire.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum verdict_status {
    VERDICT_PASS,
    VERDICT_FAIL,
    VERDICT_CRASH,
    VERDICT_TIMEOUT,
    VERDICT_UNDEFINED_BEHAVIOUR,
    VERDICT_FORBIDDEN_CALL,
    VERDICT_FORBIDDEN_SYSCALL,
    VERDICT_EARLY_EXIT,
    VERDICT_PROTOCOL_VIOLATION,
    VERDICT_MISSING
};

#define VERDICT_TEXT_BYTES 512u

/* The bytes that a picture of the memory shall point at (session_point_at). */
struct verdict_offence {
    uint64_t start;
    uint64_t bytes;
    char what[128]; /* a short phrase in a student's words; "": there is none */
};

/* One call, as numbers; the exercise turns it into words when somebody wants
 * to read. */
struct verdict_call {
    uint16_t operation;
    uint8_t depth; /* 0: by the test; 1: called back from there; and so on */
    bool is_answered;
    uint64_t about; /* the object called, for an exercise that has several; or 0 */
    uint64_t values[WIRE_VALUES];
    uint64_t answer[WIRE_VALUES];
};

/* At most this many calls are kept; the oldest are let go. */
#define VERDICT_CALLS 1024u

/* The test that is running. One exists in the judge. */
struct verdict {
    enum verdict_status status;
    bool is_complete; /* the test came to its end; Check may have another opinion */
    char message[VERDICT_TEXT_BYTES];
    char expected[VERDICT_TEXT_BYTES]; /* "": nothing to compare */
    char actual[VERDICT_TEXT_BYTES];
    char file[64]; /* "": no location */
    uint32_t line, column;
    char function[64];            /* that the location lies in; "": not known */
    uint16_t event;               /* enum wire_event that has ended it; 0: none */
    uint64_t places[WIRE_PLACES]; /* as the event claims them; 0: none */
    struct verdict_offence offence;
    jmp_buf *way_out;   /* of a trial (trial.h); NULL: a test leaves by Check's own */
    uint64_t about;     /* of the next calls */
    size_t blocks_seen; /* blocks handed out, of at least one byte, and checked */
    size_t call_count;  /* calls made; the last VERDICT_CALLS of them are in calls[] */
    struct verdict_call calls[VERDICT_CALLS]; /* a ring: call n at n % VERDICT_CALLS */
};

/* Forgets the last test: status pass, nothing seen. */
void verdict_init(struct verdict *verdict);

/* "pass", "fail", "undefined_behaviour", ... as in the report. */
const char *verdict_status_name(enum verdict_status status);

/* Notes a call; the pointer is good until VERDICT_CALLS more calls were noted. */
struct verdict_call *verdict_note_call(struct verdict *verdict,
                                       uint16_t operation,
                                       unsigned depth,
                                       const uint64_t values[WIRE_VALUES]);

/* Call number `n` from 0, or NULL if it is no longer kept. */
const struct verdict_call *verdict_call_at(const struct verdict *verdict, size_t n);

/*
 * Ends the running test or trial with `status` and a message. It does not return. The
 * first end counts; a second one changes nothing.
 */
_Noreturn void verdict_end(struct verdict *verdict,
                           enum verdict_status status,
                           const char *format,
                           ...) __attribute__((format(printf, 3, 4)));

#endif
