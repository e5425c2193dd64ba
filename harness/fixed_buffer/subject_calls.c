/*
 * The subject's half of the exercise: carries the judge's calls out with the
 * submission's functions. Addresses and contexts are numbers to the judge and pointers
 * here; a wrong one crashes this process, which is what it is for.
 */
#include "fba.h"
#include "ops.h"
#include "subject.h"

#define POINTER(value) ((void *)(uintptr_t)(value))
#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))

static _Noreturn void report_missing(enum fixed_buffer_function function)
{
    const uint64_t values[WIRE_VALUES] = {function};

    subject_report(WIRE_EVENT_MISSING, values, 0, 0);
}

/* ---- Stand-ins: what a submission does not define is reported when called ---- */

#define STAND_IN __attribute__((weak, noinline))

STAND_IN void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    (void)fba, (void)buffer, (void)capacity;
    report_missing(FUNCTION_FBA_INIT);
}

STAND_IN allocator fba_allocator(fixed_buffer_allocator *fba)
{
    (void)fba;
    report_missing(FUNCTION_FBA_ALLOCATOR);
}

STAND_IN void fba_reset(fixed_buffer_allocator *fba)
{
    (void)fba;
    report_missing(FUNCTION_FBA_RESET);
}

STAND_IN alloc_result build_array(allocator a, size_t n)
{
    (void)a, (void)n;
    report_missing(FUNCTION_BUILD_ARRAY);
}

/* ---- Allocators of the judge, as the submission sees them ---- */

static alloc_result callback_alloc(void *ctx, size_t len, size_t alignment)
{
    const uint64_t values[WIRE_VALUES] = {NUMBER(ctx), len, alignment};
    uint64_t answer[WIRE_VALUES] = {0};

    subject_callback(OP_CALLBACK_ALLOC, values, answer);
    return (alloc_result){answer[0] == ALLOC_OK ? ALLOC_OK : ALLOC_OUT_OF_MEMORY,
                          POINTER(answer[1])};
}

static bool callback_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    const uint64_t values[WIRE_VALUES] = {NUMBER(ctx), NUMBER(memory), len, alignment,
                                          new_len};
    uint64_t answer[WIRE_VALUES] = {0};

    subject_callback(OP_CALLBACK_RESIZE, values, answer);
    return answer[0] != 0;
}

static void callback_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    const uint64_t values[WIRE_VALUES] = {NUMBER(ctx), NUMBER(memory), len, alignment};
    uint64_t answer[WIRE_VALUES] = {0};

    subject_callback(OP_CALLBACK_FREE, values, answer);
}

static const allocator_vtable callback_vtable = {callback_alloc, callback_resize,
                                                 callback_free};

/* ---- The calls ---- */

static _Noreturn void report_null(enum fixed_buffer_vtable function)
{
    const uint64_t values[WIRE_VALUES] = {function};

    subject_report(WIRE_EVENT_NULL_FUNCTION, values, NUMBER(fba_allocator), 0);
}

/* Until it is followed, fba_allocator is to blame, from where it came. On the stack is
 * what a function has left there, and every call since may have written over it. */
static const allocator_vtable *vtable_at(uint64_t value)
{
    subject_enter(NUMBER(fba_allocator));
    if (value >= WIRE_STACK_BASE && value - WIRE_STACK_BASE < WIRE_STACK_BYTES) {
        const uint64_t nothing[WIRE_VALUES] = {0};
        subject_report(WIRE_EVENT_TABLE_ON_STACK, nothing, NUMBER(fba_allocator), 0);
    }
    return (const allocator_vtable *)POINTER(value);
}

/* The error as a number of its own width: a student's enum may hold anything. */
static void answer_result(alloc_result result, uint64_t answer[WIRE_VALUES])
{
    answer[0] = (uint64_t)(unsigned)result.error;
    answer[1] = NUMBER(result.memory);
}

static void call_alloc(const uint64_t *values, uint64_t *answer)
{
    const allocator_vtable *const vtable = vtable_at(values[1]);

    if (vtable->alloc == NULL) {
        report_null(VTABLE_ALLOC);
    }
    subject_enter(NUMBER(vtable->alloc));
    answer_result(vtable->alloc(POINTER(values[0]), values[2], values[3]), answer);
}

static void call_resize(const uint64_t *values, uint64_t *answer)
{
    const allocator_vtable *const vtable = vtable_at(values[1]);

    if (vtable->resize == NULL) {
        report_null(VTABLE_RESIZE);
    }
    subject_enter(NUMBER(vtable->resize));
    answer[0] = (uint64_t)vtable->resize(POINTER(values[0]), POINTER(values[2]),
                                         values[3], values[4], values[5]);
}

static void call_free(const uint64_t *values)
{
    const allocator_vtable *const vtable = vtable_at(values[1]);

    if (vtable->free == NULL) {
        report_null(VTABLE_FREE);
    }
    subject_enter(NUMBER(vtable->free));
    vtable->free(POINTER(values[0]), POINTER(values[2]), values[3], values[4]);
}

static void call_build_array(const uint64_t *values, uint64_t *answer)
{
    const allocator a = {
        .ctx = POINTER(values[0]),
        .vtable = values[1] != 0 ? vtable_at(values[1]) : &callback_vtable,
    };

    subject_enter(NUMBER(build_array));
    answer_result(build_array(a, values[2]), answer);
}

void subject_call(uint32_t operation,
                  const uint64_t values[WIRE_VALUES],
                  uint64_t answer[WIRE_VALUES])
{
    allocator handle;

    switch (operation) {
    case OP_FBA_INIT:
        subject_enter(NUMBER(fba_init));
        fba_init(POINTER(values[0]), POINTER(values[1]), values[2]);
        return;
    case OP_FBA_ALLOCATOR:
        subject_enter(NUMBER(fba_allocator));
        handle = fba_allocator(POINTER(values[0]));
        answer[0] = NUMBER(handle.ctx);
        answer[1] = NUMBER(handle.vtable);
        return;
    case OP_FBA_RESET:
        subject_enter(NUMBER(fba_reset));
        fba_reset(POINTER(values[0]));
        return;
    case OP_ALLOC:
        call_alloc(values, answer);
        return;
    case OP_RESIZE:
        call_resize(values, answer);
        return;
    case OP_FREE:
        call_free(values);
        return;
    case OP_BUILD_ARRAY:
        call_build_array(values, answer);
        return;
    }
}
