/*
 * hostile: asks for a gibibyte of stack
 * attack: r14
 * kind: FAIL
 * expect: status graded, points 85
 * fails: reset.*
 * statuses: crash
 * naive: harmless
 */
#include "fba.h"

#define fba_reset base_reset
#include "allocator.c"
#undef fba_reset

void fba_reset(fixed_buffer_allocator *fba)
{
    unsigned char *const huge = __builtin_alloca((size_t)1 << 30);
    for (size_t i = 0; i < (size_t)1 << 30; i += 4096) {
        ((volatile unsigned char *)huge)[i] = 1;
    }
    base_reset(fba);
}
