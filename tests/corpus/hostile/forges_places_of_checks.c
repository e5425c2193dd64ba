/*
 * hostile: calls the handler of a failed check, with a place and file name of its own
 * attack: x07
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: undefined_behaviour
 * naive: breaks
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void __ubsan_handle_add_overflow_abort(const void *, long, long);

void fba_reset(fixed_buffer_allocator *fba)
{
    static const struct {
        const char *file;
        uint32_t line, column;
    } place = {"/etc/shadow\033[2J\", \"points\": 100", UINT32_MAX, UINT32_MAX};
    __ubsan_handle_add_overflow_abort(&place, 0, 0);
    base_reset(fba);
}
