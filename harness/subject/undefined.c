/*
 * undefined: the functions that -fsanitize=undefined calls (compiler-rt's
 * ubsan_handlers.h gives their signatures). Each has a form with and one without
 * "_abort"; the check has failed either way, and the child ends.
 */
#include "subject.h"

#include <stddef.h>

struct source_location {
    const char *file;
    uint32_t line;
    uint32_t column;
};

/* Of a pointer that is followed; log_alignment as in 1 << log_alignment. */
struct type_mismatch {
    struct source_location location;
    const void *type;
    unsigned char log_alignment;
    unsigned char access;
};

/* Tells the judge. The file's base name travels in three values, cut to fit; the judge
 * compares it with the names it knows. */
static _Noreturn void undefined(uint32_t kind,
                                const struct source_location *location,
                                uint64_t frame)
{
    uint64_t values[WIRE_VALUES] = {kind, location->line, location->column};
    const char *name = location->file;
    unsigned char *const packed = (unsigned char *)&values[3];

    for (const char *c = name; *c != '\0'; c++) {
        if (*c == '/') {
            name = c + 1;
        }
    }
    for (size_t i = 0; i + 1 < 3 * sizeof values[0] && name[i] != '\0'; i++) {
        packed[i] = (unsigned char)name[i];
    }
    subject_report(WIRE_EVENT_UNDEFINED, values, 0, frame);
}

#define OWN_FRAME ((uint64_t)__builtin_frame_address(0))

#define HANDLER(name, kind)                                                            \
    void __ubsan_handle_##name(const struct source_location *data);                    \
    __attribute__((weak)) void __ubsan_handle_##name(                                  \
        const struct source_location *data)                                            \
    {                                                                                  \
        undefined(kind, data, OWN_FRAME);                                              \
    }
#define HANDLERS(name, kind) HANDLER(name, kind) HANDLER(name##_abort, kind)

/* Whatever follows the first argument does not matter to us. */
HANDLERS(add_overflow, WIRE_UB_ADD_OVERFLOW)
HANDLERS(sub_overflow, WIRE_UB_SUB_OVERFLOW)
HANDLERS(mul_overflow, WIRE_UB_MUL_OVERFLOW)
HANDLERS(negate_overflow, WIRE_UB_NEGATE_OVERFLOW)
HANDLERS(divrem_overflow, WIRE_UB_DIVISION)
HANDLERS(shift_out_of_bounds, WIRE_UB_SHIFT)
HANDLERS(out_of_bounds, WIRE_UB_INDEX)
HANDLER(builtin_unreachable, WIRE_UB_UNREACHABLE)
HANDLER(missing_return, WIRE_UB_MISSING_RETURN)
HANDLERS(vla_bound_not_positive, WIRE_UB_VLA_BOUND)
HANDLERS(float_cast_overflow, WIRE_UB_FLOAT_CAST)
HANDLERS(load_invalid_value, WIRE_UB_INVALID_VALUE)
HANDLERS(invalid_builtin, WIRE_UB_BUILTIN)
HANDLERS(nonnull_arg, WIRE_UB_NONNULL)
HANDLERS(nullability_arg, WIRE_UB_NONNULL)
HANDLERS(pointer_overflow, WIRE_UB_POINTER_OVERFLOW)
HANDLERS(alignment_assumption, WIRE_UB_MISALIGNED_POINTER)
HANDLERS(function_type_mismatch, WIRE_UB_OTHER)
HANDLERS(implicit_conversion, WIRE_UB_OTHER)

/* These say where in their second argument. */
#define HANDLER_AT(name, kind)                                                         \
    void __ubsan_handle_##name(const void *data,                                       \
                               const struct source_location *location);                \
    __attribute__((weak)) void __ubsan_handle_##name(                                  \
        const void *data, const struct source_location *location)                      \
    {                                                                                  \
        (void)data;                                                                    \
        undefined(kind, location, OWN_FRAME);                                          \
    }
#define HANDLERS_AT(name, kind) HANDLER_AT(name, kind) HANDLER_AT(name##_abort, kind)

HANDLERS_AT(nonnull_return_v1, WIRE_UB_NONNULL)
HANDLERS_AT(nullability_return_v1, WIRE_UB_NONNULL)

static _Noreturn void type_mismatch(const struct type_mismatch *data,
                                    uintptr_t pointer,
                                    uint64_t frame)
{
    const uintptr_t below = ((uintptr_t)1 << data->log_alignment) - 1;

    if (pointer == 0) {
        undefined(WIRE_UB_NULL_POINTER, &data->location, frame);
    }
    undefined((pointer & below) != 0 ? WIRE_UB_MISALIGNED_POINTER : WIRE_UB_OBJECT_SIZE,
              &data->location, frame);
}

#define HANDLER_TYPE(name)                                                             \
    void __ubsan_handle_##name(const struct type_mismatch *data, uintptr_t pointer);   \
    __attribute__((weak)) void __ubsan_handle_##name(const struct type_mismatch *data, \
                                                     uintptr_t pointer)                \
    {                                                                                  \
        type_mismatch(data, pointer, OWN_FRAME);                                       \
    }

HANDLER_TYPE(type_mismatch_v1)
HANDLER_TYPE(type_mismatch_v1_abort)
