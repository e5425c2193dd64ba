/*
 * audit_scan: the half of the audit that parses an object; it runs in a child.
 *
 * The one thing to get wrong: this code may be taken over by the object that it reads.
 * Its only way out is a row of fixed-size records, which audit.c does not believe.
 */
#ifndef AUDIT_SCAN_H
#define AUDIT_SCAN_H

#include "text.h"

#include <stddef.h>
#include <stdint.h>

enum audit_record_kind {
    AUDIT_VIOLATION = 1, /* `detail` is an enum audit_rule; `name` what breaks it */
    AUDIT_DEFINED = 2,   /* `detail` is the index of a function of the exercise */
    AUDIT_UNDEFINED = 3, /* `name` is used and not defined */
    AUDIT_WRITABLE = 4,  /* `name` is a variable with static storage */
    AUDIT_END = 5        /* the last record of an audit that came to its end */
};

/* What an object may not have. The sentences stand in audit.c, in this order. */
enum audit_rule {
    AUDIT_DAMAGED,
    AUDIT_CONSTRUCTOR,
    AUDIT_INTERPRETER,
    AUDIT_LINKER_WARNING,
    AUDIT_LTO,
    AUDIT_GROUP,
    AUDIT_SECTION,
    AUDIT_SECTION_KIND,
    AUDIT_ALIGNMENT,
    AUDIT_WRITABLE_CODE,
    AUDIT_EXECUTABLE_STACK,
    AUDIT_STATIC_BYTES, /* `value` is how many there are */
    AUDIT_THREAD_LOCAL,
    AUDIT_IFUNC,
    AUDIT_UNIQUE,
    AUDIT_COMMON,
    AUDIT_VERSION,
    AUDIT_NO_SECTION,
    AUDIT_ABSOLUTE,
    AUDIT_RESERVED_NAME,
    AUDIT_LONG_NAME,
    AUDIT_TOO_MANY_NAMES,
    AUDIT_RULES
};

/* Longest name with its NUL. A longer one that matters is AUDIT_LONG_NAME. */
#define AUDIT_NAME_SIZE 248u

/* Most records of a kind, so that an object with a million symbols ends soon. */
#define AUDIT_UNDEFINED_MOST 1024u
#define AUDIT_WRITABLE_MOST 64u
#define AUDIT_RECORDS_MOST 1200u

struct audit_record {
    uint32_t kind;
    uint32_t detail;
    uint64_t value;
    char name[AUDIT_NAME_SIZE];
};

struct audit_request {
    const struct text *object;
    char *const *functions; /* of the exercise */
    size_t function_count;
    uint64_t static_bytes; /* how many are allowed */
};

/* Scans `request->object` and writes its records to `output`. Returns 0; 1 if they
 * could not be written. The signature is that of child_spec.run. */
int audit_scan(void *request, int output);

#endif
